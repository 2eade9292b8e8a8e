package dev.etalon.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.etalon.core.session.CellResult;
import dev.etalon.core.session.SessionSummary;
import dev.etalon.targets.reference.Faithful;
import dev.etalon.targets.reference.Manner;
import dev.etalon.targets.reference.ReferenceServer;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is owed by servers that take no change without a condition can be asked from the command line. */
class DemandedConditionTest {
    @TempDir
    private Path runs;

    @Test
    void theRulesOfDemandedPreconditionsAreAskedOfAServerThatDemandsThem() throws Exception {
        StringWriter out = new StringWriter();
        int code;
        try (ReferenceServer server = ReferenceServer.start(
                new Faithful(Manner.RFC9110, true), ReferenceServer.Options.PLAIN, "etalon", "secret")) {
            code = Etalon.commandLine()
                    .setOut(new PrintWriter(out))
                    .execute(
                            "rules",
                            "--url",
                            "http://127.0.0.1:" + server.ports().get(0) + "/",
                            "--rule",
                            "PQ",
                            "--rule",
                            "CA-08",
                            "--repetitions",
                            "2",
                            "--runs",
                            runs.toString());
        }

        assertThat(out.toString()).contains("3 of 3 rules asked, 0 broken; {PASS=3}");
        assertThat(code).isZero();
    }

    /** What some of its racers would ask is refused in any case: that is no race, and no doubt about the server. */
    @Test
    void aRaceOfPlainWritesIsNotRunOnAServerThatDemandsConditions() throws Exception {
        SessionSummary summary;
        try (ReferenceServer server = ReferenceServer.start(
                new Faithful(Manner.RFC9110, true), ReferenceServer.Options.PLAIN, "etalon", "secret")) {
            summary = Raced.summary(Map.of(
                    "etalon.url", "http://127.0.0.1:" + server.ports().get(0) + "/",
                    "etalon.targets", "external",
                    "etalon.scenarios", "http/recreate,http/free-run-any",
                    "etalon.rounds", "4",
                    "etalon.runs", runs.toString()));
        }

        assertThat(summary.cells()).hasSize(2).allSatisfy(cell -> {
            assertThat(cell.status()).isEqualTo(CellResult.Status.NOT_RUN);
            assertThat(cell.sentence()).startsWith("the target demands a condition of every write");
        });
    }
}
