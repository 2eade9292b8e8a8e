package dev.etalon.targets.client;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;
import static org.openjdk.jcstress.annotations.Expect.FORBIDDEN;

import dev.etalon.core.run.SocketGate;
import dev.etalon.core.target.Hold;
import dev.etalon.stress.Broken;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.JCStressMeta;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.LL_Result;

/** The end of a request is kept from the server until the gate is opened; then the server gets all of it, in order. */
public final class HeldTail {
    private HeldTail() {}

    /** What a server may get of a request of four bytes, of which two are held. */
    @Outcome(id = "[0-2] before, ABCD in the end", expect = ACCEPTABLE, desc = "The tail left when it was let go.")
    @Outcome(id = "[34] before, .*", expect = FORBIDDEN, desc = "The tail left before the gate was opened.")
    @Outcome(expect = FORBIDDEN, desc = "The server got another request than the one that was written.")
    public static final class Promise {
        private Promise() {}
    }

    /** The real socket and the real gate. */
    @JCStressTest
    @JCStressMeta(Promise.class)
    @State
    public static class Real {
        private final SocketGate gate = new SocketGate();
        private final Wire wire = Wire.ready();

        @Actor
        public void sender() {
            wire.request(gate.hold());
        }

        @Actor
        public void opener(LL_Result r) {
            r.r1 = wire.arrived() + " before";
            gate.open();
        }

        @Arbiter
        public void server(LL_Result r) {
            r.r2 = wire.received() + " in the end";
            wire.close();
        }
    }

    /** The real socket under a hold that holds nothing. */
    @Broken("lets the tail go as soon as it is there")
    @JCStressTest
    @JCStressMeta(Promise.class)
    @State
    public static class LetsGoAtOnce {
        private final Wire wire = Wire.ready();
        private final Hold hold = new Hold() {
            @Override
            public Place place() {
                return Place.SOCKET;
            }

            @Override
            public int tailBytes(int bodyBytes) {
                return 0;
            }

            @Override
            public void atTail() {}
        };

        @Actor
        public void sender() {
            wire.request(hold);
        }

        @Actor
        public void opener(LL_Result r) {
            r.r1 = wire.arrived() + " before";
        }

        @Arbiter
        public void server(LL_Result r) {
            r.r2 = wire.received() + " in the end";
            wire.close();
        }
    }
}
