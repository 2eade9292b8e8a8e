package dev.etalon.core.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.etalon.core.check.Judge;
import dev.etalon.core.model.Anomaly;
import dev.etalon.core.model.History;
import dev.etalon.core.model.Operation;
import dev.etalon.core.model.Precondition;
import dev.etalon.core.model.Verdict;
import dev.etalon.core.plan.Alignment;
import dev.etalon.core.plan.Budget;
import dev.etalon.core.plan.Capability;
import dev.etalon.core.plan.Plan;
import dev.etalon.core.plan.Scenario;
import dev.etalon.core.plan.Versioning;
import dev.etalon.core.plan.Workload;
import dev.etalon.core.run.RegisterServer.Defect;
import dev.etalon.core.store.HistoryReader;
import dev.etalon.core.store.Recorder;
import dev.etalon.core.target.Dialect;
import dev.etalon.core.target.Request;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** From a plan to a history, against a server in memory whose every defect is known. */
@Timeout(value = 10, unit = TimeUnit.MINUTES)
@Execution(ExecutionMode.CONCURRENT)
class RunnerTest {
    /** Two rounds for each strategy. */
    private static final Budget BUDGET = new Budget(24, 10, EnumSet.allOf(Alignment.class));

    /** Of servers that take their time. */
    private static final Budget FEW = new Budget(8, 1, EnumSet.allOf(Alignment.class));

    @TempDir
    Path folder;

    private final Stop stop = new Stop();

    static Stream<Scenario> races() {
        return Races.all().stream();
    }

    /** Races with rounds. */
    static Stream<Scenario> volleys() {
        return races().filter(race -> !(race instanceof Races.Counter));
    }

    /** How a run went, and what follows. */
    private record Ran(Runner.Result result, History history, Verdict verdict) {
        Runner.Guarded guarded() {
            return result.guarded();
        }
    }

    private Ran run(Scenario scenario, RegisterServer server, Budget budget) throws Exception {
        return run(scenario, server, budget, List.of(Versioning.OFF));
    }

    private Ran run(Scenario scenario, RegisterServer server, Budget budget, List<Versioning> versioning)
            throws Exception {
        Plan plan = new Plan(
                scenario.id(), 412, 7, "k-", Races.small(scenario.workload(412, budget)), List.of(), versioning);
        History.Origin origin =
                new History.Origin(7, "k-", scenario.id(), "memory", "here", "2026-01-01T00:00:00Z", System.nanoTime());
        Path file = folder.resolve("history.etl");
        Runner.Result result;
        try (Recorder recorder = Recorder.create(file, origin);
                Runner runner = new Runner(plan, List.of(server), Dialect.RFC9110, recorder, stop)) {
            result = runner.run(scenario.needs());
        }
        History history = HistoryReader.read(file);
        assertThat(history.damage()).isEmpty();
        assertThat(history.operations()).as("requests sent and recorded").hasSize(server.requests());
        return new Ran(result, history, Judge.judge(plan, history, stop.reason()));
    }

    private Ran run(Scenario scenario, Defect... defects) throws Exception {
        return run(scenario, new RegisterServer(defects), BUDGET);
    }

    @ParameterizedTest
    @MethodSource("races")
    void aFaithfulServerIsValid(Scenario race) throws Exception {
        Ran ran = run(race);
        assertThat(ran.result()).isEqualTo(new Runner.Result(Runner.Guarded.RACED, "honours the condition"));
        assertThat(ran.verdict().findings()).isEmpty();
        assertThat(ran.verdict().reservations()).isEmpty();
        assertThat(ran.verdict().status()).isEqualTo(Verdict.Status.VALID);
        assertThat(ran.verdict().rounds().losers().keySet()).isSubsetOf(412);
        assertThat(ran.verdict().rounds().winners().keySet()).isSubsetOf(1);
    }

    @Test
    void aCounterHoldsEveryAcknowledgedIncrement() throws Exception {
        Ran ran = run(new Races.Counter());
        assertThat(ran.verdict().rounds().raced()).isEqualTo(8 * BUDGET.increments());
        assertThat(ran.verdict().rounds().lost()).isZero();
    }

    /** Seen with a file server on a busy machine: reads are answered 403 until the writer's thread gets its turn. */
    @Test
    void aCounterWaitsForAServerThatStallsAWhile() throws Exception {
        Ran ran = run(new Races.Counter(), new RegisterServer().busyFrom(100, 100), BUDGET);
        assertThat(ran.verdict().rounds().raced()).isEqualTo(8 * BUDGET.increments());
        assertThat(ran.verdict().status()).isEqualTo(Verdict.Status.VALID);
    }

    @Test
    void aCounterGivesUpAServerThatIsGone() throws Exception {
        Ran ran = run(new Races.Counter(), new RegisterServer().goneAfter(100, 403), BUDGET);
        assertThat(ran.verdict().status()).isEqualTo(Verdict.Status.UNDECIDED);
        assertThat(ran.verdict().reservations())
                .anyMatch(sentence -> sentence.contains("no longer gives usable answers"));
    }

    @ParameterizedTest
    @MethodSource("volleys")
    void aServerThatChecksFirstAndWritesLaterForksInEveryRound(Scenario race) throws Exception {
        Ran ran = run(race, Defect.CHECKS_THEN_ACTS);
        Anomaly fork = race.needs() == Capability.PUT_IF_MATCH ? Anomaly.LOST_UPDATE : Anomaly.DUPLICATE_CREATE;
        assertThat(ran.guarded()).isEqualTo(Runner.Guarded.RACED);
        assertThat(ran.verdict().status()).isEqualTo(Verdict.Status.VIOLATION);
        assertThat(ran.verdict().counts()).containsKey(fork);
        assertThat(ran.verdict().rounds().multiWinnerRounds()).isPositive();
    }

    @Test
    void aServerThatIgnoresIfMatchFailsTheGuard() throws Exception {
        Ran ran = run(new Races.SameValidator(), Defect.IGNORES_CONDITIONS);
        assertThat(ran.guarded()).isEqualTo(Runner.Guarded.FAILED_GUARD);
        assertThat(ran.result().sentence())
                .isEqualTo("ignores the condition: PUT If-Match with a tag it never gave was answered 200");
        assertThat(ran.verdict().counts()).containsOnlyKeys(Anomaly.CONDITION_IGNORED);
        assertThat(ran.history().byRound()).containsOnlyKeys(-1);
    }

    @Test
    void aServerThatIgnoresIfMatchInOneKindOfBucketFailsTheGuard() throws Exception {
        RegisterServer server = new RegisterServer() {
            @Override
            public Prepared prepare(Request request) {
                return super.prepare(
                        request.versioning() == Versioning.SUSPENDED
                                ? new Request(request.method(), request.key(), Precondition.NONE, request.body())
                                : request);
            }
        };
        Ran ran = run(new Races.SameValidator(), server, BUDGET, List.of(Versioning.values()));
        assertThat(ran.guarded()).isEqualTo(Runner.Guarded.FAILED_GUARD);
        assertThat(ran.result().sentence()).endsWith("was answered 200, where versioning is suspended");
        assertThat(ran.verdict().counts()).containsOnlyKeys(Anomaly.CONDITION_IGNORED);
    }

    @Test
    void everyKindOfBucketIsRaced() throws Exception {
        Set<Versioning> written = ConcurrentHashMap.newKeySet();
        RegisterServer server = new RegisterServer() {
            @Override
            public Prepared prepare(Request request) {
                written.add(request.versioning());
                return super.prepare(request);
            }
        };
        Ran ran = run(new Races.SameValidator(), server, BUDGET, List.of(Versioning.ENABLED, Versioning.SUSPENDED));
        assertThat(ran.verdict().status()).isEqualTo(Verdict.Status.VALID);
        assertThat(written).containsExactlyInAnyOrder(Versioning.ENABLED, Versioning.SUSPENDED);
    }

    @Test
    void aServerThatIgnoresIfNoneMatchFailsTheGuard() throws Exception {
        Ran ran = run(new Races.CreateRace(), Defect.IGNORES_CONDITIONS);
        assertThat(ran.guarded()).isEqualTo(Runner.Guarded.FAILED_GUARD);
        assertThat(ran.verdict().counts()).containsOnlyKeys(Anomaly.CONDITION_IGNORED);
    }

    @ParameterizedTest
    @MethodSource("races")
    void aServerThatRefusesEverybodyFailsTheGuard(Scenario race) throws Exception {
        Ran ran = run(race, Defect.NEVER_MATCHES);
        assertThat(ran.guarded()).isEqualTo(Runner.Guarded.FAILED_GUARD);
        assertThat(ran.result().sentence()).startsWith("never lets it through");
        assertThat(ran.verdict().counts()).containsOnlyKeys(Anomaly.PHANTOM_REFUSAL);
    }

    @ParameterizedTest
    @MethodSource("races")
    void aServerThatDoesNotImplementTheHeaderDoesNotOfferIt(Scenario race) throws Exception {
        Ran ran = run(race, Defect.NOT_IMPLEMENTED);
        assertThat(ran.guarded()).isEqualTo(Runner.Guarded.NOT_OFFERED);
        assertThat(ran.result().sentence()).endsWith("with 501");
        assertThat(ran.verdict().findings()).isEmpty();
        assertThat(ran.verdict().status()).isEqualTo(Verdict.Status.UNDECIDED);
    }

    @ParameterizedTest
    @MethodSource("races")
    void anErrorForATrueConditionIsNoRefusal(Scenario race) throws Exception {
        Ran ran = run(race, Defect.FAILS_ON_MATCH);
        assertThat(ran.guarded()).isEqualTo(Runner.Guarded.BROKEN);
        assertThat(ran.result().sentence())
                .startsWith("gave no usable answer to")
                .endsWith("503");
        assertThat(ran.verdict().findings()).isEmpty();
    }

    @Test
    void weakTagsCannotBeSentInIfMatch() throws Exception {
        Ran ran = run(new Races.SameValidator(), Defect.WEAK_TAGS);
        assertThat(ran.guarded()).isEqualTo(Runner.Guarded.NOT_OFFERED);
        assertThat(ran.result().sentence()).contains("only a weak entity tag (W/\"t1\")");
    }

    /** A foreign tag is asked first, for which no tag of the server is needed. */
    @Test
    void aServerWithWeakTagsThatIgnoresConditionsFailsTheGuard() throws Exception {
        Ran ran = run(new Races.SameValidator(), Defect.WEAK_TAGS, Defect.IGNORES_CONDITIONS);
        assertThat(ran.guarded()).isEqualTo(Runner.Guarded.FAILED_GUARD);
        assertThat(ran.verdict().counts()).containsOnlyKeys(Anomaly.CONDITION_IGNORED);
    }

    @ParameterizedTest
    @MethodSource("races")
    void aTagThatIsWeakWhileItIsNewIsWaitedFor(Scenario race) throws Exception {
        Ran ran = run(race, new RegisterServer(Defect.WEAK_WHILE_NEW), FEW);
        assertThat(ran.guarded()).isEqualTo(Runner.Guarded.RACED);
        assertThat(ran.verdict().reservations()).isEmpty();
        assertThat(ran.verdict().status()).isEqualTo(Verdict.Status.VALID);
    }

    @ParameterizedTest
    @EnumSource(names = {"WEAK_WHILE_NEW", "TAGS_OF_A_SECOND"})
    void aServerThatChecksFirstAndWritesLaterIsCaughtWhateverItsTags(Defect tags) throws Exception {
        Ran ran = run(new Races.SameValidator(), new RegisterServer(tags, Defect.CHECKS_THEN_ACTS), FEW);
        assertThat(ran.verdict().counts()).containsKey(Anomaly.LOST_UPDATE);
    }

    @ParameterizedTest
    @MethodSource("races")
    void aFaithfulServerWhoseTagsCountSecondsReusesTagsAndDoesNothingWorse(Scenario race) throws Exception {
        Ran ran = run(race, new RegisterServer(Defect.TAGS_OF_A_SECOND), FEW);
        assertThat(ran.guarded()).isEqualTo(Runner.Guarded.RACED);
        assertThat(ran.verdict().counts().keySet()).isSubsetOf(Anomaly.TAG_REUSE);
        assertThat(ran.verdict().rounds().raced()).isEqualTo(FEW.rounds());
    }

    @Test
    void aServerWithoutTagsHasNothingToSendInIfMatch() throws Exception {
        Ran ran = run(new Races.SameValidator(), Defect.NO_TAGS);
        assertThat(ran.guarded()).isEqualTo(Runner.Guarded.NOT_OFFERED);
        assertThat(ran.result().sentence()).contains("no entity tag");
    }

    @Test
    void aCreateRaceNeedsNoTags() throws Exception {
        assertThat(run(new Races.CreateRace(), Defect.NO_TAGS).verdict().status())
                .isEqualTo(Verdict.Status.VALID);
    }

    @ParameterizedTest
    @MethodSource("races")
    void aServerThatTearsEveryBodyIsBrokenAndTheProofIsKept(Scenario race) throws Exception {
        Ran ran = run(race, Defect.TEARS_BODIES);
        assertThat(ran.guarded()).isEqualTo(Runner.Guarded.BROKEN);
        assertThat(ran.verdict().counts()).containsOnlyKeys(Anomaly.TORN_BODY);
    }

    @ParameterizedTest
    @MethodSource("races")
    void aServerThatDropsPlainWritesIsBrokenAndTheProofIsKept(Scenario race) throws Exception {
        Ran ran = run(race, Defect.DROPS_WRITES);
        assertThat(ran.guarded()).isEqualTo(Runner.Guarded.BROKEN);
        assertThat(ran.verdict().counts()).containsOnlyKeys(Anomaly.ACKNOWLEDGED_BUT_LOST);
    }

    @ParameterizedTest
    @MethodSource("races")
    void aServerThatGoesAwayEndsTheRunAndWhatWasRecordedIsJudged(Scenario race) throws Exception {
        Ran ran = run(race, new RegisterServer().goneAfter(60, 0), BUDGET);
        assertThat(stop.reason())
                .hasValueSatisfying(reason ->
                        assertThat(reason).contains("no longer").endsWith("start it again and repeat the run"));
        endedWithoutVerdict(ran);
    }

    @ParameterizedTest
    @MethodSource("races")
    void aServerThatAnswersNothingButErrorsIsNotRaced(Scenario race) throws Exception {
        endedWithoutVerdict(run(race, new RegisterServer().goneAfter(60, 503), BUDGET));
    }

    private void endedWithoutVerdict(Ran ran) {
        assertThat(ran.guarded()).isEqualTo(Runner.Guarded.RACED);
        assertThat(ran.verdict().findings()).isEmpty();
        assertThat(ran.verdict().status()).isEqualTo(Verdict.Status.UNDECIDED);
        assertThat(ran.verdict().rounds().raced()).isPositive();
        assertThat(ran.history().operations()).hasSizeLessThan(1_000);
    }

    @ParameterizedTest
    @MethodSource("races")
    void lostAnswersOfAFaithfulServerAreNeverHeldAgainstIt(Scenario race) throws Exception {
        Ran ran = run(
                race, new RegisterServer(Defect.LOSES_ANSWERS), new Budget(100, 30, EnumSet.allOf(Alignment.class)));
        assertThat(ran.guarded()).isEqualTo(Runner.Guarded.RACED);
        assertThat(ran.verdict().findings()).isEmpty();
        assertThat(ran.verdict().rounds().unknowns()).isPositive();
        assertThat(ran.verdict().rounds().lost()).isZero();
        assertThat(ran.history().operations()).hasSizeGreaterThan(500);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 4, 5})
    void oneLostAnswerDoesNotKeepACellFromBeingRaced(int request) throws Exception {
        Ran ran = run(new Races.SameValidator(), new RegisterServer().losing(request), BUDGET);
        assertThat(ran.guarded()).isEqualTo(Runner.Guarded.RACED);
        assertThat(ran.verdict().status()).isEqualTo(Verdict.Status.VALID);
    }

    @Test
    void racersThatLoseTheirConnectionTogetherDoNotMakeTheServerOneThatIsGone() throws Exception {
        Scenario race = new Races.SameValidator();
        Budget strides = new Budget(20, 1, EnumSet.of(Alignment.STRIDE));
        Workload.Rounds plan = (Workload.Rounds) race.workload(412, strides);
        int racers = plan.rounds().get(0).racers().size();
        Ran ran = run(race, new RegisterServer().cutting(racers), strides);
        assertThat(stop.reason()).isEmpty();
        assertThat(ran.verdict().rounds().raced()).isEqualTo(20);
        assertThat(ran.verdict().status()).isEqualTo(Verdict.Status.VALID);
    }

    @Test
    void aStopEndsTheRunBeforeItsNextRound() throws Exception {
        stop.request("enough");
        Ran ran = run(new Races.SameValidator());
        assertThat(ran.history().byRound()).containsOnlyKeys(-1);
        assertThat(ran.verdict().reservations()).contains("the run ended early: enough");
    }

    @Test
    void requestsThatWaitAtAGateSayWhenTheyWereLetGo() throws Exception {
        Scenario race = new Races.SameValidator();
        Workload.Rounds plan = (Workload.Rounds) race.workload(412, BUDGET);
        Ran ran = run(race);
        List<Operation> held = ran.history().operations().stream()
                .filter(op -> op.completion() != null && op.completion().releasedNs() != 0)
                .toList();
        assertThat(held)
                .isNotEmpty()
                .allSatisfy(op -> assertThat(op.releasedNs()).isLessThanOrEqualTo(op.endNs()));
        assertThat(held)
                .filteredOn(op -> plan.rounds().get(op.invocation().round()).alignment() == Alignment.LAST_BYTE)
                .isNotEmpty()
                .allSatisfy(op -> assertThat(op.releasedNs()).isGreaterThan(op.startNs()));
    }

    @Test
    void aRunSendsToEveryEndpoint() throws Exception {
        RegisterServer server = new RegisterServer();
        Scenario race = new Races.SameValidator();
        Plan plan = new Plan(race.id(), 1, 7, "k-", race.workload(1, BUDGET));
        Path file = folder.resolve("endpoints.etl");
        History.Origin origin = new History.Origin(7, "k-", race.id(), "memory", "here", "now", 0);
        try (Recorder recorder = Recorder.create(file, origin);
                Runner runner = new Runner(plan, List.of(server, server), Dialect.RFC9110, recorder, stop)) {
            runner.run(race.needs());
        }
        assertThat(HistoryReader.read(file).operations())
                .extracting(op -> op.invocation().endpoint())
                .contains(0, 1)
                .doesNotContain(2);
    }

    @Test
    void aPlanWithoutEndpointsIsADefectOfTheCaller() throws Exception {
        Scenario race = new Races.SameValidator();
        Plan plan = new Plan(race.id(), 1, 7, "k-", race.workload(1, BUDGET));
        History.Origin origin = new History.Origin(7, "k-", race.id(), "memory", "here", "now", 0);
        try (Recorder recorder = Recorder.create(folder.resolve("none.etl"), origin)) {
            assertThatThrownBy(() -> new Runner(plan, List.of(), Dialect.RFC9110, recorder, stop).close())
                    .isInstanceOf(RuntimeException.class);
        }
    }
}
