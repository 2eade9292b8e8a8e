package dev.etalon.core.store;

import dev.etalon.core.model.Completion;
import dev.etalon.core.model.EntityTag;
import dev.etalon.core.model.Invocation;
import dev.etalon.core.model.Observation;
import dev.etalon.core.model.Outcome;
import dev.etalon.core.model.Precondition;
import dev.etalon.core.model.Version;
import java.io.IOException;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.nio.LongBuffer;
import java.nio.MappedByteBuffer;
import org.jspecify.annotations.Nullable;

/**
 * The events of one actor, in their order. Allocates nothing per event. Not thread-safe: one thread at a time, handed over
 * with a happens-before.
 */
public final class ActorLog {
    private static final VarHandle IN_CHUNK =
            MethodHandles.byteBufferViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
    private static final VarHandle IN_TEXT =
            MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

    private final Recorder recorder;
    private final int actor;
    private MappedByteBuffer chunk;
    private LongBuffer words;

    private int position;
    private int operations;
    private int records;

    /** The bytes of {@link #loaded}, followed by at least eight zeros. */
    private final byte[] text = new byte[EntityTag.LENGTH_MAX + Long.BYTES];

    /** The tag that is in {@link #text}: a write most often sends the very tag that the read before it was given. */
    private @Nullable EntityTag loaded;

    private long loadedSum;

    ActorLog(Recorder recorder, int actor) throws IOException {
        this.recorder = recorder;
        this.actor = actor;
        Recorder.Chunk first = recorder.first(actor);
        this.chunk = first.bytes();
        this.words = first.words();
        this.position = HistoryFormat.CHUNK_HEADER_BYTES;
    }

    /** The next operation id of this actor: unique in the history without asking anybody. */
    public long nextId() {
        return ((long) actor << 32) | ++operations;
    }

    /**
     * Writes down that an operation begins. Call before the first byte can leave.
     *
     * @throws IOException when the disk is full; then the request must not be sent
     */
    public void begin(Invocation invocation) throws IOException {
        Precondition precondition = invocation.precondition();
        Version writes = invocation.writes();
        write(
                HistoryFormat.KIND_INVOCATION,
                invocation.id(),
                invocation.atNs(),
                pair(invocation.round(), invocation.key()),
                pair(
                        invocation.method().ordinal() & 0xFF
                                | (precondition.kind().ordinal() & 0xFF) << 8
                                | invocation.endpoint() << 16,
                        invocation.depth()),
                precondition.version().packed(),
                writes == null ? 0 : writes.packed(),
                precondition.tag());
    }

    /**
     * Writes down that an operation ended.
     *
     * @throws IOException when the disk is full; the operation then stays without completion, which is an unknown outcome
     */
    public void end(Completion completion) throws IOException {
        Observation observation = completion.observation();
        int shown = 0;
        int detail = 0;
        long version = 0;
        long parent = 0;
        if (observation instanceof Observation.Seen seen) {
            shown = 2;
            detail = seen.depth();
            version = seen.version().packed();
            parent = seen.parent().packed();
        } else if (observation instanceof Observation.Torn torn) {
            shown = 3;
            detail = torn.flaw().ordinal();
            // Recordings from before this was told have 0 here.
            version = torn.bytes() + 1;
            parent = torn.hash();
        } else if (observation instanceof Observation.Absent) {
            shown = 1;
        }
        write(
                HistoryFormat.KIND_COMPLETION,
                completion.id(),
                completion.atNs(),
                completion.releasedNs(),
                pair(completion.status() & 0xFFFF | outcome(completion.outcome()) << 16 | shown << 24, detail),
                version,
                parent,
                completion.tag());
    }

    private static int outcome(Outcome outcome) {
        if (outcome instanceof Outcome.Unknown unknown) {
            return 2 + unknown.cause().ordinal();
        }
        return outcome instanceof Outcome.Applied ? 0 : 1;
    }

    private static long pair(int low, int high) {
        return (long) high << 32 | low & 0xFFFF_FFFFL;
    }

    /** Writes a record whose words 1 to 6 are {@code a} to {@code f}; its first word is written last. */
    private void write(int kind, long a, long b, long c, long d, long e, long f, @Nullable EntityTag tag)
            throws IOException {
        int tagLength = tag == null ? 0 : tag.value().length();
        int bytes = HistoryFormat.recordBytes(tagLength);
        if (position + bytes > HistoryFormat.CHUNK_BYTES) {
            grow();
        }
        long g = pair(tagLength, ++records);
        long word = kind << 24 | bytes;
        long sum = HistoryFormat.fieldSum(word, a, b, c, d, e, f, g);
        int at = position;
        LongBuffer record = words;
        int first = at >>> 3;
        if (tag != null) {
            sum ^= load(tag);
            for (int i = 0; i < tagLength; i += Long.BYTES) {
                record.put(first + 8 + (i >>> 3), (long) IN_TEXT.get(text, i));
            }
        }
        record.put(first + 1, a);
        record.put(first + 2, b);
        record.put(first + 3, c);
        record.put(first + 4, d);
        record.put(first + 5, e);
        record.put(first + 6, f);
        record.put(first + 7, g);
        IN_CHUNK.setRelease(chunk, at, (long) HistoryFormat.fold(sum) << 32 | word);
        position = at + bytes;
    }

    private void grow() throws IOException {
        Recorder.Chunk next = recorder.next(actor);
        chunk = next.bytes();
        words = next.words();
        position = HistoryFormat.CHUNK_HEADER_BYTES;
    }

    /** Brings a tag's bytes into {@link #text} and returns what they add to the checksum. */
    @SuppressWarnings({
        "ReferenceEquality", // only the very same object is known to have the same text without looking at it
        "deprecation" // header fields arrive as ISO-8859-1 (RFC 9110 §5.5), so a character is a byte
    })
    private long load(EntityTag tag) {
        if (tag != loaded) {
            String value = tag.value();
            int length = value.length();
            value.getBytes(0, length, text, 0);
            IN_TEXT.set(text, length, 0L);
            long sum = 0;
            for (int i = 0; i < length; i += Long.BYTES) {
                sum ^= HistoryFormat.tagSum(i, (long) IN_TEXT.get(text, i));
            }
            loaded = tag;
            loadedSum = sum;
        }
        return loadedSum;
    }
}
