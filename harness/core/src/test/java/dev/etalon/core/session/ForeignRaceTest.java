package dev.etalon.core.session;

import static org.assertj.core.api.Assertions.assertThat;

import dev.etalon.core.check.Judge;
import dev.etalon.core.model.EntityTag;
import dev.etalon.core.model.Grade;
import dev.etalon.core.model.Graded;
import dev.etalon.core.model.History;
import dev.etalon.core.model.Invocation;
import dev.etalon.core.model.Method;
import dev.etalon.core.model.Precondition;
import dev.etalon.core.model.Shape;
import dev.etalon.core.model.Verdict;
import dev.etalon.core.model.Version;
import dev.etalon.core.plan.Budget;
import dev.etalon.core.plan.Capability;
import dev.etalon.core.plan.Plan;
import dev.etalon.core.plan.Protocol;
import dev.etalon.core.plan.Scenario;
import dev.etalon.core.plan.Workload;
import dev.etalon.core.run.Sender;
import dev.etalon.core.run.Stop;
import dev.etalon.core.store.Recorder;
import dev.etalon.core.store.RunFolder;
import dev.etalon.core.store.StoredRun;
import dev.etalon.core.target.Answer;
import dev.etalon.core.target.Dialect;
import dev.etalon.core.target.Hold;
import dev.etalon.core.target.RunningTarget;
import dev.etalon.core.target.Settings;
import dev.etalon.core.target.TargetInfo;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A race that another harness runs: what it recorded and what it graded count as if it were ours. */
class ForeignRaceTest {
    private static final EntityTag TAG = new EntityTag("\"a\"");

    @TempDir
    Path runs;

    /** Two writers with one tag in each of two samples, answered as they are told; an answer of 0 is none. */
    private static class Elsewhere implements ForeignRace {
        private final int first;
        private final int second;
        private final List<Shape> graded;

        Elsewhere(int first, int second, Shape... graded) {
            this.first = first;
            this.second = second;
            this.graded = List.of(graded);
        }

        @Override
        public String id() {
            return "http/elsewhere";
        }

        @Override
        public String promise() {
            return "one of two writers gets through";
        }

        @Override
        public Protocol protocol() {
            return Protocol.HTTP;
        }

        @Override
        public Capability needs() {
            return Capability.PUT_IF_MATCH;
        }

        @Override
        public Workload workload(long seed, Budget budget) {
            return new Workload.Samples("Elsewhere", 2, 2, 1);
        }

        @Override
        public String repeat(TargetInfo info, RunningTarget target, Budget budget) {
            return "elsewhere --server " + info.name();
        }

        @Override
        public Graded race(Plan plan, RunFolder folder, History.Origin origin, RunningTarget target, Stop stop)
                throws IOException {
            try (Recorder recorder = Recorder.create(folder.history(), origin)) {
                Sender[] actors = new Sender[3];
                for (int actor = 0; actor < actors.length; actor++) {
                    actors[actor] = new Sender(plan.run(), Dialect.RFC9110, recorder.actor(actor));
                }
                for (int key = 0; key < 2; key++) {
                    Version base = new Version(0, 1);
                    put(actors[0], 0, key, Precondition.NONE, base, 201);
                    put(actors[1], 1, key, Precondition.ifMatch(TAG, base), new Version(1, 1), first);
                    put(actors[2], 2, key, Precondition.ifMatch(TAG, base), new Version(2, 1), second);
                }
            }
            return new Graded(graded, 0);
        }

        private static void put(Sender sender, int actor, int key, Precondition condition, Version version, int status)
                throws IOException {
            sender.send(
                    new Invocation(
                            sender.nextId(), actor, key, key, 0, Method.PUT, condition, version, 1, System.nanoTime()),
                    hold -> status == 0
                            ? Answer.failed(dev.etalon.core.model.Outcome.Cause.TIMEOUT, "no answer")
                            : new Answer(status, actor == 0 ? TAG : null, new byte[0], null, null),
                    Hold.NONE,
                    () -> 0);
        }
    }

    private CellResult run(Scenario scenario) {
        try (Session session = new Session(Settings.of(Map.of("etalon.runs", runs.toString())), List.of())) {
            return session.run(session.cell(scenario, new FakeTargets.Faithful()));
        }
    }

    private static Shape shape(String outcome, int count, Grade grade) {
        return new Shape(outcome, count, count / 2.0, grade, "as somebody wrote down");
    }

    @Test
    void isJudgedByItsHistory() {
        CellResult result = run(new Elsewhere(204, 204, shape("both won", 2, Grade.FORBIDDEN)));

        assertThat(result.status()).isEqualTo(CellResult.Status.VIOLATION);
        assertThat(result.sentence()).isEqualTo("A3 success on a stale validator in 2 of 2 samples (100 %)");
    }

    @Test
    void isValidWhenAllItsSamplesWereRacedAndNothingForbiddenWasSeen() {
        CellResult result = run(new Elsewhere(204, 412, shape("the first won", 2, Grade.ACCEPTABLE)));

        assertThat(result.status()).as(result.sentence()).isEqualTo(CellResult.Status.VALID);
        assertThat(result.ran().orElseThrow().verdict().rounds().shapes())
                .extracting(Shape::outcome)
                .containsExactly("the first won");
    }

    @Test
    void doesNotPassWhenNobodyCanTellWhatCameOfItsSamples() {
        CellResult result = run(new Elsewhere(0, 0, shape("unknown", 2, Grade.ACCEPTABLE_INTERESTING)));

        assertThat(result.status()).isEqualTo(CellResult.Status.UNDECIDED);
        assertThat(result.sentence()).contains("only 0 of 2 samples were raced");
    }

    @Test
    void doesNotPassWhenAnOutcomeIsForbiddenThatNoAnomalyOfOursNames() {
        CellResult result = run(new Elsewhere(204, 412, shape("the wrong one won", 2, Grade.FORBIDDEN)));

        assertThat(result.status()).isEqualTo(CellResult.Status.VIOLATION);
        assertThat(result.sentence())
                .isEqualTo("forbidden: the wrong one won in 2 of 2 samples (as somebody wrote down)");
    }

    @Test
    void isStoredWithItsPlanAndTheCommandThatRepeatsIt() throws IOException {
        CellResult result = run(new Elsewhere(204, 412, shape("the first won", 2, Grade.ACCEPTABLE)));

        StoredRun.Summary stored = StoredRun.summary(result.ran().orElseThrow().folder());
        assertThat(stored.plan().workload()).isEqualTo(new Workload.Samples("Elsewhere", 2, 2, 1));
        assertThat(stored.repeat()).isEqualTo("elsewhere --server faithful");
    }

    @Test
    void doesNotPassWhenItsSamplesWereRacedButHadNoOutcome() {
        CellResult result = run(new Elsewhere(204, 412, shape("the first won", 1, Grade.ACCEPTABLE)));

        assertThat(result.status()).isEqualTo(CellResult.Status.UNDECIDED);
        assertThat(result.sentence()).contains("only 1 of 2 samples were raced");
        assertThat(run(new Elsewhere(204, 412)).status()).isEqualTo(CellResult.Status.UNDECIDED);
    }

    @Test
    void isStillAViolationWhenItIsJudgedAgain() throws IOException {
        CellResult result = run(new Elsewhere(204, 412, shape("the wrong one won", 2, Grade.FORBIDDEN)));

        StoredRun stored = StoredRun.read(result.ran().orElseThrow().folder().path());
        Verdict again =
                Judge.judge(stored.plan().orElseThrow(), stored.history(), stored.endedEarly(), stored.graded());
        assertThat(again).isEqualTo(result.ran().orElseThrow().verdict());
        assertThat(again.status()).isEqualTo(Verdict.Status.VIOLATION);
    }

    @Test
    void isNotRunWhereItsEndpointsAreMissing() {
        CellResult result = run(new Elsewhere(204, 412) {
            @Override
            public int endpoints() {
                return 2;
            }
        });

        assertThat(result.status()).isEqualTo(CellResult.Status.NOT_RUN);
        assertThat(result.sentence()).isEqualTo("the target has 1 of the 2 endpoints that are raced");
    }
}
