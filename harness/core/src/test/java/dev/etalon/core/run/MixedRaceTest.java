package dev.etalon.core.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.etalon.core.check.Judge;
import dev.etalon.core.model.Anomaly;
import dev.etalon.core.model.Finding;
import dev.etalon.core.model.Grade;
import dev.etalon.core.model.History;
import dev.etalon.core.model.Method;
import dev.etalon.core.model.Operation;
import dev.etalon.core.model.Shape;
import dev.etalon.core.model.Verdict;
import dev.etalon.core.plan.Budget;
import dev.etalon.core.plan.Capability;
import dev.etalon.core.plan.MixedRace;
import dev.etalon.core.plan.OperationRace;
import dev.etalon.core.plan.Plan;
import dev.etalon.core.plan.Protocol;
import dev.etalon.core.plan.Scenario;
import dev.etalon.core.run.RegisterServer.Defect;
import dev.etalon.core.store.HistoryReader;
import dev.etalon.core.store.Recorder;
import dev.etalon.core.target.Answer;
import dev.etalon.core.target.Client;
import dev.etalon.core.target.Dialect;
import dev.etalon.core.target.Hold;
import dev.etalon.core.target.Request;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Rounds of writers, deleters, creators and readers, against a server in memory whose every defect is known. */
@Timeout(value = 10, unit = TimeUnit.MINUTES)
@Execution(ExecutionMode.CONCURRENT)
class MixedRaceTest {
    private static final int ROUNDS = 32;

    @TempDir
    Path folder;

    private record Ran(History history, Verdict verdict) {}

    private static Scenario mixed(MixedRace.Form form) {
        return new MixedRace(Protocol.HTTP, form) {};
    }

    static Stream<Named<Scenario>> races() {
        return Stream.concat(
                        Arrays.stream(MixedRace.Form.values()).map(MixedRaceTest::mixed),
                        Arrays.stream(OperationRace.Form.values()).map(form -> new OperationRace(form) {}))
                .map(race -> Named.of(race.id(), race));
    }

    private Ran run(Scenario race, Defect... defects) throws Exception {
        return run(race, new RegisterServer(defects));
    }

    private Ran run(Scenario race, RegisterServer server) throws Exception {
        Plan plan = new Plan(
                race.id(), 412, 7, "k-", Races.small(race.workload(412, new Budget(ROUNDS, 1))), race.expectations());
        History.Origin origin =
                new History.Origin(7, "k-", race.id(), "memory", "here", "2026-01-01T00:00:00Z", System.nanoTime());
        Path file = folder.resolve("history.etl");
        Stop stop = new Stop();
        try (Recorder recorder = Recorder.create(file, origin);
                Runner runner = new Runner(plan, List.of(server), Dialect.RFC9110, recorder, stop)) {
            assertThat(runner.run(race.capabilities()).guarded()).isEqualTo(Runner.Guarded.RACED);
        }
        History history = HistoryReader.read(file);
        return new Ran(history, Judge.judge(plan, history, stop.reason()));
    }

    @ParameterizedTest
    @MethodSource("races")
    void aFaithfulServerIsValidAndEveryOutcomeIsForeseen(Scenario race) throws Exception {
        Verdict verdict = run(race).verdict();
        assertThat(verdict.findings()).isEmpty();
        // A read from memory is over in microseconds, so that on a busy machine it may miss its writer every time.
        assertThat(verdict.reservations())
                .allSatisfy(sentence -> assertThat(sentence).matches("only \\d+ of 48 rounds were raced"));
        assertThat(verdict.undecided()).isEmpty();
        assertThat(verdict.rounds().raced()).isGreaterThan(ROUNDS / 2);
        assertThat(verdict.rounds().shapes())
                .isNotEmpty()
                .extracting(Shape::grade)
                .containsOnly(Grade.ACCEPTABLE);
    }

    @ParameterizedTest
    @MethodSource("races")
    void lostAnswersOfAFaithfulServerAreNeverHeldAgainstIt(Scenario race) throws Exception {
        Verdict verdict = run(race, Defect.LOSES_ANSWERS).verdict();
        assertThat(verdict.findings()).isEmpty();
        assertThat(verdict.undecided()).isEmpty();
        assertThat(verdict.rounds().shapes())
                .extracting(Shape::grade)
                .contains(Grade.ACCEPTABLE_INTERESTING)
                .doesNotContain(Grade.FORBIDDEN, Grade.UNKNOWN);
    }

    static Stream<Named<Scenario>> racesThatForbidWhatChecksLetThrough() {
        return races().filter(race -> !race.getName().endsWith("/recreate"));
    }

    @ParameterizedTest
    @MethodSource("racesThatForbidWhatChecksLetThrough")
    void aServerThatChecksFirstAndWritesLaterIsFoundOutWhereverAnOutcomeIsForbidden(Scenario race) throws Exception {
        Ran ran = run(race, Defect.CHECKS_THEN_ACTS);
        assertThat(ran.verdict().status()).isEqualTo(Verdict.Status.VIOLATION);
        long forbidden = ran.verdict().rounds().shapes().stream()
                .filter(shape -> shape.grade() == Grade.FORBIDDEN)
                .mapToInt(Shape::count)
                .sum();
        assertThat(forbidden).isPositive();
        assertThat(ran.verdict().findings().stream()
                        .map(Finding::round)
                        .distinct()
                        .count())
                .as("rounds that the judge proves to be broken")
                .isGreaterThanOrEqualTo(forbidden);
    }

    @Test
    void aDeleteThatLeavesWhatItSaysItDeletedIsNamed() throws Exception {
        assertThat(run(mixed(MixedRace.Form.RECREATE), Defect.KEEPS_WHAT_IS_DELETED)
                        .verdict()
                        .counts())
                .containsKey(Anomaly.DELETE_RESURRECTION);
    }

    @ParameterizedTest
    @EnumSource(names = "READ_WHILE_WRITING", mode = EnumSource.Mode.EXCLUDE)
    void aRaceWithDeletesSendsThem(MixedRace.Form form) throws Exception {
        assertThat(run(mixed(form)).history().operations())
                .filteredOn(op -> op.invocation().round() >= 0)
                .extracting(op -> op.invocation().method())
                .contains(Method.DELETE);
    }

    @ParameterizedTest
    @EnumSource
    void aRaceOfOperationsSendsEveryOneThatItAsksTheTargetFor(OperationRace.Form form) throws Exception {
        Scenario race = new OperationRace(form) {};
        Set<Method> asked = race.capabilities().stream().map(Capability::method).collect(Collectors.toSet());
        assertThat(run(race).history().operations())
                .filteredOn(op -> op.invocation().actor() > 0)
                .extracting(op -> op.invocation().method())
                .containsAll(asked);
    }

    @Test
    void aRoundInWhichARacerLacksWhatItNeedsIsSetUpAgain() throws Exception {
        AtomicInteger uploads = new AtomicInteger();
        RegisterServer server = new RegisterServer() {
            @Override
            public Prepared prepare(Request request) {
                Prepared prepared = super.prepare(request);
                boolean lost = request.method() == Method.COMPLETE && uploads.incrementAndGet() % 100 == 99;
                return lost ? unprepared() : prepared;
            }
        };
        Ran ran = run(new OperationRace(OperationRace.Form.COMPLETE) {}, server);
        assertThat(uploads).as("uploads that were begun").hasValueGreaterThan(99);
        assertThat(ran.verdict().status()).isEqualTo(Verdict.Status.VALID);
        assertThat(ran.history().operations())
                .extracting(Operation::status)
                .as("nothing is recorded of what was not sent")
                .doesNotContain(0);
    }

    private static Client.Prepared unprepared() {
        return new Client.Prepared() {
            @Override
            public Answer send(Hold hold) {
                throw new IllegalStateException("what is not ready is not sent");
            }

            @Override
            public boolean ready() {
                return false;
            }
        };
    }
}
