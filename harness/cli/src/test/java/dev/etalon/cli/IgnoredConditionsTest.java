package dev.etalon.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.etalon.core.model.Anomaly;
import dev.etalon.core.session.CellResult;
import dev.etalon.core.session.CellResult.Status;
import dev.etalon.core.session.ExitCode;
import dev.etalon.core.session.SessionSummary;
import dev.etalon.targets.reference.Call;
import dev.etalon.targets.reference.Line;
import dev.etalon.targets.reference.Manner;
import dev.etalon.targets.reference.Reply;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Of a server that honours no condition that is said once for each operation, and what needs none is raced all the same. */
class IgnoredConditionsTest {
    @TempDir
    private Path runs;

    /** Knows no conditions on writes. */
    private static class Heedless extends ListedServer {
        Heedless() throws Exception {
            super(Manner.RFC9110);
        }

        @Override
        protected @Nullable Reply refusal(Call call, Fields fields, Line line) {
            return null;
        }
    }

    private Map<String, CellResult> raced(ListedServer server) {
        SessionSummary summary = Raced.summary(Map.of(
                "etalon.url", server.url(),
                "etalon.targets", "external",
                "etalon.rounds", "4",
                "etalon.increments", "10",
                "etalon.runs", runs.toString()));
        assertThat(summary.exitCode()).isEqualTo(ExitCode.ANOMALY);
        return summary.cells().stream()
                .collect(Collectors.toMap(cell -> cell.scenario().id(), cell -> cell));
    }

    private static List<CellResult> saying(Map<String, CellResult> cells, Anomaly anomaly) {
        return cells.values().stream()
                .filter(cell -> cell.ran()
                        .filter(run -> run.verdict().counts().containsKey(anomaly))
                        .isPresent())
                .toList();
    }

    @Test
    void anIgnoredConditionIsSaidOnceForEachOperation() throws Exception {
        try (ListedServer server = new Heedless()) {
            Map<String, CellResult> cells = raced(server);

            assertThat(saying(cells, Anomaly.CONDITION_IGNORED))
                    .extracting(cell -> cell.scenario().id())
                    .containsExactlyInAnyOrder("http/same-validator", "http/create-race", "http/write-against-delete");
            assertThat(cells.get("http/counter").status()).isEqualTo(Status.NOT_RUN);
            assertThat(cells.get("http/counter").sentence())
                    .isEqualTo("the target does not honour PUT If-Match, as http/same-validator has found");
            CellResult plain = cells.get("http/free-run-any");
            assertThat(plain.status()).isEqualTo(Status.NOT_RUN);
            assertThat(plain.sentence()).startsWith("raced without conditions only: the target does not honour");
            assertThat(plain.ran().orElseThrow().history().operations()).hasSizeGreaterThan(100);
        }
    }

    @Test
    void whatNeedsNoConditionIsRacedAndJudged() throws Exception {
        AtomicInteger reads = new AtomicInteger();
        try (ListedServer server = new Heedless() {
            @Override
            public Reply answer(Call call) {
                Reply reply = super.answer(call);
                boolean whole = call.method().equals("GET") && reply.status() == 200;
                return whole && reads.incrementAndGet() % 10 == 0 ? reply.with(new byte[0]) : reply;
            }
        }) {
            CellResult plain = raced(server).get("http/free-run-any");

            assertThat(plain.status()).as(plain.sentence()).isEqualTo(Status.VIOLATION);
            assertThat(plain.sentence()).contains("A10 torn body").contains("raced without conditions only");
            assertThat(plain.ran().orElseThrow().verdict().findings().get(0).explanation())
                    .startsWith("The body is empty (0 bytes)");
        }
    }
}
