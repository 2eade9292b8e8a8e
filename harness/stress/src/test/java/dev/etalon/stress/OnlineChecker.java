package dev.etalon.stress;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;
import static org.openjdk.jcstress.annotations.Expect.FORBIDDEN;

import dev.etalon.core.check.Watermark;
import java.util.concurrent.atomic.AtomicLong;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.JCStressMeta;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.LL_Result;

/**
 * The online checker accuses no register that keeps its promise, as long as its clients tell it of each request before
 * they send it and of each answer after they have it, one at a time.
 */
public final class OnlineChecker {
    private static final int INCREMENTS = 2;

    private OnlineChecker() {}

    /** What may come out. */
    @Outcome(
            id = "no contradiction, depth [2-4]",
            expect = ACCEPTABLE,
            desc = "Between two and four of the four increments were applied, and nothing else was claimed.")
    @Outcome(expect = FORBIDDEN, desc = "A register that is atomic was accused.")
    public static final class Promise {
        private Promise() {}
    }

    /** Two clients that count up on one register that cannot be wrong, and the checker they tell of it. */
    abstract static class Clients {
        /** Two low bits say who wrote the version, the others how deep it is. */
        private static final int WRITER_BITS = 2;

        private final AtomicLong register = new AtomicLong(Watermark.ABSENT);
        private final Watermark watermark = new Watermark();

        private static int depth(long version) {
            return (int) (version >>> WRITER_BITS);
        }

        /** Reads, adds one and writes back on the condition that nobody else did, so many times. */
        final void count(int client) {
            for (int i = 0; i < INCREMENTS; i++) {
                long seen = read(client);
                long version = (long) (depth(seen) + 1) << WRITER_BITS | client;
                write(client, version, seen);
            }
        }

        private long read(int client) {
            Watermark.Flight read;
            synchronized (watermark) {
                read = watermark.read(client);
            }
            long seen = register.get();
            synchronized (watermark) {
                watermark.showed(read, seen, depth(seen));
            }
            return seen;
        }

        abstract void write(int client, long version, long parent);

        final Watermark.Flight tell(int client, long version, long parent) {
            synchronized (watermark) {
                return watermark.write(client, version, parent, depth(version));
            }
        }

        final boolean send(long version, long parent) {
            return register.compareAndSet(parent, version);
        }

        final void answered(Watermark.Flight write, boolean applied) {
            synchronized (watermark) {
                if (applied) {
                    watermark.applied(write);
                } else {
                    watermark.refused(write);
                }
            }
        }

        /** Looks once more, and asks the checker. */
        final void verdict(LL_Result r) {
            long last = read(0);
            Watermark.Violation violation = watermark.violation();
            r.r1 = violation == null ? "no contradiction" : violation.breach();
            r.r2 = "depth " + depth(last);
        }
    }

    /** Clients that tell in time. */
    @JCStressTest
    @JCStressMeta(Promise.class)
    @State
    public static class Real extends Clients {
        @Override
        void write(int client, long version, long parent) {
            Watermark.Flight write = tell(client, version, parent);
            answered(write, send(version, parent));
        }

        @Actor
        public void one() {
            count(1);
        }

        @Actor
        public void two() {
            count(2);
        }

        @Arbiter
        public void judge(LL_Result r) {
            verdict(r);
        }
    }

    /** Clients that tell too late. */
    @Broken("tells the checker of a write when it has been sent already")
    @JCStressTest
    @JCStressMeta(Promise.class)
    @State
    public static class TellsLate extends Clients {
        @Override
        void write(int client, long version, long parent) {
            boolean applied = send(version, parent);
            Turn.over();
            answered(tell(client, version, parent), applied);
        }

        @Actor
        public void one() {
            count(1);
        }

        @Actor
        public void two() {
            count(2);
        }

        @Arbiter
        public void judge(LL_Result r) {
            verdict(r);
        }
    }
}
