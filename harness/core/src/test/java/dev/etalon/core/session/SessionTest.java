package dev.etalon.core.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import dev.etalon.core.check.Judge;
import dev.etalon.core.model.Verdict;
import dev.etalon.core.plan.Plan;
import dev.etalon.core.store.HistoryReader;
import dev.etalon.core.store.Json;
import dev.etalon.core.store.StoredRun;
import dev.etalon.core.target.Settings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The whole pipeline, from a selection of cells to an exit code. */
@Timeout(value = 10, unit = TimeUnit.MINUTES)
class SessionTest {
    @TempDir
    Path runs;

    private Settings settings(String... more) {
        Map<String, String> values = new TreeMap<>(Map.of(
                "etalon.runs", runs.toString(),
                "etalon.rounds", "6",
                "etalon.increments", "2",
                "etalon.scenarios", "http/same-validator"));
        for (int i = 0; i < more.length; i += 2) {
            values.put(more[i], more[i + 1]);
        }
        return Settings.of(values);
    }

    /** Runs every selected cell. */
    private SessionSummary run(Settings settings, Reporter... reporters) {
        try (Session session = new Session(settings, List.of(reporters))) {
            session.cells().forEach(session::run);
            return session.summary();
        }
    }

    private CellResult only(String target, String... more) {
        List<String> all = new ArrayList<>(List.of(more));
        all.addAll(List.of("etalon.targets", target));
        SessionSummary summary = run(settings(all.toArray(String[]::new)));
        assertThat(summary.cells()).hasSize(1);
        return summary.cells().get(0);
    }

    @ParameterizedTest
    @CsvSource({
        "faithful,      VALID,       everything planned was raced",
        "forking,       VIOLATION,   A1 lost update in 6 of 6 rounds (100 %)",
        "known-to-fork, KNOWN,       docs/findings/known-to-fork.md",
        "tearing,       VIOLATION,   A10 torn body",
        "erring,        UNDECIDED,   gave no usable answer to PUT If-Match: 503",
        "modest,        NOT_RUN,     does not claim PUT If-Match",
        "lacking,       NOT_RUN,     No engine here; install one.",
        "broken,        UNAVAILABLE, Port taken; free it.",
        "crashing,      UNAVAILABLE, Starting crashing failed"
    })
    void aCellCountsAs(String target, CellResult.Status status, String sentence) {
        CellResult result = only(target);
        assertThat(result.status()).as(result.sentence()).isEqualTo(status);
        assertThat(result.sentence()).contains(sentence);
        assertThat(result.name()).isEqualTo("http/same-validator on " + target);
    }

    @Test
    void aTargetThatThisMachineLacksIsNotRunUnlessItIsRequired() {
        assertThat(lacking(settings()).status()).isEqualTo(CellResult.Status.NOT_RUN);
        assertThat(lacking(settings("etalon.require", "lacking")).status()).isEqualTo(CellResult.Status.UNAVAILABLE);
        assertThat(lacking(settings("etalon.targets", "lacking")).status()).isEqualTo(CellResult.Status.NOT_RUN);
    }

    private static CellResult lacking(Settings settings) {
        try (Session session = new Session(settings, List.of())) {
            return session.cells().stream()
                    .filter(cell -> cell.provider() instanceof FakeTargets.Lacking)
                    .map(session::run)
                    .findFirst()
                    .orElseThrow();
        }
    }

    @Test
    void aNameThatDoesNotExistIsASentenceThatSaysWhichDo() {
        try (Session session = new Session(settings("etalon.targets", "nobody"), List.of())) {
            assertThatThrownBy(session::cells)
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("etalon.targets must name some of")
                    .hasMessageContaining("faithful")
                    .hasMessageEndingWith("etalon.targets=nobody");
        }
        try (Session session = new Session(settings("etalon.scenarios", "http/nothing"), List.of())) {
            assertThatThrownBy(session::cells)
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("http/counter");
        }
    }

    @ParameterizedTest
    @CsvSource({"0", "1000001", "99999999999", "-5"})
    void aBudgetBeyondItsLimitsIsASentence(String rounds) {
        assertThatThrownBy(() -> new Session(settings("etalon.rounds", rounds), List.of()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("etalon.rounds must be 1..1000000");
    }

    @Test
    void aTargetThatIsNotConfiguredTakesNoPart() {
        try (Session session = new Session(settings(), List.of())) {
            assertThat(session.cells()).extracting(Cell::name).doesNotContain("http/same-validator on unnamed");
        }
        try (Session session = new Session(settings("etalon.unnamed", "yes"), List.of())) {
            assertThat(session.cells()).extracting(Cell::name).contains("http/same-validator on unnamed");
        }
    }

    @Test
    void aRunLeavesEverythingBehindThatAReaderNeeds() throws IOException {
        CellResult.Run run = only("forking").ran().orElseThrow();
        Path folder = run.folder().path();
        assertThat(folder).startsWith(runs.resolve("http/same-validator/forking"));
        for (String file : List.of(
                "plan.json",
                "environment.json",
                "history.etl",
                "verdict.json",
                "anomalies/001.txt",
                "latency.hlog",
                "server.log",
                "repeat.txt")) {
            assertThat(folder.resolve(file)).isNotEmptyFile();
        }
        assertThat(Json.MAPPER.readValue(folder.resolve("plan.json").toFile(), Plan.class))
                .isEqualTo(run.plan());
        assertThat(HistoryReader.read(folder.resolve("history.etl"))).isEqualTo(run.history());
        JsonNode verdict = Json.MAPPER.readTree(folder.resolve("verdict.json").toFile());
        assertThat(verdict.get("verdict").asText()).isEqualTo("VIOLATION");
        assertThat(verdict.at("/anomalies/A1/count").asInt()).isPositive();
        assertThat(Files.readString(folder.resolve("repeat.txt")))
                .contains("--scenario http/same-validator", "--target forking", "--seed 0x19c", "--rounds 6");
        assertThat(folder.resolve("server.log")).hasContent("a line\n");
    }

    @ParameterizedTest
    @ValueSource(strings = {"faithful", "forking", "tearing", "erring"})
    void aStoredRunIsJudgedAgainAsItWas(String target) throws IOException {
        CellResult.Run run = only(target).ran().orElseThrow();
        StoredRun stored = StoredRun.read(run.folder().path());
        Verdict again = Judge.judge(stored.plan().orElseThrow(), stored.history(), stored.endedEarly());
        assertThat(again).isEqualTo(run.verdict());
        assertThat(stored.verdict().orElseThrow().differences(again)).isEmpty();
    }

    @Test
    void targetsAreStartedOnceAndEveryCellIsReported() {
        List<String> reported = new ArrayList<>();
        List<SessionSummary> closed = new ArrayList<>();
        Reporter failing = new Reporter() {
            @Override
            public void cellFinished(CellResult cell) {
                throw new IllegalStateException("a reporter never changes a verdict");
            }
        };
        Reporter listening = new Reporter() {
            @Override
            public void cellFinished(CellResult cell) {
                reported.add(cell.name());
            }

            @Override
            public void sessionFinished(SessionSummary session) {
                closed.add(session);
            }
        };
        SessionSummary summary = run(
                settings("etalon.targets", "faithful", "etalon.scenarios", "http/same-validator,http/counter"),
                failing,
                listening);
        assertThat(reported).containsExactly("http/same-validator on faithful", "http/counter on faithful");
        assertThat(summary.exitCode()).isEqualTo(ExitCode.VALID);
        assertThat(closed).containsExactly(summary);
    }

    @Test
    void aSessionThatIsStoppedBeginsNoFurtherCell() {
        try (Session session = new Session(settings("etalon.targets", "faithful"), List.of())) {
            session.stop("interrupted");
            CellResult result = session.run(session.cells().get(0));
            assertThat(result.status()).isEqualTo(CellResult.Status.UNAVAILABLE);
            assertThat(result.ran()).isEmpty();
            assertThat(session.summary().exitCode()).isEqualTo(ExitCode.INTERRUPTED);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "faithful,                        VALID",
        "'faithful,forking',              ANOMALY",
        "'forking,broken',                ANOMALY",
        "known-to-fork,                   ANOMALY",
        "'faithful,broken',               TARGET_UNAVAILABLE",
        "'erring,broken',                 TARGET_UNAVAILABLE",
        "'faithful,erring',               UNDECIDED",
        "'faithful,modest',               FEWER_CELLS",
        "modest,                          FEWER_CELLS"
    })
    void aSessionIsSummedUpByItsWorstNews(String targets, ExitCode code) {
        assertThat(run(settings("etalon.targets", targets)).exitCode()).isEqualTo(code);
    }

    @Test
    void exitCodesAreThePublishedOnes() {
        assertThat(ExitCode.values()).extracting(ExitCode::code).containsExactly(0, 1, 2, 3, 64, 65, 69, 70, 130);
    }
}
