package dev.etalon.core.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.etalon.core.check.Judge;
import dev.etalon.core.model.Anomaly;
import dev.etalon.core.model.History;
import dev.etalon.core.model.Method;
import dev.etalon.core.model.Observation;
import dev.etalon.core.model.Operation;
import dev.etalon.core.model.Precondition;
import dev.etalon.core.model.Verdict;
import dev.etalon.core.plan.Capability;
import dev.etalon.core.plan.Mix;
import dev.etalon.core.plan.Plan;
import dev.etalon.core.plan.Workload;
import dev.etalon.core.run.RegisterServer.Defect;
import dev.etalon.core.store.HistoryReader;
import dev.etalon.core.store.Recorder;
import dev.etalon.core.target.Dialect;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Clients that do whatever comes to them: a register is never accused, and a defect is named for what it is. */
@Timeout(value = 10, unit = TimeUnit.MINUTES)
@Execution(ExecutionMode.CONCURRENT)
class FreeRunTest {
    private static final List<Capability> ALL =
            List.of(Capability.PUT_IF_MATCH, Capability.PUT_IF_NONE_MATCH, Capability.DELETE_IF_MATCH);
    private static final Map<String, Mix> MIXES = Map.of("A", Mix.A, "B", Mix.B, "C", Mix.C);

    @TempDir
    Path folder;

    private final Stop stop = new Stop();

    private record Ran(Runner.Result result, History history, Verdict verdict) {}

    private static Workload.FreeRun plan(Mix mix, int operationsPerClient) {
        return new Workload.FreeRun(4, 8, operationsPerClient, 250, 600, 512, mix);
    }

    private Ran run(Workload workload, long seed, List<Capability> guarded, RegisterServer server) throws Exception {
        Plan plan = new Plan("http/free-run", seed, 7, "k-", workload);
        History.Origin origin = new History.Origin(
                7, "k-", plan.scenario(), "memory", "here", "2026-01-01T00:00:00Z", System.nanoTime());
        Path file = folder.resolve("history.etl");
        Runner.Result result;
        try (Recorder recorder = Recorder.create(file, origin);
                Runner runner = new Runner(plan, List.of(server), Dialect.RFC9110, recorder, stop)) {
            result = runner.run(guarded);
        }
        History history = HistoryReader.read(file);
        assertThat(history.operations()).as("requests sent and recorded").hasSize(server.requests());
        return new Ran(result, history, Judge.judge(plan, history, stop.reason()));
    }

    private Ran run(Workload workload, Defect... defects) throws Exception {
        return run(workload, 412, ALL, new RegisterServer(defects).company(2));
    }

    static Stream<Arguments> mixesAndSeeds() {
        return Stream.of("A", "B", "C").flatMap(mix -> Stream.of(1L, 412L).map(seed -> Arguments.of(mix, seed)));
    }

    @ParameterizedTest(name = "mix {0}, seed {1}")
    @MethodSource("mixesAndSeeds")
    void aFaithfulServerIsValid(String mix, long seed) throws Exception {
        Ran ran = run(plan(MIXES.get(mix), 1_250), seed, ALL, new RegisterServer().company(2));
        assertThat(ran.result().guarded()).isEqualTo(Runner.Guarded.RACED);
        assertThat(ran.verdict().findings()).isEmpty();
        assertThat(ran.verdict().reservations()).isEmpty();
        assertThat(ran.verdict().status()).isEqualTo(Verdict.Status.VALID);
        assertThat(ran.verdict().rounds().raced()).isEqualTo(10_000);
    }

    @ParameterizedTest(name = "mix {0}, seed {1}")
    @MethodSource("mixesAndSeeds")
    void lostAnswersOfAFaithfulServerAreNeverHeldAgainstItAndLeaveNothingUndecided(String mix, long seed)
            throws Exception {
        Ran ran = run(plan(MIXES.get(mix), 1_250), seed, ALL, new RegisterServer(Defect.LOSES_ANSWERS).company(2));
        assertThat(ran.verdict().findings()).isEmpty();
        assertThat(ran.verdict().undecided()).isEmpty();
        assertThat(ran.verdict().status()).isEqualTo(Verdict.Status.VALID);
        assertThat(ran.verdict().rounds().unknowns()).isGreaterThan(500);
    }

    @Test
    void everyKindOfRequestIsSentAndAnsweredBothWays() throws Exception {
        Ran ran = run(plan(Mix.C, 1_250));
        assertThat(ran.history().operations().stream()
                        .filter(op -> op.invocation().actor() > 0)
                        .map(FreeRunTest::kind)
                        .collect(Collectors.toSet()))
                .contains(
                        "GET NONE applied",
                        "GET IF_NONE_MATCH applied",
                        "GET IF_NONE_MATCH refused",
                        "PUT IF_MATCH applied",
                        "PUT IF_MATCH refused",
                        "PUT IF_NONE_MATCH_ANY applied",
                        "PUT IF_NONE_MATCH_ANY refused",
                        "PUT NONE applied",
                        "DELETE IF_MATCH applied",
                        "DELETE IF_MATCH refused",
                        "DELETE NONE applied",
                        "DELETE NONE looked");
    }

    private static String kind(Operation op) {
        String outcome = op.refused() ? "refused" : op.foundNothing() ? "looked" : "applied";
        return op.invocation().method() + " " + op.invocation().precondition().kind() + " " + outcome;
    }

    @Test
    void tagsThatAreWeakWhileTheyAreNewAreSentBackWhenTheyAreStrong() throws Exception {
        Ran ran = run(plan(Mix.A, 6), Defect.WEAK_WHILE_NEW);
        assertThat(ran.verdict().status()).isEqualTo(Verdict.Status.VALID);
        assertThat(ran.history().operations().stream()
                        .filter(op -> op.invocation().actor() > 0)
                        .map(FreeRunTest::kind))
                .contains("PUT IF_MATCH applied");
    }

    @Test
    void classAHasNoDeletesAndNoWritesWithoutACondition() throws Exception {
        assertThat(run(plan(Mix.A, 200)).history().operations())
                .filteredOn(op -> op.invocation().actor() > 0)
                .allSatisfy(op -> {
                    assertThat(op.removes()).isFalse();
                    assertThat(op.write() && op.unconditional()).isFalse();
                });
    }

    @Test
    void aClientSendsNoValidatorButWhatAnAnswerGaveItBefore() throws Exception {
        Ran ran = run(plan(Mix.C, 300), Defect.LOSES_ANSWERS);
        for (int actor = 1; actor <= 8; actor++) {
            int number = actor;
            List<Operation> own = ran.history().operations().stream()
                    .filter(op -> op.invocation().actor() == number)
                    .toList();
            for (int i = 0; i < own.size(); i++) {
                Operation op = own.get(i);
                Precondition sent = op.invocation().precondition();
                if (sent.tag() != null) {
                    assertThat(own.subList(0, i)).anyMatch(before -> gave(before, sent));
                }
            }
        }
    }

    private static boolean gave(Operation before, Precondition sent) {
        return before.tag().filter(sent.tag()::equals).isPresent()
                && (before.invocation().method() == Method.PUT
                        ? before.applied() && before.version().equals(sent.version())
                        : before.seen().filter(sent.version()::equals).isPresent());
    }

    @Test
    void aBodyIsOneDeeperThanTheOneItReplaces() throws Exception {
        List<Operation> operations = run(plan(Mix.B, 300)).history().operations();
        for (Operation write : operations) {
            if (write.invocation().method() == Method.PUT && write.applied()) {
                int above = operations.stream()
                        .filter(op -> op.invocation().method() == Method.PUT
                                && op.version().equals(write.parent()))
                        .mapToInt(op -> op.invocation().depth())
                        .findFirst()
                        .orElse(0);
                assertThat(write.invocation().depth()).isEqualTo(above + 1);
            }
        }
    }

    @Test
    void everyKeyIsReadWhenAllIsDone() throws Exception {
        Ran ran = run(plan(Mix.C, 600));
        ran.history().byKey().forEach((key, operations) -> {
            if (operations.get(0).invocation().round() >= 0) {
                Operation last = operations.get(operations.size() - 1);
                assertThat(last.invocation().actor()).isZero();
                assertThat(last.observation()).isNotInstanceOf(Observation.Nothing.class);
            }
        });
    }

    @Test
    void aReadThatShowsWhatWasThereBeforeIsAReadThatIsBehind() throws Exception {
        Ran ran = run(plan(Mix.A, 250), 412, List.of(), new RegisterServer(Defect.READS_OLD).company(2));
        assertThat(ran.verdict().findings().get(0).anomaly())
                .isIn(Anomaly.RESURRECTED_VALUE, Anomaly.NON_MONOTONIC_READS, Anomaly.STALE_READ);
    }

    @Test
    void aDeleteThatDoesNotReadItsConditionSucceedsOnAStaleValidator() throws Exception {
        Ran ran = run(
                plan(Mix.B, 500),
                412,
                List.of(Capability.PUT_IF_MATCH),
                new RegisterServer(Defect.DELETES_WHATEVER_IS_THERE).company(2));
        // Which of them it is depends on who was under way when the delete took what it was not asked for.
        assertThat(ran.verdict().findings().get(0).anomaly())
                .isIn(Anomaly.STALE_SUCCESS, Anomaly.LOST_UPDATE, Anomaly.DUPLICATE_CREATE);
    }

    @Test
    void aDeleteThatLeavesWhatItSaysItDeletedIsFound() throws Exception {
        Ran ran = run(plan(Mix.C, 500), Defect.KEEPS_WHAT_IS_DELETED);
        assertThat(ran.verdict().status()).isEqualTo(Verdict.Status.VIOLATION);
        assertThat(ran.verdict().findings().get(0).anomaly()).isEqualTo(Anomaly.DELETE_RESURRECTION);
    }

    @Test
    void theGuardFindsADeleteThatDoesNotReadItsCondition() throws Exception {
        Ran ran = run(plan(Mix.B, 500), Defect.DELETES_WHATEVER_IS_THERE);
        assertThat(ran.result())
                .isEqualTo(new Runner.Result(
                        Runner.Guarded.FAILED_GUARD,
                        "ignores the condition: DELETE If-Match with a tag it never gave was answered 204",
                        Optional.of(Capability.DELETE_IF_MATCH)));
        assertThat(ran.verdict().counts()).containsOnlyKeys(Anomaly.CONDITION_IGNORED);
        assertThat(ran.history().byRound()).containsOnlyKeys(-1);
    }

    @Test
    void whatNeedsNoConditionIsRacedOnAServerThatHeedsNone() throws Exception {
        Ran faithful = run(plan(Mix.C, 250), Defect.IGNORES_CONDITIONS);
        assertThat(faithful.verdict().counts()).containsOnlyKeys(Anomaly.CONDITION_IGNORED);
        assertThat(faithful.history().operations())
                .filteredOn(op -> op.round() >= 0)
                .hasSizeGreaterThan(1_000)
                .allMatch(op -> op.precondition().equals(Precondition.NONE));
    }

    /** There is nothing to wait for: no tag is sent. */
    @Test
    void whoNeedsNoTagWaitsForNoneToBecomeStrong() throws Exception {
        Ran ran = run(plan(Mix.C, 250), Defect.IGNORES_CONDITIONS, Defect.WEAK_TAGS);
        assertThat(ran.history().operations())
                .filteredOn(op -> op.round() >= 0 && op.actor() > 0)
                .as("as many as were planned, none of them a look again")
                .hasSize(8 * 250);
    }

    @Test
    void whatIsWrongWithoutConditionsIsFoundOnAServerThatHeedsNone() throws Exception {
        Ran behind = run(plan(Mix.C, 250), Defect.IGNORES_CONDITIONS, Defect.READS_OLD);
        assertThat(behind.verdict().counts()).containsKeys(Anomaly.CONDITION_IGNORED, Anomaly.STALE_READ);
    }

    @ParameterizedTest
    @EnumSource(names = {"WEAK_TAGS", "NO_TAGS", "NOT_IMPLEMENTED"})
    void aServerWithoutUsableDeleteConditionsDoesNotOfferThem(Defect defect) throws Exception {
        Ran ran = run(plan(Mix.B, 5), 1, List.of(Capability.DELETE_IF_MATCH), new RegisterServer(defect));
        assertThat(ran.result().guarded()).isEqualTo(Runner.Guarded.NOT_OFFERED);
        assertThat(ran.verdict().findings()).isEmpty();
    }

    @Test
    void aDeleteThatIsAlwaysRefusedFailsTheGuard() throws Exception {
        Ran ran = run(plan(Mix.B, 5), 1, List.of(Capability.DELETE_IF_MATCH), new RegisterServer(Defect.NEVER_MATCHES));
        assertThat(ran.result().sentence())
                .isEqualTo("never lets it through: DELETE If-Match with the current tag was answered 412");
        assertThat(ran.verdict().counts()).containsOnlyKeys(Anomaly.PHANTOM_REFUSAL);
    }

    @Test
    void aRunThatDidLessThanPlannedSaysSo() throws Exception {
        Ran ran =
                run(plan(Mix.A, 500), 412, ALL, new RegisterServer().company(2).goneAfter(1_000, 0));
        assertThat(ran.verdict().status()).isEqualTo(Verdict.Status.UNDECIDED);
        assertThat(ran.verdict().findings()).isEmpty();
        assertThat(ran.verdict().reservations())
                .anyMatch(sentence -> sentence.matches("only \\d+ of 4000 operations were answered"))
                .anyMatch(sentence -> sentence.contains("no longer gives usable answers"));
        assertThat(ran.history().operations()).hasSizeLessThan(1_200);
    }

    @Test
    void aServerThatIsTooSlowIsNotRacedForEver() throws Exception {
        Workload.FreeRun slow = new Workload.FreeRun(1, 2, 1_000_000, 250, 1, 512, Mix.A);
        Ran ran = run(slow);
        assertThat(ran.verdict().status()).isEqualTo(Verdict.Status.UNDECIDED);
        assertThat(stop.reason())
                .hasValueSatisfying(reason -> assertThat(reason).startsWith("the free run was not done after 1 s"));
    }

    @Test
    void aStopEndsTheRun() throws Exception {
        stop.request("enough");
        assertThat(run(plan(Mix.A, 500)).history().operations()).hasSizeLessThan(40);
    }
}
