package dev.etalon.core.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.etalon.core.model.Completion;
import dev.etalon.core.model.History;
import dev.etalon.core.model.Invocation;
import dev.etalon.core.model.Method;
import dev.etalon.core.model.Observation;
import dev.etalon.core.model.Operation;
import dev.etalon.core.model.Outcome;
import dev.etalon.core.model.Precondition;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.HdrHistogram.EncodableHistogram;
import org.HdrHistogram.Histogram;
import org.HdrHistogram.HistogramLogReader;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a run leaves behind, and where. */
class RunFolderTest {
    private static final Instant AT = Instant.parse("2026-03-04T05:06:07.089Z");

    @TempDir
    Path runs;

    @Test
    void aRunHasAFolderNamedAfterScenarioTargetTimeAndSeed() throws IOException {
        RunFolder folder = RunFolder.create(runs, "http/counter", "paper", AT, 0x19C);
        assertThat(folder.path())
                .isEqualTo(runs.resolve("http/counter/paper/20260304T050607.089Z-19c"))
                .isDirectory();
        assertThat(folder.history()).hasFileName("history.etl");
        assertThat(folder.serverLog()).hasFileName("server.log");
    }

    @Test
    void aFolderThatCannotBeMadeIsASentenceWithAdvice() throws IOException {
        Path occupied = Files.createFile(runs.resolve("file"));
        assertThatThrownBy(() -> RunFolder.create(occupied, "http/counter", "paper", AT, 1))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("name another folder with etalon.runs");
    }

    @Test
    void textsAndDataAreStoredByName() throws IOException {
        RunFolder folder = RunFolder.create(runs, "http/counter", "paper", AT, 1);
        folder.writeText("anomalies/001.txt", "proof\n");
        folder.writeJson("data.json", Map.of("answer", 412));
        assertThat(folder.path().resolve("anomalies/001.txt")).hasContent("proof\n");
        assertThat(Json.MAPPER
                        .readTree(folder.path().resolve("data.json").toFile())
                        .get("answer")
                        .asInt())
                .isEqualTo(412);
    }

    @Test
    void latenciesAreKeptByAnswerAndCountFromTheRelease() throws IOException {
        History history = new History(
                HistoryFileTest.ORIGIN,
                List.of(get(1, 200, 0, 1_000), get(2, 200, 0, 3_000), get(3, 503, 6_000, 10_000), unanswered(4)),
                List.of());
        Path file = runs.resolve("latency.hlog");
        LatencyLog.write(file, history);

        Map<String, Histogram> histograms = new TreeMap<>();
        try (HistogramLogReader reader = new HistogramLogReader(file.toFile())) {
            for (EncodableHistogram next = reader.nextIntervalHistogram();
                    next != null;
                    next = reader.nextIntervalHistogram()) {
                histograms.put(next.getTag(), (Histogram) next);
            }
        }
        assertThat(histograms).containsOnlyKeys("GET-200", "GET-503");
        assertThat(histograms.get("GET-200").getTotalCount()).isEqualTo(2);
        assertThat(histograms.get("GET-503").getMaxValue()).isBetween(4_000L, 4_010L);
    }

    @Test
    void latenciesOfSeveralRunsAreReadAsIfTheyWereOne() throws IOException {
        Path one = runs.resolve("one.hlog");
        Path two = runs.resolve("two.hlog");
        LatencyLog.write(
                one,
                new History(HistoryFileTest.ORIGIN, List.of(get(1, 200, 0, 1_000), get(2, 412, 0, 3_000)), List.of()));
        LatencyLog.write(two, new History(HistoryFileTest.ORIGIN, List.of(get(1, 200, 0, 9_000_000)), List.of()));

        List<Latency> latencies = LatencyLog.read(List.of(one, two));
        assertThat(latencies).extracting(Latency::kind).containsExactly("GET-200", "GET-412");
        assertThat(latencies.get(0).count()).isEqualTo(2);
        assertThat(latencies.get(0).p50Ns()).isBetween(1_000L, 1_010L);
        assertThat(latencies.get(0).p99Ns()).isBetween(9_000_000L, 9_010_000L);
        assertThat(LatencyLog.read(List.of())).isEmpty();
    }

    @Test
    void latenciesThatCannotBeReadAreNamed() throws IOException {
        Path file = Files.writeString(runs.resolve("latency.hlog"), "Tag=GET-200,0.0,1.0,1.0,HISTnonsense\n");
        assertThatThrownBy(() -> LatencyLog.read(List.of(file)))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("file=" + file);
    }

    private static Operation get(long id, int status, long releasedNs, long endNs) {
        return new Operation(
                unanswered(id).invocation(),
                new Completion(id, status, Outcome.APPLIED, null, Observation.NOTHING, releasedNs, endNs));
    }

    private static Operation unanswered(long id) {
        return new Operation(new Invocation(id, 1, 0, 0, 0, Method.GET, Precondition.NONE, null, 0, 0), null);
    }
}
