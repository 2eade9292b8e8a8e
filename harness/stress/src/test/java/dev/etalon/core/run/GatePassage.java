package dev.etalon.core.run;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;
import static org.openjdk.jcstress.annotations.Expect.FORBIDDEN;

import dev.etalon.stress.Broken;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.JCStressMeta;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.LL_Result;

/**
 * Nobody passes a gate before it is opened, and everybody afterwards: a sender that stays behind would keep the test from
 * ending. The instant that the gate tells lies between the two.
 */
public final class GatePassage {
    private GatePassage() {}

    /** What a sender may see. */
    @Outcome(id = "passed after the opening, released in between", expect = ACCEPTABLE, desc = "It waited.")
    @Outcome(id = "passed before .*", expect = FORBIDDEN, desc = "Its tail left before the others were at theirs.")
    @Outcome(expect = FORBIDDEN, desc = "The history would tell an instant at which the tail was not released.")
    public static final class Promise {
        private Promise() {}
    }

    /** A sender, and somebody who opens the gate. */
    abstract static class Passage {
        /** Not volatile: what the opener did before must be seen because of the gate. */
        private boolean opened;

        private long openedNs;
        private long passedNs;

        abstract void pass() throws IOException;

        abstract void open();

        abstract long releasedNs();

        final void send(LL_Result r) {
            try {
                pass();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
            r.r1 = opened ? "passed after the opening" : "passed before the opening";
            passedNs = System.nanoTime();
        }

        final void release() {
            openedNs = System.nanoTime();
            opened = true;
            open();
        }

        final void tell(LL_Result r) {
            long toldNs = releasedNs();
            r.r2 = openedNs <= toldNs && toldNs <= passedNs ? "released in between" : "released at another time";
        }
    }

    /** The real one. */
    @JCStressTest
    @JCStressMeta(Promise.class)
    @State
    public static class Real extends Passage {
        private final Gate gate = Gate.lastByte();

        @Override
        void pass() throws IOException {
            gate.atTail();
        }

        @Override
        void open() {
            gate.open();
        }

        @Override
        long releasedNs() {
            return gate.releasedNs();
        }

        @Actor
        public void sender(LL_Result r) {
            send(r);
        }

        @Actor
        public void opener() {
            release();
        }

        @Arbiter
        public void afterwards(LL_Result r) {
            tell(r);
        }
    }

    /** One that does not look why its wait ended. */
    @Broken("takes the end of its patience for the opening")
    @JCStressTest
    @JCStressMeta(Promise.class)
    @State
    public static class LosesPatience extends Passage {
        private static final long PATIENCE_NS = 1_000;

        private final CountDownLatch open = new CountDownLatch(1);
        private volatile long releasedNs;

        @Override
        @SuppressWarnings("ResultOfMethodCallIgnored") // the very defect
        void pass() throws IOException {
            try {
                open.await(PATIENCE_NS, TimeUnit.NANOSECONDS);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            releasedNs = System.nanoTime();
        }

        @Override
        void open() {
            open.countDown();
        }

        @Override
        long releasedNs() {
            return releasedNs;
        }

        @Actor
        public void sender(LL_Result r) {
            send(r);
        }

        @Actor
        public void opener() {
            release();
        }

        @Arbiter
        public void afterwards(LL_Result r) {
            tell(r);
        }
    }
}
