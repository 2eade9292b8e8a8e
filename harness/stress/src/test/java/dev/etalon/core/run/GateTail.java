package dev.etalon.core.run;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;
import static org.openjdk.jcstress.annotations.Expect.FORBIDDEN;

import dev.etalon.core.target.Hold;
import dev.etalon.stress.Broken;
import dev.etalon.stress.Turn;
import java.io.IOException;
import java.io.UncheckedIOException;
import org.jspecify.annotations.Nullable;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.JCStressMeta;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.L_Result;

/** A tail that is held on the socket leaves when its gate is opened, also where it gets there at that very moment. */
public final class GateTail {
    private GateTail() {}

    /** Who may let the tail go. */
    @Outcome(id = "the opener", expect = ACCEPTABLE, desc = "It was at the gate when that was opened.")
    @Outcome(id = "the sender", expect = ACCEPTABLE, desc = "It came to a gate that was open.")
    @Outcome(id = "both", expect = ACCEPTABLE, desc = "It came just then; to send a tail twice does nothing.")
    @Outcome(id = "nobody", expect = FORBIDDEN, desc = "Each left it to the other: the request never ends.")
    @Outcome(id = "too early", expect = FORBIDDEN, desc = "The request ended before the gate was opened.")
    public static final class Promise {
        private Promise() {}
    }

    /** A sender with a tail, and somebody who opens the gate. */
    abstract static class Passage {
        /** Not volatile: what the opener did before must be seen because of the gate. */
        private boolean opened;

        private @Nullable Thread sending;
        private boolean bySender;
        private boolean byOpener;
        private boolean early;

        private final Hold.Tail tail = () -> {
            if (Thread.currentThread() == sending) {
                bySender = true;
            } else {
                byOpener = true;
            }
            if (!opened) {
                early = true;
            }
        };

        abstract void arrive(Hold.Tail held) throws IOException;

        abstract void open();

        final void send() {
            sending = Thread.currentThread();
            try {
                arrive(tail);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        final void release() {
            opened = true;
            open();
        }

        final void tell(L_Result r) {
            if (early) {
                r.r1 = "too early";
            } else if (bySender) {
                r.r1 = byOpener ? "both" : "the sender";
            } else {
                r.r1 = byOpener ? "the opener" : "nobody";
            }
        }
    }

    /** The real one. */
    @JCStressTest
    @JCStressMeta(Promise.class)
    @State
    public static class Real extends Passage {
        private final Gate gate = Gate.socket();

        @Override
        void arrive(Hold.Tail held) throws IOException {
            gate.atTail(held);
        }

        @Override
        void open() {
            gate.stage();
            gate.open();
        }

        @Actor
        public void sender() {
            send();
        }

        @Actor
        public void opener() {
            release();
        }

        @Arbiter
        public void afterwards(L_Result r) {
            tell(r);
        }
    }

    /** One that looks and leaves its tail in two steps. */
    @Broken("looks whether it is open before it leaves its tail, and not in one step with it")
    @JCStressTest
    @JCStressMeta(Promise.class)
    @State
    public static class LooksFirst extends Passage {
        private volatile boolean released;
        private volatile Hold.@Nullable Tail left;

        @Override
        void arrive(Hold.Tail held) {
            boolean late = released;
            Turn.over();
            left = held;
            if (late) {
                held.send();
            }
        }

        @Override
        void open() {
            released = true;
            Hold.Tail held = left;
            if (held != null) {
                held.send();
            }
        }

        @Actor
        public void sender() {
            send();
        }

        @Actor
        public void opener() {
            release();
        }

        @Arbiter
        public void afterwards(L_Result r) {
            tell(r);
        }
    }
}
