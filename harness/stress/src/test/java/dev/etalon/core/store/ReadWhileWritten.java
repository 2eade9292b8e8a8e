package dev.etalon.core.store;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;
import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE_INTERESTING;
import static org.openjdk.jcstress.annotations.Expect.FORBIDDEN;

import dev.etalon.core.model.History;
import dev.etalon.stress.Broken;
import dev.etalon.stress.Turn;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.LongBuffer;
import java.util.List;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.JCStressMeta;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.LL_Result;

/**
 * Who reads a history while it is written reads whole events, from the first on and without a hole; at the end all of them
 * are there.
 */
public final class ReadWhileWritten {
    /** As long as some servers' tags are, so that a record takes long enough to be caught half-written. */
    private static final int TAG_LENGTH = 1000;

    /** Every how-manieth time the writer lets the reader go first. */
    private static final int PAUSE = 7;

    /** Nearly a chunk. */
    private static final int OPERATIONS = 30;

    private ReadWhileWritten() {}

    /** What a reader may see. */
    @Outcome(id = "nothing yet, all in the end", expect = ACCEPTABLE, desc = "The reader was first.")
    @Outcome(id = "a beginning, all in the end", expect = ACCEPTABLE, desc = "The reader saw the first events.")
    @Outcome(id = "everything, all in the end", expect = ACCEPTABLE, desc = "The writer was first.")
    @Outcome(
            id = "a beginning and then zeros where records should be, all in the end",
            expect = ACCEPTABLE_INTERESTING,
            desc = "The writer overtook the reader inside a chunk: a beginning all the same, though called damaged.")
    @Outcome(expect = FORBIDDEN, desc = "The reader saw an event that was not whole, or not in its place.")
    public static final class Promise {
        private Promise() {}
    }

    /** A file, its writer and its reader. */
    abstract static class Pair {
        private static final String OVERTAKEN = "zeros where records should be";

        final HistoryFile file = new HistoryFile();

        final void look(LL_Result r) {
            r.r1 = saw(file.read());
        }

        final void end(LL_Result r) {
            file.end();
            String saw = saw(file.read());
            r.r2 = saw.equals("everything") ? "all in the end" : saw + " in the end";
            file.close();
        }

        private static String saw(History history) {
            List<String> flaws = Script.flaws(history, TAG_LENGTH);
            if (flaws.equals(List.of(OVERTAKEN))) {
                return "a beginning and then " + OVERTAKEN;
            }
            if (!flaws.isEmpty()) {
                return String.join(" and ", flaws);
            }
            int events = Script.events(history);
            return events == 0 ? "nothing yet" : events < 2 * OPERATIONS ? "a beginning" : "everything";
        }
    }

    /** The real log. */
    @JCStressTest
    @JCStressMeta(Promise.class)
    @State
    public static class Real extends Pair {
        private final ActorLog log = file.actor(1);

        @Actor
        public void writer() {
            try {
                for (int i = 0; i < OPERATIONS; i++) {
                    Script.record(log, TAG_LENGTH);
                    // A request takes its time.
                    if (i % PAUSE == 0) {
                        Turn.over();
                    }
                }
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        @Actor
        public void reader(LL_Result r) {
            look(r);
        }

        @Arbiter
        public void afterwards(LL_Result r) {
            end(r);
        }
    }

    /** A log that writes the very same words from the first on. */
    @Broken("writes the first word of a record first, which says that the record is whole")
    @JCStressTest
    @JCStressMeta(Promise.class)
    @State
    public static class FirstWordFirst extends Pair {
        private static final long[] WORDS = words();
        private static final int RECORD_WORDS = HistoryFormat.recordBytes(TAG_LENGTH) / Long.BYTES;

        private final LongBuffer chunk = chunk();

        /** A chunk's words as the real log leaves them. */
        private static long[] words() {
            try (HistoryFile whole = new HistoryFile()) {
                ActorLog log = whole.actor(1);
                for (int i = 0; i < OPERATIONS; i++) {
                    Script.record(log, TAG_LENGTH);
                }
                ByteBuffer bytes = ByteBuffer.wrap(whole.bytes())
                        .order(ByteOrder.LITTLE_ENDIAN)
                        .position(HistoryFormat.PREAMBLE_BYTES);
                long[] words = new long[HistoryFormat.CHUNK_BYTES / Long.BYTES];
                bytes.asLongBuffer().get(words);
                return words;
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        private LongBuffer chunk() {
            try {
                return file.recorder().first(1).words();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        @Actor
        public void writer() {
            for (int i = 1; i < WORDS.length; i++) {
                chunk.put(i, WORDS[i]);
                if ((i - 1) % (PAUSE * RECORD_WORDS) == 0) {
                    Turn.over();
                }
            }
        }

        @Actor
        public void reader(LL_Result r) {
            look(r);
        }

        @Arbiter
        public void afterwards(LL_Result r) {
            end(r);
        }
    }
}
