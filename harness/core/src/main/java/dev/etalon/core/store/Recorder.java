package dev.etalon.core.store;

import com.fasterxml.jackson.core.JsonProcessingException;
import dev.etalon.core.model.History;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.MappedByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * Writes a history while it happens.
 *
 * <p>Every actor has an {@link ActorLog} of its own, backed by memory-mapped chunks of one file: no lock and no
 * allocation per event, and everything recorded before a {@code kill -9} is there afterwards. Space is written before it
 * is mapped, so that a full disk is an {@link IOException} with a sentence, not a crash of the virtual machine.
 *
 * <p>Thread-safe; each actor's log belongs to one thread at a time.
 */
public final class Recorder implements AutoCloseable {
    private final Path file;
    private final FileChannel channel;
    private long end;

    private Recorder(Path file, FileChannel channel) {
        this.file = file;
        this.channel = channel;
        this.end = HistoryFormat.PREAMBLE_BYTES;
    }

    /**
     * Creates the file.
     *
     * @throws IOException when it exists already or there is no room for it
     */
    public static Recorder create(Path file, History.Origin origin) throws IOException {
        FileChannel channel = FileChannel.open(
                file, StandardOpenOption.CREATE_NEW, StandardOpenOption.READ, StandardOpenOption.WRITE);
        try {
            byte[] json = json(origin);
            ByteBuffer preamble =
                    ByteBuffer.allocate(HistoryFormat.PREAMBLE_BYTES).order(ByteOrder.LITTLE_ENDIAN);
            preamble.put(HistoryFormat.MAGIC)
                    .putInt(HistoryFormat.FORMAT)
                    .putInt(json.length)
                    .put(json);
            write(channel, preamble.position(0), 0);
            return new Recorder(file, channel);
        } catch (IOException | RuntimeException e) {
            channel.close();
            throw e;
        }
    }

    /**
     * The log of one actor.
     *
     * @throws IOException when there is no room for its first chunk
     */
    public ActorLog actor(int actor) throws IOException {
        return new ActorLog(this, actor);
    }

    /** Appends a chunk for an actor. Rare, hence under a lock. */
    synchronized MappedByteBuffer grow(int actor) throws IOException {
        ByteBuffer zeros = ByteBuffer.allocate(HistoryFormat.CHUNK_BYTES).order(ByteOrder.LITTLE_ENDIAN);
        zeros.putInt(0, HistoryFormat.CHUNK_MAGIC).putInt(4, actor);
        long at = end;
        try {
            write(channel, zeros, at);
        } catch (IOException e) {
            truncate(at, e);
            throw new IOException(
                    "the history could not grow: " + e.getMessage() + "; file=" + file + " bytes=" + at
                            + "; free space there, or name another folder with etalon.runs",
                    e);
        }
        end += HistoryFormat.CHUNK_BYTES;
        MappedByteBuffer chunk = channel.map(FileChannel.MapMode.READ_WRITE, at, HistoryFormat.CHUNK_BYTES);
        chunk.order(ByteOrder.LITTLE_ENDIAN);
        return chunk;
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }

    /** Takes back the half-written chunk; if even that fails, the first failure is the one to tell. */
    private void truncate(long at, IOException because) {
        try {
            channel.truncate(at);
        } catch (IOException e) {
            because.addSuppressed(e);
        }
    }

    private static void write(FileChannel channel, ByteBuffer bytes, long at) throws IOException {
        long position = at;
        while (bytes.hasRemaining()) {
            position += channel.write(bytes, position);
        }
    }

    private static byte[] json(History.Origin origin) throws IOException {
        try {
            byte[] json = Json.MAPPER.writeValueAsBytes(origin);
            int room = HistoryFormat.PREAMBLE_BYTES - HistoryFormat.MAGIC.length - 2 * Integer.BYTES;
            if (json.length > room) {
                throw new IOException("the origin of a history must fit its preamble: bytes=" + json.length + " room="
                        + room + "; use a shorter key prefix");
            }
            return json;
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("an origin is plain data", e);
        }
    }
}
