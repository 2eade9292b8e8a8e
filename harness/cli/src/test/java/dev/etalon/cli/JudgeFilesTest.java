package dev.etalon.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.etalon.core.model.Completion;
import dev.etalon.core.model.Grade;
import dev.etalon.core.model.History;
import dev.etalon.core.model.Invocation;
import dev.etalon.core.model.Method;
import dev.etalon.core.model.Observation;
import dev.etalon.core.model.Outcome;
import dev.etalon.core.model.Precondition;
import dev.etalon.core.model.RoundTally;
import dev.etalon.core.model.Verdict;
import dev.etalon.core.model.Version;
import dev.etalon.core.plan.Alignment;
import dev.etalon.core.plan.Expectation;
import dev.etalon.core.plan.Intent;
import dev.etalon.core.plan.Plan;
import dev.etalon.core.plan.RoundPlan;
import dev.etalon.core.plan.Versioning;
import dev.etalon.core.plan.Workload;
import dev.etalon.core.store.ActorLog;
import dev.etalon.core.store.HistoryFiles;
import dev.etalon.core.store.Recorder;
import dev.etalon.core.store.RunFolder;
import dev.etalon.core.store.StoredVerdict;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code etalon judge}: what it prints, and how it ends. */
class JudgeFilesTest {
    private static final String HEADER = "#id\tclient\tkind\tstart\tend\tparent\tversion\toutcome\n";

    @TempDir
    Path folder;

    private static Ended judge(Object... args) {
        return Ended.etalon(
                Stream.concat(Stream.of("judge"), Arrays.stream(args)).toArray());
    }

    private Path rows(String name, String... rows) throws IOException {
        return Files.writeString(
                folder.resolve(name),
                HEADER + String.join("\n", rows).replace(' ', '\t') + (rows.length == 0 ? "" : "\n"));
    }

    private Path valid() throws IOException {
        return rows("valid.tsv", "1 0 C 10 20 0 1 o", "2 1 W 30 40 1 2 o", "3 2 W 30 45 1 3 f", "4 0 R 50 60 0 2 o");
    }

    /** As many writers as asked for are all told that they replaced version 1. */
    private Path fork(int writers) throws IOException {
        List<String> rows = new ArrayList<>(List.of("1 0 C 10 20 0 1 o"));
        for (int i = 0; i < writers; i++) {
            rows.add((2 + i) + " " + (1 + i) + " W 30 40 1 " + (2 + i) + " o");
        }
        rows.add((2 + writers) + " 0 R 50 60 0 2 o");
        return rows("fork.tsv", rows.toArray(String[]::new));
    }

    @Test
    void aValidHistorySaysHowMuchWasJudged() throws IOException {
        Path file = valid();
        assertThat(judge(file)).isEqualTo(new Ended(0, file + """

                                  operations   4, keys 1, clients 3, outcome unknown 0
                                  verdict      VALID: nothing forbidden was seen
                                """, ""));
    }

    @Test
    void aLostUpdateIsPrintedWithItsWitness() throws IOException {
        Ended ended = judge(fork(2));
        assertThat(ended.code()).isEqualTo(1);
        assertThat(ended.out())
                .contains("  verdict      VIOLATION: A1 lost update ×1\n")
                .contains("FORBIDDEN lost-update (A1)  key=0 ")
                .contains("(w0#1) -> 200");
    }

    @Test
    void aWitnessIsDrawnWhereThatIsAskedFor() throws IOException {
        Path file = fork(2);
        assertThat(judge(file, "--lanes", "ASCII").out()).contains("  w1  ", "[2=====", "= witness, by number");
        assertThat(judge(file, "--lanes", "LINES").out()).contains("├2━━━━━");
        assertThat(judge(file).out()).doesNotContain("by number");
    }

    @Test
    void onlySoManyWitnessesArePrintedAndTheRestIsCounted() throws IOException {
        Path file = folder.resolve("many.jsonl");
        StringBuilder lines = new StringBuilder("{\"etalon-history\":1}\n");
        for (int key = 0; key < 12; key++) {
            for (int writer = 1; writer <= 2; writer++) {
                lines.append("{\"id\":")
                        .append(key * 2 + writer)
                        .append(",\"actor\":")
                        .append(writer)
                        .append(",\"key\":")
                        .append(key)
                        .append(",\"method\":\"PUT\",\"precondition\":{\"kind\":\"if-none-match-any\"},\"writes\":\"w")
                        .append(writer)
                        .append('#')
                        .append(key + 1)
                        .append("\",\"depth\":1,\"start\":1,\"end\":2,\"status\":201,\"outcome\":\"applied\"}\n");
            }
        }
        Files.writeString(file, lines);
        Ended ended = judge(file);
        assertThat(ended.code()).isEqualTo(1);
        assertThat(ended.out().split("FORBIDDEN", -1)).hasSize(11);
        assertThat(ended.out()).endsWith("witnesses shown: 10 of 12; --witnesses 12 shows all\n");
        assertThat(judge(file, "--witnesses", "0").out()).doesNotContain("FORBIDDEN");
    }

    @Test
    void aHistoryThatHoldsNothingIsNoPass() throws IOException {
        Ended ended = judge(rows("none.tsv"));
        assertThat(ended.code()).isEqualTo(2);
        assertThat(ended.out())
                .contains("UNDECIDED: no anomaly, but something keeps it from being a pass")
                .contains("reservation  nothing was judged: no operation has a known outcome");
        assertThat(judge(rows("unknown.tsv", "1 0 C 10 -1 0 1 ?")).code()).isEqualTo(2);
    }

    @Test
    void aHistoryThatWasCutIsNoPass() throws IOException {
        Path file = valid();
        Files.writeString(file, Files.readString(file).stripTrailing().replaceAll("o$", ""));
        Ended ended = judge(file);
        assertThat(ended.code()).isEqualTo(2);
        assertThat(ended.out())
                .contains(
                        "reservation  the history is damaged: the file ends inside a line, which is left out: line=5\n");
    }

    @Test
    void whatWasCutOffAccusesNobody() throws IOException {
        // The last row is the write that the read shows.
        Path file = rows("cut.tsv", "1 0 C 10 20 0 1 o", "2 0 R 30 50 0 2 o", "3 1 W 35 40 1 2 o");
        assertThat(judge(file).code()).isZero();
        Files.writeString(file, Files.readString(file).stripTrailing().replaceAll("o$", ""));
        Ended ended = judge(file);
        assertThat(ended.code()).isEqualTo(2);
        assertThat(ended.out()).contains("was shown w0#2, which no recorded request wrote");
    }

    @Test
    void whatCannotBeReadIsSaidAndTheOthersAreStillJudged() throws IOException {
        Path broken = Files.writeString(folder.resolve("broken.jsonl"), "{\"etalon-history\":1}\n{\"id\":}\n");
        Path missing = folder.resolve("missing");
        Ended ended = judge(broken, missing, valid());
        assertThat(ended.code()).isEqualTo(65);
        assertThat(ended.err())
                .contains("etalon: a line is not JSON: ")
                .contains("file=" + broken + " line=2 ")
                .contains("etalon: no such history: file=" + missing);
        assertThat(ended.out()).contains("VALID: nothing forbidden was seen");
    }

    @Test
    void theWorstEndWins() throws IOException {
        Path missing = folder.resolve("missing");
        assertThat(judge(valid(), rows("none.tsv")).code()).isEqualTo(2);
        assertThat(judge(rows("none.tsv"), missing).code()).isEqualTo(65);
        assertThat(judge(missing, fork(2), valid()).code()).isEqualTo(1);
    }

    @Test
    void anExportIsReadBackAsTheSameHistory() throws IOException {
        Path export = folder.resolve("export.jsonl");
        Path file = fork(3);
        assertThat(judge(file, "--export", export).code()).isEqualTo(1);
        assertThat(HistoryFiles.read(export)).isEqualTo(HistoryFiles.read(file));
        assertThat(judge(export).out().replace(export.toString(), ""))
                .isEqualTo(judge(file).out().replace(file.toString(), ""));
    }

    @Test
    void anExportNeverOverwrites() throws IOException {
        Path export = Files.writeString(folder.resolve("export.jsonl"), "mine");
        assertThat(judge(valid(), "--export", export))
                .isEqualTo(new Ended(
                        64, "", "etalon: --export never overwrites: export=" + export + "; name a new file\n"));
        assertThat(export).hasContent("mine");
        assertThat(judge(valid(), "--export", folder.resolve("no/such/folder")).err())
                .contains("the history could not be exported");
    }

    @Test
    void aStoredRunIsJudgedByItsPlanAndCompared() throws IOException {
        RunFolder run = new RunFolder(folder);
        Recorder.create(
                        run.history(),
                        new History.Origin(5, "k-", "http/counter", "paper", "desk", "2026-01-01T00:00:00Z", 0))
                .close();
        run.writeJson(RunFolder.PLAN, new Plan("http/counter", 1, 5, "k-", new Workload.Counter(0, 2, 3, 9, 512)));
        List<String> reservations =
                List.of("the run ended early: interrupted", "only 0 of 6 increments were acknowledged");
        run.writeJson(
                RunFolder.VERDICT,
                StoredVerdict.of(
                        "http/counter",
                        "paper",
                        "1",
                        "UNDECIDED",
                        "interrupted",
                        Optional.of("interrupted"),
                        Verdict.of(List.of(), RoundTally.none(6), reservations)));
        Ended ended = judge(folder);
        assertThat(ended.code()).isEqualTo(2);
        assertThat(ended.out())
                .contains("  recorded     http/counter on paper 2026-01-01T00:00:00Z\n")
                .contains("  raced        0 of 6 increments\n")
                .contains("  compared     same verdict as the run\n")
                .contains("  reservation  the run ended early: interrupted\n");
        run.writeJson(
                RunFolder.VERDICT,
                StoredVerdict.of(
                        "http/counter",
                        "paper",
                        "1",
                        "VALID",
                        "fine",
                        Optional.of("interrupted"),
                        Verdict.of(List.of(), RoundTally.none(6), List.of())));
        assertThat(judge(run.history()).out())
                .contains("  compared     differs from the run: the verdict was VALID and is UNDECIDED; ");
    }

    /** Beyond the keys, which the judge keeps apart, there are the plan, the table of outcomes and the printing. */
    @Test
    void whatCannotBeCountedIsSaidAndTheOthersAreStillJudged() throws IOException {
        RunFolder run = new RunFolder(Files.createDirectory(folder.resolve("run")));
        History.Origin origin =
                new History.Origin(5, "k-", "http/create-race", "paper", "desk", "2026-01-01T00:00:00Z", 0);
        try (Recorder recorder = Recorder.create(run.history(), origin)) {
            for (int actor = 1; actor <= 2; actor++) {
                ActorLog log = recorder.actor(actor);
                long id = log.nextId();
                Version version = new Version(actor, 1);
                log.begin(new Invocation(id, actor, 0, 0, 0, Method.PUT, Precondition.CREATE, version, 1, actor));
                Outcome outcome = actor == 1 ? Outcome.APPLIED : Outcome.REFUSED;
                log.end(new Completion(id, actor == 1 ? 201 : 412, outcome, null, Observation.NOTHING, 0, 9));
            }
        }
        RoundPlan round =
                new RoundPlan(0, 0, Alignment.BARRIER, List.of(Intent.CREATE, Intent.CREATE), List.of(0, 1), 512);
        Expectation noPattern = new Expectation("(", Grade.ACCEPTABLE, "no regular expression");
        run.writeJson(
                RunFolder.PLAN,
                new Plan(
                        "http/create-race",
                        1,
                        5,
                        "k-",
                        new Workload.Rounds(List.of(round)),
                        List.of(noPattern),
                        List.of(Versioning.OFF)));
        Ended ended = judge(run.path(), valid());
        assertThat(ended.code()).isEqualTo(70);
        assertThat(ended.err()).contains("etalon: an internal error, please report it with the history: history=");
        assertThat(ended.out()).contains("VALID: nothing forbidden was seen");
    }

    @Test
    void severalMachinesAreJudgedAsOneHistory() throws IOException {
        Path a = Files.writeString(folder.resolve("a.jsonl"), part("a", 1, "create"));
        Path b = Files.writeString(folder.resolve("b.jsonl"), part("b", 2, "create"));
        assertThat(judge(a, b).code()).as("each on its own").isZero();
        Path export = folder.resolve("merged.jsonl");
        Ended ended = judge(a, b, "--merge", "--clock-bound", "300us", "--export", export);
        assertThat(ended.code()).isEqualTo(1);
        assertThat(ended.out())
                .startsWith("2 histories as one\n")
                .contains("  clocks       a, b, at most 0.300000 ms apart\n")
                .contains("A2 duplicate create ×1");
        assertThat(HistoryFiles.read(export).clocks()).isEqualTo(new History.Clocks(List.of("a", "b"), 300_000, false));
        assertThat(judge(a, a, "--merge", "--clock-bound", "0ns"))
                .isEqualTo(new Ended(
                        65,
                        "",
                        "etalon: an operation id is used in two histories: file=" + a
                                + " id=1; give the actors of every machine numbers of their own\n"));
        assertThat(judge(a, folder.resolve("gone"), "--merge", "--clock-bound", "0ns")
                        .code())
                .isEqualTo(65);
    }

    private static String part(String host, int actor, String target) {
        return "{\"etalon-history\":1,\"run\":\"5\",\"keyPrefix\":\"k-\",\"scenario\":\"http/x\",\"target\":\"" + target
                + "\",\"host\":\"" + host + "\",\"startedAt\":\"2026-01-01T00:00:00Z\"}\n{\"id\":" + actor
                + ",\"actor\":" + actor
                + ",\"method\":\"PUT\",\"precondition\":{\"kind\":\"if-none-match-any\"},\"writes\":\"w" + actor
                + "#1\",\"depth\":1,\"start\":1,\"end\":2,\"status\":201,\"outcome\":\"applied\"}\n";
    }

    @Test
    void wrongUsageSaysWhatWouldBeRight() throws IOException {
        Path file = valid();
        assertThat(judge().code()).isEqualTo(64);
        assertThat(judge(file, "--witnesses", "-1"))
                .isEqualTo(new Ended(64, "", "etalon: --witnesses must be 0 or more: witnesses=-1\n"));
        assertThat(judge(file, file, "--export", "x").err()).contains("make them one with --merge");
        assertThat(judge(file, "--merge").err()).contains("--merge and --clock-bound go together");
        assertThat(judge(file, "--clock-bound", "1ms").code()).isEqualTo(64);
        assertThat(judge(file, "--merge", "--clock-bound", "1").err())
                .contains("--clock-bound must be a time with its unit");
    }

    @ParameterizedTest
    @CsvSource({"0ns, 0", "250us, 250000", "250µs, 250000", "1.5ms, 1500000", "0.1ns, 1", "2s, 2000000000"})
    void aClockBoundIsATimeRoundedUp(String time, long nanoseconds) {
        assertThat(JudgeFiles.nanoseconds(time)).isEqualTo(nanoseconds);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "5", "-1ms", "1 ms", "1h", "99999999999s", "1e3ms"})
    void whatIsNoTimeIsRefused(String time) {
        assertThatThrownBy(() -> JudgeFiles.nanoseconds(time))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("clockBound=" + time + "; write 250us");
    }
}
