package dev.etalon.core.store;

import com.fasterxml.jackson.core.JsonProcessingException;
import dev.etalon.core.model.Completion;
import dev.etalon.core.model.EntityTag;
import dev.etalon.core.model.History;
import dev.etalon.core.model.Invocation;
import dev.etalon.core.model.Method;
import dev.etalon.core.model.Observation;
import dev.etalon.core.model.Operation;
import dev.etalon.core.model.Operation.Answer;
import dev.etalon.core.model.Operation.Request;
import dev.etalon.core.model.Outcome;
import dev.etalon.core.model.Precondition;
import dev.etalon.core.model.Version;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Reads a binary history up to its last whole event, whatever became of the process or the machine that wrote it. One
 * chunk is in memory at a time, so that a file may be larger than an array; its operations have to fit the heap.
 */
public final class HistoryReader {
    private final Path file;
    private final ByteBuffer buffer =
            ByteBuffer.wrap(new byte[HistoryFormat.CHUNK_BYTES]).order(ByteOrder.LITTLE_ENDIAN);
    private final List<Operation> operations = new ArrayList<>();

    /** Operations that are still without an answer, by id: few, since an actor waits for its answers. */
    private final Map<Long, Integer> open = new HashMap<>();

    /** The id of each actor's last request. */
    private final Map<Integer, Long> lastIds = new HashMap<>();

    /** The sequence number that the next record of each actor must have. */
    private final Map<Integer, Integer> expected = new HashMap<>();

    private final List<String> damage = new ArrayList<>();
    private final Shared shared = new Shared();
    private int answersWithoutRequest;

    private int format;

    /** Where in the file the buffer begins. */
    private long base;

    private HistoryReader(Path file) {
        this.file = file;
    }

    /**
     * Reads a file.
     *
     * @throws HistoryFormatException when it is no history, or of a format this version does not know
     * @throws IOException when it cannot be read
     */
    public static History read(Path file) throws IOException {
        HistoryReader reader = new HistoryReader(file);
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
            History.Origin origin = reader.preamble(channel);
            reader.base = HistoryFormat.PREAMBLE_BYTES;
            for (int bytes = fill(channel, reader.buffer); bytes > 0; bytes = fill(channel, reader.buffer)) {
                reader.chunk(bytes);
                reader.base += bytes;
            }
            return reader.history(origin);
        }
    }

    /** Reads until the buffer is full or the file ends; returns how many bytes. */
    private static int fill(FileChannel channel, ByteBuffer buffer) throws IOException {
        buffer.clear();
        while (buffer.hasRemaining() && channel.read(buffer) >= 0) {
            // A channel may give less than asked for.
        }
        return buffer.position();
    }

    private History.Origin preamble(FileChannel channel) throws IOException {
        buffer.limit(HistoryFormat.PREAMBLE_BYTES);
        while (buffer.hasRemaining() && channel.read(buffer) >= 0) {
            // As above.
        }
        byte[] magic = HistoryFormat.MAGIC;
        int bytes = buffer.position();
        if (bytes >= magic.length && !Arrays.equals(buffer.array(), 0, magic.length, magic, 0, magic.length)) {
            throw new HistoryFormatException(
                    "not a history of Etalon: file=" + file + "; it does not begin with ETALONH");
        }
        if (bytes < HistoryFormat.PREAMBLE_BYTES) {
            throw new HistoryFormatException("not a whole history: file=" + file + " bytes=" + bytes
                    + "; the preamble alone has " + HistoryFormat.PREAMBLE_BYTES);
        }
        format = buffer.getInt(magic.length);
        if (format < HistoryFormat.FORMAT_OLDEST || format > HistoryFormat.FORMAT) {
            throw new HistoryFormatException("a history of a format this version does not know: file=" + file
                    + " format=" + format + " known=" + HistoryFormat.FORMAT_OLDEST + ".." + HistoryFormat.FORMAT
                    + "; read it with the version that wrote it");
        }
        int length = buffer.getInt(magic.length + Integer.BYTES);
        int at = magic.length + 2 * Integer.BYTES;
        if (length < 0 || length > HistoryFormat.PREAMBLE_BYTES - at) {
            throw corruptPreamble(magic.length + Integer.BYTES, null);
        }
        try {
            return Json.MAPPER.readValue(buffer.array(), at, length, History.Origin.class);
        } catch (JsonProcessingException e) {
            throw corruptPreamble(at, e);
        }
    }

    private HistoryFormatException corruptPreamble(int position, @Nullable Exception cause) {
        HistoryFormatException e = new HistoryFormatException(
                "a history with a corrupt preamble: file=" + file + " position=" + position + "; it cannot be judged");
        if (cause != null) {
            e.initCause(cause);
        }
        return e;
    }

    private void chunk(int bytes) throws IOException {
        if (bytes < HistoryFormat.CHUNK_HEADER_BYTES || buffer.getInt(0) != HistoryFormat.CHUNK_MAGIC) {
            damage.add("no chunk where one should begin: position=" + base);
            return;
        }
        int actor = buffer.getInt(4);
        boolean begun = bytes < HistoryFormat.CHUNK_HEADER_BYTES + HistoryFormat.RECORD_FIXED_BYTES
                || buffer.getInt(HistoryFormat.CHUNK_HEADER_BYTES) != 0;
        // A chunk that was being made when the process was killed has nobody's records yet.
        if (bytes < HistoryFormat.CHUNK_BYTES && begun) {
            damage.add("the file ends inside a chunk, whose last records may be missing: position=" + (base + bytes));
        }
        int at = HistoryFormat.CHUNK_HEADER_BYTES;
        while (at + HistoryFormat.RECORD_FIXED_BYTES <= bytes) {
            if (buffer.getInt(at) == 0) {
                end(at, bytes, actor);
                return;
            }
            int length = HistoryFormat.wholeRecordBytes(format, buffer, at, bytes);
            if (length == 0) {
                damage.add("a record whose checksum does not hold; the rest of its chunk is left out: position="
                        + (base + at));
                expected.remove(actor);
                return;
            }
            count(actor, at);
            record(buffer.getInt(at) >>> 24, at, length);
            at += length;
        }
    }

    /** Notices records of an actor that are missing before this one. */
    private void count(int actor, int at) {
        int sequence = buffer.getInt(at + HistoryFormat.SEQUENCE_AT);
        Integer due = expected.put(actor, sequence + 1);
        // Where damage has been said already, nothing is due.
        boolean first = due == null && damage.isEmpty() && sequence != 1;
        if (first || (due != null && due != sequence)) {
            damage.add("records are missing before this one: position=" + (base + at) + " actor=" + actor + " missing="
                    + (sequence - (due == null ? 1 : due)));
        }
    }

    /**
     * Behind the last record of a chunk there are zeros, and at most one that was being written. A whole record further on
     * means that the zeros before it are a page that was lost.
     */
    private void end(int end, int bytes, int actor) {
        for (int at = end + 8; at + HistoryFormat.RECORD_FIXED_BYTES <= bytes; at += 8) {
            if (buffer.getInt(at) != 0 && HistoryFormat.wholeRecordBytes(format, buffer, at, bytes) > 0) {
                damage.add(
                        "zeros where records should be; the rest of their chunk is left out: position=" + (base + end));
                expected.remove(actor);
                return;
            }
        }
    }

    private void record(int kind, int at, int length) throws IOException {
        int tagLength = buffer.getInt(at + HistoryFormat.TAG_LENGTH_AT);
        if (tagLength < 0 || tagLength > Math.min(EntityTag.LENGTH_MAX, length - HistoryFormat.RECORD_FIXED_BYTES)) {
            throw unknown("tag length", tagLength, at);
        }
        EntityTag tag = tagLength == 0
                ? null
                : new EntityTag(new String(
                        buffer.array(), at + HistoryFormat.RECORD_FIXED_BYTES, tagLength, StandardCharsets.ISO_8859_1));
        if (kind == HistoryFormat.KIND_INVOCATION) {
            Invocation invocation = invocation(at, tag);
            // An actor numbers its requests upwards.
            Long previous = lastIds.put(invocation.actor(), invocation.id());
            if (previous != null && previous >= invocation.id()) {
                throw new HistoryFormatException("two requests with one id: file=" + file + " position=" + (base + at)
                        + " id=" + invocation.id() + "; the history was not written by one recorder");
            }
            open.put(invocation.id(), operations.size());
            operations.add(begun(invocation));
        } else if (kind == HistoryFormat.KIND_COMPLETION) {
            Completion completion = completion(at, tag);
            Integer index = open.remove(completion.id());
            if (index == null) {
                answersWithoutRequest++;
            } else {
                operations.set(index, ended(operations.get(index), completion));
            }
        } else {
            throw unknown("kind of record", kind, at);
        }
    }

    private Operation begun(Invocation begin) {
        Request request = shared.of(Request.of(begin));
        return new Operation(begin.id(), begin.actor(), request, begin.writes(), begin.atNs(), null, Long.MAX_VALUE);
    }

    private Operation ended(Operation begun, Completion end) {
        Answer answer = shared.of(Answer.of(end));
        return new Operation(
                begun.id(), begun.actor(), begun.request(), begun.writes(), begun.startNs(), answer, end.atNs());
    }

    private Invocation invocation(int at, @Nullable EntityTag tag) throws IOException {
        long writes = buffer.getLong(at + 48);
        return new Invocation(
                buffer.getLong(at + 8),
                (int) (buffer.getLong(at + 8) >> 32),
                buffer.getInt(at + 24),
                buffer.getInt(at + 28),
                buffer.getShort(at + 34),
                constant(Method.values(), buffer.get(at + 32), "method", at),
                new Precondition(
                        constant(Precondition.Kind.values(), buffer.get(at + 33), "precondition", at),
                        tag,
                        Version.unpacked(buffer.getLong(at + 40))),
                writes == 0 ? null : Version.unpacked(writes),
                buffer.getInt(at + 36),
                buffer.getLong(at + 16));
    }

    private Completion completion(int at, @Nullable EntityTag tag) throws IOException {
        return new Completion(
                buffer.getLong(at + 8),
                buffer.getShort(at + 32),
                outcome(at),
                tag,
                observation(at),
                buffer.getLong(at + 24),
                buffer.getLong(at + 16));
    }

    private Outcome outcome(int at) throws IOException {
        byte outcome = buffer.get(at + 34);
        return switch (outcome) {
            case 0 -> Outcome.APPLIED;
            case 1 -> Outcome.REFUSED;
            default -> Outcome.unknown(constant(Outcome.Cause.values(), outcome - 2, "cause", at));
        };
    }

    private Observation observation(int at) throws IOException {
        byte observation = buffer.get(at + 35);
        return switch (observation) {
            case 0 -> Observation.NOTHING;
            case 1 -> Observation.ABSENT;
            case 2 ->
                new Observation.Seen(
                        Version.unpacked(buffer.getLong(at + 40)),
                        Version.unpacked(buffer.getLong(at + 48)),
                        buffer.getInt(at + 36));
            case 3 ->
                new Observation.Torn(
                        constant(Observation.Flaw.values(), buffer.getInt(at + 36), "flaw", at),
                        buffer.getLong(at + 40) - 1,
                        buffer.getLong(at + 48));
            default -> throw unknown("observation", observation, at);
        };
    }

    private <T> T constant(T[] constants, int ordinal, String what, int at) throws IOException {
        if (ordinal < 0 || ordinal >= constants.length) {
            throw unknown(what, ordinal, at);
        }
        return constants[ordinal];
    }

    private HistoryFormatException unknown(String what, int number, int at) {
        return new HistoryFormatException("a record with a " + what + " this version does not know: file=" + file
                + " position=" + (base + at) + " value=" + number + "; read it with the version that wrote it");
    }

    private History history(History.Origin origin) {
        if (answersWithoutRequest > 0) {
            damage.add(answersWithoutRequest + " answers whose requests are not in the file");
        }
        operations.sort(Comparator.comparingLong(Operation::startNs));
        return new History(origin, operations, damage);
    }
}
