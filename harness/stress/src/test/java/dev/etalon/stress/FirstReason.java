package dev.etalon.stress;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;
import static org.openjdk.jcstress.annotations.Expect.FORBIDDEN;

import dev.etalon.core.run.Stop;
import org.jspecify.annotations.Nullable;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.JCStressMeta;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.LL_Result;

/** A run that two threads stop at once ends for one reason, which both of them read. */
public final class FirstReason {
    private FirstReason() {}

    /** What the two may read. */
    @Outcome(
            id = {"disk full, disk full", "interrupted, interrupted"},
            expect = ACCEPTABLE,
            desc = "One of them was first, and both know it.")
    @Outcome(expect = FORBIDDEN, desc = "The reason changed after somebody had read it.")
    public static final class Promise {
        private Promise() {}
    }

    /** The real one. */
    @JCStressTest
    @JCStressMeta(Promise.class)
    @State
    public static class Real {
        private final Stop stop = new Stop();

        @Actor
        public void disk(LL_Result r) {
            stop.request("disk full");
            r.r1 = stop.reason().orElse("none");
        }

        @Actor
        public void user(LL_Result r) {
            stop.request("interrupted");
            r.r2 = stop.reason().orElse("none");
        }
    }

    /** One that looks before it writes. */
    @Broken("looks whether there is a reason, and then writes its own")
    @JCStressTest
    @JCStressMeta(Promise.class)
    @State
    public static class LooksFirst {
        private volatile @Nullable String reason;

        private String request(String because) {
            if (reason == null) {
                Turn.over();
                reason = because;
            }
            return String.valueOf(reason);
        }

        @Actor
        public void disk(LL_Result r) {
            r.r1 = request("disk full");
        }

        @Actor
        public void user(LL_Result r) {
            r.r2 = request("interrupted");
        }
    }
}
