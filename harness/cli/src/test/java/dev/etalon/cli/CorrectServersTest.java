package dev.etalon.cli;

import static dev.etalon.cli.Ended.etalon;
import static org.assertj.core.api.Assertions.assertThat;

import dev.etalon.cli.CorrectServer.Manners;
import dev.etalon.core.session.CellResult;
import dev.etalon.core.session.SessionSummary;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Stores without a fault that speak in unusual ways can be asked, and nothing is said against them. Slow ones are asked a
 * sample; {@code .ci/nightly commands} asks them everything.
 */
@Execution(ExecutionMode.CONCURRENT)
class CorrectServersTest {
    private static final boolean WHOLE = "whole".equals(System.getProperty("etalon.commands"));

    @TempDir
    private Path runs;

    private static boolean all(Manners manners) {
        return WHOLE || !manners.slow();
    }

    @ParameterizedTest
    @EnumSource
    void racesAreClean(Manners manners) throws Exception {
        SessionSummary summary;
        try (CorrectServer server = new CorrectServer(manners)) {
            Map<String, String> settings = new HashMap<>(Map.of(
                    "etalon.url", server.url(),
                    "etalon.targets", "external",
                    "etalon.rounds", "3",
                    "etalon.increments", "3",
                    "etalon.runs", runs.toString()));
            if (!all(manners)) {
                settings.put("etalon.scenarios", "http/same-validator,http/write-against-delete");
            }
            summary = Raced.summary(settings);
        }
        assertThat(summary.cells())
                .hasSizeGreaterThanOrEqualTo(all(manners) ? 8 : 2)
                .allSatisfy(
                        cell -> assertThat(cell.status()).as(cell.sentence()).isEqualTo(CellResult.Status.VALID));
    }

    @ParameterizedTest
    @EnumSource
    void noRuleIsBroken(Manners manners) throws Exception {
        Ended ended;
        try (CorrectServer server = new CorrectServer(manners)) {
            List<Object> command = new ArrayList<>(List.of(
                    "rules",
                    "--url",
                    server.url(),
                    "--name",
                    "control",
                    "--repetitions",
                    all(manners) ? 2 : 1,
                    "--load",
                    "0",
                    "--timeout",
                    "PT3S",
                    "--runs",
                    runs));
            if (!all(manners)) {
                List.of("IM-0", "VA").forEach(series -> command.addAll(List.of("--rule", series)));
            }
            ended = etalon(command.toArray());
        }
        assertThat(ended.text()).contains(" 0 broken");
        assertThat(ended.code()).as(ended.text()).isZero();
    }
}
