package dev.etalon.scenarios.litmus;

import static org.assertj.core.api.Assertions.assertThat;

import dev.etalon.core.plan.Scenario;
import dev.etalon.core.session.CellResult;
import dev.etalon.core.session.Session;
import dev.etalon.core.store.HistoryFormatException;
import dev.etalon.core.store.HistoryReader;
import dev.etalon.core.target.Settings;
import dev.etalon.litmus.run.LitmusRaces;
import dev.etalon.targets.embedded.ReferenceHttp;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What becomes of a race whose virtual machine ends before it does: what was recorded is judged, and nothing passes. */
@Timeout(value = 10, unit = TimeUnit.MINUTES)
class ForkEndsIT {
    /** Far more than are raced before the end. */
    private static final String SAMPLES = "100000";

    @TempDir
    Path runs;

    /** The processes that were there before the race. */
    private final Set<ProcessHandle> before = ProcessHandle.current().children().collect(Collectors.toSet());

    /** Races until a sample is recorded, and then ends the race. */
    private CellResult endedBy(Consumer<Session> end) {
        Settings settings = Settings.of(Map.of("etalon.runs", runs.toString(), "etalon.rounds", SAMPLES));
        try (LitmusRaces races = new LitmusRaces(settings);
                Session session = new Session(settings, List.of())) {
            Scenario scenario = races.scenarios().stream()
                    .filter(each -> each.id().equals("http/litmus-two-writers-one-tag"))
                    .findFirst()
                    .orElseThrow();
            CompletableFuture<Void> ended = CompletableFuture.runAsync(() -> {
                try {
                    awaitSample();
                } finally {
                    // Without a sample too: a race of this length must not outlive the test.
                    end.accept(session);
                }
            });
            CellResult result = session.run(session.cell(scenario, new ReferenceHttp()));
            ended.join();
            return result;
        }
    }

    private void awaitSample() {
        Awaitility.await()
                .atMost(Duration.ofMinutes(5))
                // A history that has just been made has not even its preamble.
                .ignoreExceptionsInstanceOf(HistoryFormatException.class)
                .until(this::recorded);
    }

    /** Whether a sample is in the history, after the requests that show whether the target reads conditions. */
    private boolean recorded() throws IOException {
        Optional<Path> history;
        try (Stream<Path> files = Files.walk(runs)) {
            history = files.filter(file -> file.endsWith("history.etl")).findFirst();
        }
        return history.isPresent()
                && HistoryReader.read(history.get()).operations().stream()
                        .anyMatch(operation -> operation.invocation().round() >= 0 && operation.completion() != null);
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
                .filter(child -> !before.contains(child))
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
