package dev.etalon.core.store;

import com.fasterxml.jackson.core.JsonProcessingException;
import dev.etalon.core.model.History;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.LongBuffer;
import java.nio.MappedByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayDeque;
import java.util.Deque;
import org.jspecify.annotations.Nullable;

/**
 * Writes a history while it happens.
 *
 * <p>Every actor has an {@link ActorLog} of its own, backed by memory-mapped chunks of one file: no lock and no
 * allocation per event, and everything recorded before a {@code kill -9} is there afterwards. Space is written before it
 * is mapped, so that a full disk is an {@link IOException} with a sentence, not a crash of the virtual machine. Once a
 * chunk has been filled, a thread of the recorder makes the next ones in advance, so that no actor pays for them in
 * the middle of a race.
 *
 * <p>Thread-safe; each actor's log belongs to one thread at a time.
 */
public final class Recorder implements AutoCloseable {
    /** More than the actors of most plans fill at one moment; half of it is left when the thread is woken. */
    private static final int SPARES_MAX = 16;

    /** Not larger than any page, so that every page is touched. */
    private static final int PAGE_BYTES = 4096;

    private final Path file;
    private final FileChannel channel;

    /** Where the file ends; guarded by this. */
    private long end;

    /** What a chunk begins as; outside of the heap, whence it need not be copied before it is written. Guarded by this. */
    private final ByteBuffer blank =
            ByteBuffer.allocateDirect(HistoryFormat.CHUNK_BYTES).order(ByteOrder.LITTLE_ENDIAN);

    /** Chunks that nobody has taken yet, in the order of the file; its own guard. */
    private final Deque<Chunk> spares = new ArrayDeque<>();

    private @Nullable Thread filler;
    private boolean closed;

    /**
     * A chunk.
     *
     * @param bytes all of it
     * @param words the same as 64-bit words, which are cheaper to write
     * @param at where it begins in the file
     */
    record Chunk(MappedByteBuffer bytes, LongBuffer words, long at) {}

    private Recorder(Path file, FileChannel channel) {
        this.file = file;
        this.channel = channel;
        this.end = HistoryFormat.PREAMBLE_BYTES;
        blank.putInt(0, HistoryFormat.CHUNK_MAGIC).putInt(Integer.BYTES, HistoryFormat.UNOWNED);
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

    /** The first chunk of an actor. */
    Chunk first(int actor) throws IOException {
        return owned(take(), actor);
    }

    /** The next chunk of an actor, further on in the file than all it had. */
    Chunk next(int actor) throws IOException {
        Chunk chunk = take();
        synchronized (spares) {
            if (filler == null && !closed) {
                filler = new Thread(this::fill, "etalon-recorder");
                filler.setDaemon(true);
                filler.start();
            } else if (spares.size() < SPARES_MAX / 2) {
                spares.notifyAll();
            }
        }
        return owned(chunk, actor);
    }

    /** The first chunk that was made in advance, or a new one where there is none. */
    private Chunk take() throws IOException {
        Chunk spare = poll();
        if (spare != null) {
            return spare;
        }
        synchronized (this) {
            // One that was being made meanwhile lies further ahead in the file, so it goes first.
            spare = poll();
            return spare == null ? append() : spare;
        }
    }

    private @Nullable Chunk poll() {
        synchronized (spares) {
            return spares.poll();
        }
    }

    private static Chunk owned(Chunk chunk, int actor) {
        chunk.bytes().putInt(Integer.BYTES, actor);
        return chunk;
    }

    /** Makes chunks in advance until the recorder is closed. */
    private void fill() {
        try {
            while (wanted()) {
                synchronized (this) {
                    Chunk chunk = append();
                    synchronized (spares) {
                        spares.add(chunk);
                    }
                }
            }
        } catch (IOException e) {
            // The actor that needs a chunk meets the same failure, and can tell it.
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Waits until spares run low; then says yes until all are there. */
    private boolean wanted() throws InterruptedException {
        synchronized (spares) {
            if (spares.size() >= SPARES_MAX) {
                while (!closed && spares.size() >= SPARES_MAX / 2) {
                    spares.wait();
                }
            }
            return !closed;
        }
    }

    /** Appends a chunk that nobody owns. Rare, hence under the lock of this. */
    private Chunk append() throws IOException {
        long at = end;
        try {
            write(channel, blank.rewind(), at);
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
        // A first store into a page costs as much as many records.
        for (int page = PAGE_BYTES; page < HistoryFormat.CHUNK_BYTES; page += PAGE_BYTES) {
            chunk.putInt(page, 0);
        }
        return new Chunk(chunk, chunk.asLongBuffer(), at);
    }

    @Override
    public void close() throws IOException {
        Deque<Chunk> unused;
        synchronized (spares) {
            closed = true;
            spares.notifyAll();
        }
        synchronized (this) {
            synchronized (spares) {
                unused = new ArrayDeque<>(spares);
                spares.clear();
            }
            long used = end;
            while (!unused.isEmpty() && unused.getLast().at() + HistoryFormat.CHUNK_BYTES == used) {
                used = unused.removeLast().at();
            }
            try {
                channel.truncate(used);
            } catch (IOException e) {
                // A system that does not cut a mapped file: chunks without records do no harm.
            }
            channel.close();
        }
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
