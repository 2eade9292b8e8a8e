package dev.etalon.core.store;

import dev.etalon.core.model.History;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** A history file that is written and read meanwhile, and thrown away. */
public final class HistoryFile implements AutoCloseable {
    private static final History.Origin ORIGIN =
            new History.Origin(1, "key-", "stress/recorder", "none", "localhost", "2026-01-01T00:00:00Z", 0);

    private final Path folder;
    private final Path file;
    private final Recorder recorder;

    /** A file in a folder of its own. */
    public HistoryFile() {
        try {
            folder = Files.createTempDirectory("etalon-stress");
            file = folder.resolve("history.etl");
            recorder = Recorder.create(file, ORIGIN);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** What writes it. */
    public Recorder recorder() {
        return recorder;
    }

    /** The log of one actor. */
    public ActorLog actor(int actor) {
        try {
            return recorder.actor(actor);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** What is in it by now. */
    public History read() {
        try {
            return HistoryReader.read(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** All of its bytes. */
    byte[] bytes() throws IOException {
        return Files.readAllBytes(file);
    }

    /** Ends the recording. */
    public void end() {
        try {
            recorder.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        end();
        try {
            Files.delete(file);
            Files.delete(folder);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
