package dev.etalon.scenarios.litmus;

import static org.assertj.core.api.Assertions.assertThat;

import dev.etalon.core.plan.Scenario;
import dev.etalon.core.session.CellResult;
import dev.etalon.core.session.Session;
import dev.etalon.core.target.Settings;
import dev.etalon.litmus.run.LitmusRaces;
import dev.etalon.targets.embedded.ReferenceHttp;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What becomes of a race whose virtual machine ends before it does: what was recorded is judged, and nothing passes. */
@Timeout(value = 60, unit = TimeUnit.SECONDS)
class ForkEndsIT {
    /** Far more than are raced before the end. */
    private static final String SAMPLES = "100000";

    @TempDir
    Path runs;

    /** Races until a history is there, and lets somebody end it then. */
    private CellResult endedBy(Consumer<Session> end) {
        Settings settings = Settings.of(Map.of("etalon.runs", runs.toString(), "etalon.rounds", SAMPLES));
        try (LitmusRaces races = new LitmusRaces(settings);
                Session session = new Session(settings, List.of())) {
            Scenario scenario = races.scenarios().stream()
                    .filter(each -> each.id().equals("http/litmus-two-writers-one-tag"))
                    .findFirst()
                    .orElseThrow();
            CompletableFuture<Void> ended = CompletableFuture.runAsync(() -> {
                awaitHistory();
                end.accept(session);
            });
            CellResult result = session.run(session.cell(scenario, new ReferenceHttp()));
            ended.join();
            return result;
        }
    }

    private void awaitHistory() {
        try {
            while (!recorded()) {
                TimeUnit.MILLISECONDS.sleep(20);
            }
            TimeUnit.MILLISECONDS.sleep(500);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private boolean recorded() {
        try (Stream<Path> files = Files.walk(runs)) {
            return files.anyMatch(file -> file.endsWith("history.etl"));
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    private static void assertJudgedAsFarAsItCame(CellResult result, String reason) {
        assertThat(result.status()).as(result.sentence()).isEqualTo(CellResult.Status.UNDECIDED);
        assertThat(result.sentence()).contains("the run ended early: " + reason, "of " + SAMPLES + " samples");
        assertThat(result.ran().orElseThrow().history().operations()).isNotEmpty();
        assertThat(result.ran().orElseThrow().verdict().findings()).isEmpty();
    }

    @Test
    void aVirtualMachineThatIsKilledIsNoPass() {
        CellResult result = endedBy(session -> ProcessHandle.current()
                .children()
                .filter(child -> child.info().command().orElse("").endsWith("java"))
                .forEach(ProcessHandle::destroyForcibly));

        assertJudgedAsFarAsItCame(result, "the virtual machine that raced ended (exit code 137)");
    }

    @Test
    void aSessionThatIsStoppedWaitsForNoSampleToCome() {
        CellResult result = endedBy(session -> session.stop("somebody pressed Ctrl-C"));

        assertJudgedAsFarAsItCame(result, "somebody pressed Ctrl-C");
    }
}
