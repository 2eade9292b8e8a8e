package dev.etalon.core.store;

import dev.etalon.core.model.Completion;
import dev.etalon.core.model.EntityTag;
import dev.etalon.core.model.History;
import dev.etalon.core.model.Invocation;
import dev.etalon.core.model.Method;
import dev.etalon.core.model.Observation;
import dev.etalon.core.model.Operation;
import dev.etalon.core.model.Outcome;
import dev.etalon.core.model.Precondition;
import dev.etalon.core.model.Version;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads a history file up to its last whole event, whatever became of the process or the machine that wrote it. */
public final class HistoryReader {
    private final Path file;
    private final ByteBuffer bytes;
    private final List<Invocation> invocations = new ArrayList<>();
    private final Map<Long, Completion> completions = new HashMap<>();
    private final List<String> damage = new ArrayList<>();

    private HistoryReader(Path file, ByteBuffer bytes) {
        this.file = file;
        this.bytes = bytes;
    }

    /**
     * Reads a file.
     *
     * @throws IOException when it cannot be read, is no history, or is of a format this version does not know
     */
    public static History read(Path file) throws IOException {
        HistoryReader reader = new HistoryReader(
                file, ByteBuffer.wrap(Files.readAllBytes(file)).order(ByteOrder.LITTLE_ENDIAN));
        History.Origin origin = reader.preamble();
        for (int at = HistoryFormat.PREAMBLE_BYTES; at < reader.bytes.limit(); at += HistoryFormat.CHUNK_BYTES) {
            reader.chunk(at);
        }
        return new History(origin, reader.operations(), reader.damage);
    }

    private History.Origin preamble() throws IOException {
        byte[] magic = new byte[HistoryFormat.MAGIC.length];
        if (bytes.limit() < HistoryFormat.PREAMBLE_BYTES) {
            throw new IOException("not a whole history: file=" + file + " bytes=" + bytes.limit()
                    + "; the preamble alone " + "has " + HistoryFormat.PREAMBLE_BYTES);
        }
        bytes.get(0, magic);
        if (!Arrays.equals(magic, HistoryFormat.MAGIC)) {
            throw new IOException("not a history of Etalon: file=" + file + "; it does not begin with ETALONH");
        }
        int format = bytes.getInt(magic.length);
        if (format != HistoryFormat.FORMAT) {
            throw new IOException("a history of a format this version does not know: file=" + file + " format=" + format
                    + " known=" + HistoryFormat.FORMAT);
        }
        int length = bytes.getInt(magic.length + Integer.BYTES);
        int at = magic.length + 2 * Integer.BYTES;
        if (length < 0 || at + length > HistoryFormat.PREAMBLE_BYTES) {
            throw new IOException("a history with a corrupt preamble: file=" + file + " position=" + magic.length);
        }
        return Json.MAPPER.readValue(bytes.array(), at, length, History.Origin.class);
    }

    private void chunk(int at) {
        int end = Math.min(bytes.limit(), at + HistoryFormat.CHUNK_BYTES);
        if (end - at < HistoryFormat.CHUNK_HEADER_BYTES || bytes.getInt(at) != HistoryFormat.CHUNK_MAGIC) {
            damage.add("no chunk where one should begin: position=" + at);
            return;
        }
        if (end - at < HistoryFormat.CHUNK_BYTES) {
            damage.add("the file ends inside a chunk, whose last records may be missing: position=" + end);
        }
        int position = at + HistoryFormat.CHUNK_HEADER_BYTES;
        while (position + HistoryFormat.RECORD_FIXED_BYTES <= end) {
            int word = bytes.getInt(position);
            if (word == 0) {
                return;
            }
            int length = word & 0xFF_FFFF;
            if (length < HistoryFormat.RECORD_FIXED_BYTES
                    || length % 8 != 0
                    || position + length > end
                    || bytes.getInt(position + 4) != HistoryFormat.checksum(bytes, position, word)) {
                damage.add("a record whose checksum does not hold; the rest of its chunk is left out: position="
                        + position);
                return;
            }
            record(word >>> 24, position);
            position += length;
        }
    }

    private void record(int kind, int at) {
        int tagLength = bytes.getInt(at + 56);
        EntityTag tag = tagLength == 0
                ? null
                : new EntityTag(new String(
                        bytes.array(), at + HistoryFormat.RECORD_FIXED_BYTES, tagLength, StandardCharsets.ISO_8859_1));
        if (kind == HistoryFormat.KIND_INVOCATION) {
            invocations.add(invocation(at, tag));
        } else if (kind == HistoryFormat.KIND_COMPLETION) {
            Completion completion = completion(at, tag);
            completions.put(completion.id(), completion);
        } else {
            damage.add("a record of an unknown kind: position=" + at + " kind=" + kind);
        }
    }

    private Invocation invocation(int at, @Nullable EntityTag tag) {
        long writes = bytes.getLong(at + 48);
        return new Invocation(
                bytes.getLong(at + 8),
                (int) (bytes.getLong(at + 8) >> 32),
                bytes.getInt(at + 24),
                bytes.getInt(at + 28),
                bytes.getShort(at + 34),
                Method.values()[bytes.get(at + 32)],
                new Precondition(
                        Precondition.Kind.values()[bytes.get(at + 33)], tag, Version.unpacked(bytes.getLong(at + 40))),
                writes == 0 ? null : Version.unpacked(writes),
                bytes.getInt(at + 36),
                bytes.getLong(at + 16));
    }

    private Completion completion(int at, @Nullable EntityTag tag) {
        byte outcome = bytes.get(at + 34);
        return new Completion(
                bytes.getLong(at + 8),
                bytes.getShort(at + 32),
                switch (outcome) {
                    case 0 -> Outcome.APPLIED;
                    case 1 -> Outcome.REFUSED;
                    default -> Outcome.unknown(Outcome.Cause.values()[outcome - 2]);
                },
                tag,
                switch (bytes.get(at + 35)) {
                    case 1 -> Observation.ABSENT;
                    case 2 ->
                        new Observation.Seen(
                                Version.unpacked(bytes.getLong(at + 40)),
                                Version.unpacked(bytes.getLong(at + 48)),
                                bytes.getInt(at + 36));
                    case 3 -> new Observation.Torn(Observation.Flaw.values()[bytes.getInt(at + 36)]);
                    default -> Observation.NOTHING;
                },
                bytes.getLong(at + 24),
                bytes.getLong(at + 16));
    }

    private List<Operation> operations() {
        List<Operation> operations = new ArrayList<>(invocations.size());
        for (Invocation invocation : invocations) {
            operations.add(new Operation(invocation, completions.remove(invocation.id())));
        }
        if (!completions.isEmpty()) {
            damage.add(completions.size() + " answers whose requests are not in the file");
        }
        operations.sort(Comparator.comparingLong(Operation::startNs));
        return operations;
    }
}
