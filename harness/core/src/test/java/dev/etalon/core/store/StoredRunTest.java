package dev.etalon.core.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.etalon.core.model.Anomaly;
import dev.etalon.core.model.Finding;
import dev.etalon.core.model.RoundTally;
import dev.etalon.core.model.Verdict;
import dev.etalon.core.plan.Plan;
import dev.etalon.core.plan.Workload;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A run is read back with everything its verdict followed from. */
class StoredRunTest {
    private static final Verdict INTERRUPTED =
            Verdict.of(List.of(), RoundTally.none(2), List.of("the run ended early: interrupted"));

    @TempDir
    Path path;

    private RunFolder folder;

    @BeforeEach
    void record() throws IOException {
        folder = new RunFolder(path);
        Recorder.create(folder.history(), HistoryFileTest.ORIGIN).close();
    }

    private void plan(long run) throws IOException {
        folder.writeJson(RunFolder.PLAN, new Plan("http/x", 1, run, "k-", new Workload.Counter(0, 2, 1, 9, 512)));
    }

    private void verdict(Verdict verdict, Optional<String> endedEarly) throws IOException {
        folder.writeJson(
                RunFolder.VERDICT, StoredVerdict.of("http/x", "paper", "1", "VALID", "fine", endedEarly, verdict));
    }

    @Test
    void planVerdictAndReasonAreThereAgain() throws IOException {
        plan(-2);
        verdict(INTERRUPTED, Optional.of("interrupted"));
        for (Path named : List.of(path, folder.history())) {
            StoredRun run = StoredRun.read(named);
            assertThat(run.plan()).map(Plan::run).contains(-2L);
            assertThat(run.endedEarly()).contains("interrupted");
            assertThat(run.verdict().orElseThrow().differences(INTERRUPTED)).isEmpty();
        }
    }

    @Test
    void aRunThatEndedWithItsPlanStoresNoReason() throws IOException {
        plan(-2);
        verdict(Verdict.of(List.of(), RoundTally.none(0), List.of()), Optional.empty());
        assertThat(Files.readString(folder.verdict())).doesNotContain("endedEarly");
        assertThat(StoredRun.read(path).endedEarly()).isEmpty();
    }

    @Test
    void aRunWithoutAVerdictEndedEarly() throws IOException {
        plan(-2);
        assertThat(StoredRun.read(path).endedEarly())
                .hasValueSatisfying(reason -> assertThat(reason).contains("no verdict was stored"));
    }

    @Test
    void aVerdictThatTheDiskCutIsNoPass() throws IOException {
        plan(-2);
        folder.writeText(RunFolder.VERDICT, "{\"verdict\" : \"VAL");
        StoredRun run = StoredRun.read(path);
        assertThat(run.verdict()).isEmpty();
        assertThat(run.endedEarly())
                .hasValueSatisfying(reason -> assertThat(reason).contains("verdict.json cannot be read"));
    }

    @Test
    void aHistoryOnItsOwnHasNoPlan() throws IOException {
        assertThat(StoredRun.read(path).plan()).isEmpty();
        plan(-2);
        Path elsewhere = path.resolve("copy.etl");
        Files.copy(folder.history(), elsewhere);
        assertThat(StoredRun.read(elsewhere).plan()).isEmpty();
    }

    @Test
    void aPlanThatDoesNotFitIsASentence() throws IOException {
        plan(7);
        assertThatThrownBy(() -> StoredRun.read(path))
                .isInstanceOf(HistoryFormatException.class)
                .hasMessage("plan and history are of different runs: file=" + folder.plan()
                        + "; remove it to judge the history alone");
        folder.writeText(RunFolder.PLAN, "{\n\"scenario\" : 1,\n oops");
        assertThatThrownBy(() -> StoredRun.read(path))
                .isInstanceOf(HistoryFormatException.class)
                .hasMessage("a plan that cannot be read: file=" + folder.plan()
                        + " line=3; remove it to judge the history alone");
    }

    @Test
    void whatDiffersFromTheStoredVerdictIsNamed() {
        StoredVerdict stored =
                StoredVerdict.of("http/x", "paper", "1", "UNDECIDED", "cut", Optional.empty(), INTERRUPTED);
        Finding finding = new Finding(Anomaly.LOST_UPDATE, 0, 0, List.of(), "because");
        assertThat(stored.differences(Verdict.of(List.of(finding), RoundTally.none(2), List.of())))
                .containsExactly(
                        "the verdict was UNDECIDED and is VIOLATION",
                        "A1 was found ×0 and is found ×1",
                        "the reservations were [the run ended early: interrupted]");
    }
}
