package dev.etalon.core.run;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;
import static org.openjdk.jcstress.annotations.Expect.FORBIDDEN;

import dev.etalon.core.model.Body;
import dev.etalon.core.model.Method;
import dev.etalon.core.model.Observation;
import dev.etalon.core.model.Precondition;
import dev.etalon.core.model.Version;
import dev.etalon.core.plan.Plan;
import dev.etalon.core.plan.Workload;
import dev.etalon.core.store.ActorLog;
import dev.etalon.core.store.HistoryFile;
import dev.etalon.core.target.Answer;
import dev.etalon.core.target.Client;
import dev.etalon.core.target.Dialect;
import dev.etalon.core.target.Hold;
import dev.etalon.core.target.Request;
import dev.etalon.stress.Broken;
import dev.etalon.stress.Turn;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.JCStressMeta;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.LL_Result;

/** Two actors that arm writes of one key at once never share a version or an id, and each body is its own and whole. */
public final class VersionsAndBodies {
    private static final int RUN = 1;
    private static final int KEY = 0;
    private static final int BODY_BYTES = 512;

    /** Of each kind for each thread: to draw a number takes no time at all. */
    private static final int DEALT = 500;

    private static final Plan PLAN = new Plan("stress/allocator", 1, RUN, "key-", new Workload.Rounds(List.of()));

    /** For the ids they give out; nobody writes into them. */
    private static final HistoryFile FILE = new HistoryFile();

    private static final ActorLog FIRST_LOG = FILE.actor(1);
    private static final ActorLog SECOND_LOG = FILE.actor(2);

    static {
        Runtime.getRuntime().addShutdownHook(new Thread(FILE::close));
    }

    private VersionsAndBodies() {}

    /** What two writes may have in common. */
    @Outcome(id = "nothing in common, both bodies whole", expect = ACCEPTABLE, desc = "They can be told apart.")
    @Outcome(expect = FORBIDDEN, desc = "The judge would take two writes for one, or a faithful server for a torn one.")
    public static final class Promise {
        private Promise() {}
    }

    /** A request that is kept instead of being sent. */
    @SuppressWarnings("ArrayRecordComponent") // two of them are never compared
    private record Kept(byte @Nullable [] body) implements Client.Prepared {
        @Override
        public Answer send(Hold hold) {
            throw new UnsupportedOperationException("armed only");
        }
    }

    /** A client that keeps bodies as they are handed to it. */
    private static class Keeper implements Client {
        @Override
        public Prepared prepare(Request request) {
            return new Kept(request.body());
        }

        @Override
        public void close() {}
    }

    private static Actor actor(int number, Client client, ActorLog log) {
        return new Actor(number, PLAN, List.of(client), Dialect.RFC9110, log);
    }

    /** What one thread was dealt, and whether its body was its own. */
    @SuppressWarnings("ArrayRecordComponent") // two of them are never compared
    private record Dealt(Version[] versions, long[] ids, boolean whole) {}

    /** What two threads were dealt. */
    abstract static class Pair {
        private @Nullable Dealt one;
        private @Nullable Dealt two;

        final void first(Actor actor, ActorLog log) {
            one = deal(actor, log);
        }

        final void second(Actor actor, ActorLog log) {
            two = deal(actor, log);
        }

        private static Dealt deal(Actor actor, ActorLog log) {
            Version[] versions = new Version[DEALT];
            long[] ids = new long[DEALT];
            boolean whole = whole(actor.arm(0, KEY, Precondition.NONE, 1, BODY_BYTES));
            for (int i = 0; i < DEALT; i++) {
                versions[i] = Objects.requireNonNull(actor.armDelete(Method.DELETE, 0, KEY, Precondition.NONE)
                        .version());
                ids[i] = log.nextId();
            }
            return new Dealt(versions, ids, whole);
        }

        private static boolean whole(Actor.Armed armed) {
            byte[] body = ((Kept) armed.prepared()).body();
            return body != null
                    && Body.decode(RUN, KEY, body) instanceof Observation.Seen seen
                    && seen.version().equals(armed.version());
        }

        final void compare(LL_Result r) {
            if (one == null || two == null) {
                throw new IllegalStateException("both were dealt something");
            }
            long versions = Stream.of(one, two)
                    .flatMap(dealt -> Arrays.stream(dealt.versions()))
                    .distinct()
                    .count();
            long ids = Stream.of(one, two)
                    .flatMapToLong(dealt -> Arrays.stream(dealt.ids()))
                    .distinct()
                    .count();
            r.r1 = versions == 2 * DEALT && ids == 2 * DEALT ? "nothing in common" : "a version or an id in common";
            r.r2 = one.whole() && two.whole() ? "both bodies whole" : "a body that is not its own";
        }
    }

    /** An actor for each thread. */
    @JCStressTest
    @JCStressMeta(Promise.class)
    @State
    public static class Real extends Pair {
        private final Actor first = actor(1, new Keeper(), FIRST_LOG);
        private final Actor second = actor(2, new Keeper(), SECOND_LOG);

        @org.openjdk.jcstress.annotations.Actor
        public void first() {
            first(first, FIRST_LOG);
        }

        @org.openjdk.jcstress.annotations.Actor
        public void second() {
            second(second, SECOND_LOG);
        }

        @Arbiter
        public void afterwards(LL_Result r) {
            compare(r);
        }
    }

    /** One actor for two threads. */
    @Broken("lets two threads count with one actor")
    @JCStressTest
    @JCStressMeta(Promise.class)
    @State
    public static class OneActor extends Pair {
        private final Actor shared = actor(1, new Keeper(), FIRST_LOG);

        @org.openjdk.jcstress.annotations.Actor
        public void first() {
            first(shared, FIRST_LOG);
        }

        @org.openjdk.jcstress.annotations.Actor
        public void second() {
            second(shared, FIRST_LOG);
        }

        @Arbiter
        public void afterwards(LL_Result r) {
            compare(r);
        }
    }

    /** One buffer for two bodies. */
    @Broken("keeps the bodies of two threads in one buffer")
    @JCStressTest
    @JCStressMeta(Promise.class)
    @State
    public static class OneBuffer extends Pair {
        private final byte[] buffer = new byte[BODY_BYTES];
        private final Client saver = new Keeper() {
            @Override
            public Prepared prepare(Request request) {
                byte[] body = request.body();
                if (body != null) {
                    System.arraycopy(body, 0, buffer, 0, body.length);
                }
                Turn.over();
                return new Kept(buffer);
            }
        };
        private final Actor first = actor(1, saver, FIRST_LOG);
        private final Actor second = actor(2, saver, SECOND_LOG);

        @org.openjdk.jcstress.annotations.Actor
        public void first() {
            first(first, FIRST_LOG);
        }

        @org.openjdk.jcstress.annotations.Actor
        public void second() {
            second(second, SECOND_LOG);
        }

        @Arbiter
        public void afterwards(LL_Result r) {
            compare(r);
        }
    }
}
