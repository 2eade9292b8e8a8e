package dev.etalon.core.run;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;
import static org.openjdk.jcstress.annotations.Expect.FORBIDDEN;

import dev.etalon.core.check.Judge;
import dev.etalon.core.model.EntityTag;
import dev.etalon.core.model.Finding;
import dev.etalon.core.model.History;
import dev.etalon.core.model.Operation;
import dev.etalon.core.model.Precondition;
import dev.etalon.core.model.Verdict;
import dev.etalon.core.plan.Plan;
import dev.etalon.core.plan.Workload;
import dev.etalon.core.store.HistoryFile;
import dev.etalon.core.target.Answer;
import dev.etalon.core.target.Client;
import dev.etalon.core.target.Dialect;
import dev.etalon.core.target.Request;
import dev.etalon.stress.Broken;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.JCStressMeta;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.LL_Result;

/**
 * From actor to verdict: of two who race on a register that cannot be wrong, the judge accuses neither, whether it reads
 * their history at the end or while the other one still writes it.
 */
public final class RecordedRace {
    private static final int KEY = 0;
    private static final int BODY_BYTES = 256;
    private static final Plan PLAN = new Plan("stress/race", 1, 1, "key-", new Workload.Rounds(List.of()));

    private RecordedRace() {}

    /** What the judge may say. */
    @Outcome(
            id = "nothing forbidden so far, VALID in the end",
            expect = ACCEPTABLE,
            desc = "The register keeps its promise, and the record shows it.")
    @Outcome(expect = FORBIDDEN, desc = "A register that is atomic was accused, or could not be judged.")
    public static final class Promise {
        private Promise() {}
    }

    /** A server of one resource: body and tag change in one step. */
    private static class Register implements Client {
        /** What is there. */
        @SuppressWarnings("ArrayRecordComponent") // compared by identity
        private record Resource(String tag, byte[] body) {}

        private final AtomicReference<Resource> resource = new AtomicReference<>(new Resource("", new byte[0]));

        @Override
        public Prepared prepare(Request request) {
            return hold -> answer(request);
        }

        final Answer answer(Request request) {
            Resource before = resource.get();
            byte[] body = request.body();
            if (body == null) {
                return new Answer(200, new EntityTag(before.tag()), before.body(), null, null);
            }
            EntityTag expected = request.precondition().tag();
            Resource after = new Resource("\"" + Integer.toHexString(Arrays.hashCode(body)) + "\"", body);
            boolean applied = (expected == null || expected.value().equals(before.tag()))
                    && resource.compareAndSet(before, after);
            return applied
                    ? new Answer(200, new EntityTag(after.tag()), new byte[0], null, null)
                    : new Answer(412, null, new byte[0], null, null);
        }

        @Override
        public void close() {}
    }

    /** Two racers, each with its request built and waiting, as in a round. */
    abstract static class Pair {
        private final HistoryFile file = new HistoryFile();
        private final Client client;
        private final Actor coordinator;
        private final Actor first;
        private final Actor second;
        private final Actor.Armed one;
        private final Actor.Armed two;

        Pair(Client client) {
            this.client = client;
            coordinator = actor(0);
            first = actor(1);
            second = actor(2);
            Operation laid = send(coordinator, coordinator.arm(0, KEY, Precondition.CREATE, 1, BODY_BYTES));
            Precondition fresh = Precondition.ifMatch(laid.tag().orElseThrow(), laid.version());
            one = first.arm(0, KEY, fresh, 2, BODY_BYTES);
            two = second.arm(0, KEY, fresh, 2, BODY_BYTES);
        }

        private Actor actor(int number) {
            return new Actor(number, PLAN, List.of(client), Dialect.RFC9110, file.actor(number));
        }

        private static Operation send(Actor actor, Actor.Armed armed) {
            try {
                return actor.write(armed);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        private static void read(Actor actor) {
            try {
                actor.read(0, KEY);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        final void writeAndRead() {
            send(first, one);
            read(first);
        }

        final void writeAndJudge(LL_Result r) {
            send(second, two);
            Verdict soFar = Judge.judge(file.read());
            r.r1 = soFar.status() == Verdict.Status.VIOLATION ? named(soFar) + " so far" : "nothing forbidden so far";
        }

        final void judge(LL_Result r) {
            read(coordinator);
            file.end();
            History history = file.read();
            Verdict verdict = Judge.judge(history);
            r.r2 = named(verdict) + " in the end";
            file.close();
        }

        private static String named(Verdict verdict) {
            return verdict.findings().stream()
                    .findFirst()
                    .map(Finding::anomaly)
                    .map(Enum::name)
                    .orElseGet(() -> verdict.status().name());
        }
    }

    /** Actors whose client sends when it is told to. */
    @JCStressTest
    @JCStressMeta(Promise.class)
    @State
    public static class Real extends Pair {
        public Real() {
            super(new Register());
        }

        @org.openjdk.jcstress.annotations.Actor
        public void first() {
            writeAndRead();
        }

        @org.openjdk.jcstress.annotations.Actor
        public void second(LL_Result r) {
            writeAndJudge(r);
        }

        @Arbiter
        public void afterwards(LL_Result r) {
            judge(r);
        }
    }

    /** Actors whose client does not wait for the record. */
    @Broken("sends a request before it is recorded that it begins")
    @JCStressTest
    @JCStressMeta(Promise.class)
    @State
    public static class SendsBeforeRecord extends Pair {
        public SendsBeforeRecord() {
            super(new Register() {
                @Override
                public Prepared prepare(Request request) {
                    Answer answer = answer(request);
                    return hold -> answer;
                }
            });
        }

        @org.openjdk.jcstress.annotations.Actor
        public void first() {
            writeAndRead();
        }

        @org.openjdk.jcstress.annotations.Actor
        public void second(LL_Result r) {
            writeAndJudge(r);
        }

        @Arbiter
        public void afterwards(LL_Result r) {
            judge(r);
        }
    }
}
