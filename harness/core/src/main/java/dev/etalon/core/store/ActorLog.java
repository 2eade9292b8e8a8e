package dev.etalon.core.store;

import dev.etalon.core.model.Completion;
import dev.etalon.core.model.EntityTag;
import dev.etalon.core.model.Invocation;
import dev.etalon.core.model.Observation;
import dev.etalon.core.model.Outcome;
import dev.etalon.core.model.Version;
import java.io.IOException;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.nio.MappedByteBuffer;
import org.jspecify.annotations.Nullable;

/** The events of one actor, in their order. Not thread-safe: one thread at a time, handed over with a happens-before. */
public final class ActorLog {
    private static final VarHandle INT = MethodHandles.byteBufferViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);

    private final Recorder recorder;
    private final int actor;
    private MappedByteBuffer chunk;
    private int position;
    private int operations;
    private int records;

    ActorLog(Recorder recorder, int actor) throws IOException {
        this.recorder = recorder;
        this.actor = actor;
        this.chunk = recorder.grow(actor);
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
        EntityTag tag = invocation.precondition().tag();
        int at = room(tag);
        Version writes = invocation.writes();
        chunk.putLong(at + 8, invocation.id());
        chunk.putLong(at + 16, invocation.atNs());
        chunk.putInt(at + 24, invocation.round());
        chunk.putInt(at + 28, invocation.key());
        chunk.put(at + 32, (byte) invocation.method().ordinal());
        chunk.put(at + 33, (byte) invocation.precondition().kind().ordinal());
        chunk.putShort(at + 34, (short) invocation.endpoint());
        chunk.putInt(at + 36, invocation.depth());
        chunk.putLong(at + 40, invocation.precondition().version().packed());
        chunk.putLong(at + 48, writes == null ? 0 : writes.packed());
        commit(HistoryFormat.KIND_INVOCATION, at, tag);
    }

    /**
     * Writes down that an operation ended.
     *
     * @throws IOException when the disk is full; the operation then stays without completion, which is an unknown outcome
     */
    public void end(Completion completion) throws IOException {
        EntityTag tag = completion.tag();
        int at = room(tag);
        chunk.putLong(at + 8, completion.id());
        chunk.putLong(at + 16, completion.atNs());
        chunk.putLong(at + 24, completion.releasedNs());
        chunk.putShort(at + 32, (short) completion.status());
        chunk.put(at + 34, outcome(completion.outcome()));
        observation(at, completion.observation());
        commit(HistoryFormat.KIND_COMPLETION, at, tag);
    }

    private static byte outcome(Outcome outcome) {
        if (outcome instanceof Outcome.Unknown unknown) {
            return (byte) (2 + unknown.cause().ordinal());
        }
        return (byte) (outcome instanceof Outcome.Applied ? 0 : 1);
    }

    private void observation(int at, Observation observation) {
        if (observation instanceof Observation.Seen seen) {
            chunk.put(at + 35, (byte) 2);
            chunk.putInt(at + 36, seen.depth());
            chunk.putLong(at + 40, seen.version().packed());
            chunk.putLong(at + 48, seen.parent().packed());
        } else if (observation instanceof Observation.Torn torn) {
            chunk.put(at + 35, (byte) 3);
            chunk.putInt(at + 36, torn.flaw().ordinal());
        } else {
            chunk.put(at + 35, (byte) (observation instanceof Observation.Absent ? 1 : 0));
        }
    }

    /** Where the next record begins, in a chunk that has room for it. */
    private int room(@Nullable EntityTag tag) throws IOException {
        int bytes = HistoryFormat.recordBytes(tag == null ? 0 : tag.value().length());
        if (position + bytes > HistoryFormat.CHUNK_BYTES) {
            chunk = recorder.grow(actor);
            position = HistoryFormat.CHUNK_HEADER_BYTES;
        }
        return position;
    }

    private void commit(int kind, int at, @Nullable EntityTag tag) {
        int length = 0;
        if (tag != null) {
            length = tag.value().length();
            for (int i = 0; i < length; i++) {
                // Header fields arrive as ISO-8859-1 (RFC 9110 §5.5), so a character is a byte.
                chunk.put(at + HistoryFormat.RECORD_FIXED_BYTES + i, (byte)
                        tag.value().charAt(i));
            }
        }
        chunk.putInt(at + HistoryFormat.TAG_LENGTH_AT, length);
        chunk.putInt(at + HistoryFormat.SEQUENCE_AT, ++records);
        int bytes = HistoryFormat.recordBytes(length);
        int word = kind << 24 | bytes;
        chunk.putInt(at + 4, HistoryFormat.checksum(chunk, at, word));
        INT.setRelease(chunk, at, word);
        position = at + bytes;
    }
}
