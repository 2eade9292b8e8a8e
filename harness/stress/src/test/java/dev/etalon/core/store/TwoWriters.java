package dev.etalon.core.store;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;
import static org.openjdk.jcstress.annotations.Expect.FORBIDDEN;

import dev.etalon.core.model.EntityTag;
import dev.etalon.core.model.History;
import dev.etalon.stress.Broken;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.JCStressMeta;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.LL_Result;

/**
 * Of what two actors record at once nothing is lost, torn or reordered, though both outgrow their chunks, take new ones
 * while the recorder makes some in advance, and a third log is begun meanwhile.
 */
public final class TwoWriters {
    /** The longest there are: a chunk is full after fifteen events. */
    private static final int TAG_LENGTH = EntityTag.LENGTH_MAX;

    private static final int BEFORE = 7;
    private static final int RACED = 3;

    private TwoWriters() {}

    /** What may be in the file afterwards. */
    @Outcome(id = "every event, in its order and whole", expect = ACCEPTABLE, desc = "All that was recorded is there.")
    @Outcome(expect = FORBIDDEN, desc = "A verdict would rest on a history with holes.")
    public static final class Promise {
        private Promise() {}
    }

    /** Two who write into one file. */
    abstract static class Pair {
        final HistoryFile file = new HistoryFile();

        /** Fills a chunk but for its last event. */
        final ActorLog nearlyFull(int actor) {
            ActorLog log = file.actor(actor);
            for (int i = 0; i < BEFORE; i++) {
                write(log);
            }
            return log;
        }

        static void write(ActorLog log) {
            try {
                Script.record(log, TAG_LENGTH);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        static void race(ActorLog log) {
            for (int i = 0; i < RACED; i++) {
                write(log);
            }
        }

        final void read(LL_Result r, int operations) {
            file.end();
            History history;
            try {
                history = file.read();
            } catch (UncheckedIOException e) {
                // What follows the colon names places.
                r.r1 = "not every event";
                r.r2 = String.valueOf(e.getCause().getMessage()).split(":", 2)[0];
                file.close();
                return;
            }
            List<String> flaws = Script.flaws(history, TAG_LENGTH);
            r.r1 = flaws.isEmpty() && Script.events(history) == 2 * operations ? "every event" : "not every event";
            r.r2 = flaws.isEmpty() ? "in its order and whole" : flaws.get(0);
            file.close();
        }
    }

    /** A log for each actor. */
    @JCStressTest
    @JCStressMeta(Promise.class)
    @State
    public static class Real extends Pair {
        private final ActorLog first = nearlyFull(1);
        private final ActorLog second = nearlyFull(2);

        @Actor
        public void first() {
            race(first);
        }

        @Actor
        public void second() {
            write(file.actor(3));
            race(second);
        }

        @Arbiter
        public void afterwards(LL_Result r) {
            read(r, 2 * (BEFORE + RACED) + 1);
        }
    }

    /** One log for two. */
    @Broken("lets two threads write into one log")
    @JCStressTest
    @JCStressMeta(Promise.class)
    @State
    public static class OneLog extends Pair {
        private final ActorLog shared = nearlyFull(1);

        @Actor
        public void first() {
            clash();
        }

        @Actor
        public void second() {
            clash();
        }

        /** Whoever writes behind the end of a chunk has lost what he writes. */
        @SuppressWarnings("EmptyCatch")
        private void clash() {
            try {
                race(shared);
            } catch (IndexOutOfBoundsException e) {
                // Shows in the file.
            }
        }

        @Arbiter
        public void afterwards(LL_Result r) {
            read(r, BEFORE + 2 * RACED);
        }
    }
}
