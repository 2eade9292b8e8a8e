package dev.etalon.targets.client;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;
import static org.openjdk.jcstress.annotations.Expect.FORBIDDEN;

import dev.etalon.stress.Broken;
import dev.etalon.stress.Turn;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.concurrent.atomic.AtomicInteger;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.JCStressMeta;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.I_Result;

/** A held tail that two threads let go at once leaves once, and then its sender may go on. */
public final class TailOnce {
    private TailOnce() {}

    /** How often it may leave. */
    @Outcome(id = "1", expect = ACCEPTABLE, desc = "Once.")
    @Outcome(expect = FORBIDDEN, desc = "The server would be sent a request with bytes missing, or with bytes twice.")
    public static final class Promise {
        private Promise() {}
    }

    /** The real one. */
    @JCStressTest
    @JCStressMeta(Promise.class)
    @State
    public static class Real {
        private final AtomicInteger times = new AtomicInteger();
        private final Release tail = new Release() {
            @Override
            void leave() {
                times.incrementAndGet();
            }
        };

        @Actor
        public void writer() {
            tail.write();
        }

        @Actor
        public void sender() {
            tail.send();
        }

        @Arbiter
        public void waiter(I_Result r) {
            try {
                tail.await();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
            r.r1 = times.get();
        }
    }

    /** One that looks before it writes. */
    @Broken("looks whether the tail has been sent, and then sends it")
    @JCStressTest
    @JCStressMeta(Promise.class)
    @State
    public static class LooksFirst {
        private final AtomicInteger times = new AtomicInteger();
        private volatile boolean sent;

        private void write() {
            if (!sent) {
                Turn.over();
                sent = true;
                times.incrementAndGet();
            }
        }

        @Actor
        public void writer() {
            write();
        }

        @Actor
        public void sender() {
            write();
        }

        @Arbiter
        public void waiter(I_Result r) {
            r.r1 = times.get();
        }
    }
}
