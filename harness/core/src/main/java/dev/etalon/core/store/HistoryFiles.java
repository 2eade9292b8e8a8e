package dev.etalon.core.store;

import dev.etalon.core.model.History;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Locale;

/**
 * Reads a history whatever its format, which its content tells: binary ({@link HistoryReader}), JSON Lines ({@link
 * HistoryLines}) or tab-separated rows ({@link HistoryRows}). Stateless and thread-safe.
 */
public final class HistoryFiles {
    private static final long MIB = 1 << 20;

    /** Judging needs about as much again as the history itself, and a heap that is nearly full is slow. */
    private static final int ADVICE_FACTOR = 3;

    /** Advice is rounded up to so much. */
    private static final long ADVICE_STEP_BYTES = 256 * MIB;

    private HistoryFiles() {}

    /**
     * The formats, each with the heap that its operations take per byte of file, where they have in common what they can.
     * A million operations with tags of 34 characters (rows: without), JDK 17, compressed pointers; rounded down, because
     * a file that is let through in error still ends in a sentence.
     */
    private enum Format {
        BINARY(0.4),
        LINES(0.3),
        ROWS(1.5);

        private final double heapPerByte;

        Format(double heapPerByte) {
            this.heapPerByte = heapPerByte;
        }
    }

    /**
     * Reads a file, or the history of a run folder.
     *
     * @throws HistoryFormatException with one sentence for the user, whatever the reason
     */
    public static History read(Path path) throws HistoryFormatException {
        Path file = file(path);
        try {
            Format format = format(file);
            long neededBytes = (long) (Files.size(file) * format.heapPerByte);
            if (neededBytes > Runtime.getRuntime().maxMemory()) {
                throw tooLarge(file, neededBytes);
            }
            try {
                return switch (format) {
                    case BINARY -> HistoryReader.read(file);
                    case LINES -> HistoryLines.read(file);
                    case ROWS -> HistoryRows.read(file);
                };
            } catch (OutOfMemoryError e) {
                // Everything read so far is garbage by now, so there is room to say so.
                throw tooLarge(file, Math.max(neededBytes, Runtime.getRuntime().maxMemory()));
            }
        } catch (HistoryFormatException e) {
            throw e;
        } catch (IOException e) {
            String reason = e instanceof AccessDeniedException ? "no permission" : String.valueOf(e.getMessage());
            throw new HistoryFormatException(
                    "a history cannot be read: file=" + file + " (" + reason + "); check the file and the disk", e);
        }
    }

    private static Path file(Path path) throws HistoryFormatException {
        if (Files.isDirectory(path)) {
            Path file = new RunFolder(path).history();
            if (!Files.isRegularFile(file)) {
                throw new HistoryFormatException("a folder without a history: folder=" + path
                        + "; name a run folder, which has a " + file.getFileName() + ", or a history file");
            }
            return file;
        }
        if (!Files.exists(path)) {
            throw new HistoryFormatException("no such history: file=" + path + "; name a history file or a run folder");
        }
        if (!Files.isRegularFile(path)) {
            throw new HistoryFormatException(
                    "not a regular file: file=" + path + "; store the history in a file first");
        }
        return path;
    }

    /** Looks at the first bytes: the magic of the binary format, else the first that is not blank. */
    private static Format format(Path file) throws IOException {
        try (InputStream in = new BufferedInputStream(Files.newInputStream(file))) {
            in.mark(HistoryFormat.MAGIC.length);
            byte[] magic = in.readNBytes(HistoryFormat.MAGIC.length);
            if (magic.length == 0) {
                throw new HistoryFormatException(
                        "an empty file: file=" + file + "; nothing was recorded, or the disk was full");
            }
            if (Arrays.equals(magic, 0, magic.length, HistoryFormat.MAGIC, 0, magic.length)) {
                return Format.BINARY;
            }
            in.reset();
            int first = in.read();
            while (first == ' ' || first == '\t' || first == '\r' || first == '\n') {
                first = in.read();
            }
            return switch (first) {
                case '{' -> Format.LINES;
                case '#' -> Format.ROWS;
                case -1 ->
                    throw new HistoryFormatException("a file of blanks only: file=" + file + "; nothing was recorded");
                default ->
                    throw new HistoryFormatException(String.format(
                            Locale.ROOT,
                            "not a history of Etalon: file=%s firstByte=0x%02x; a history begins with ETALONH, with { (JSON"
                                    + " Lines) or with # (rows)",
                            file,
                            first));
            };
        }
    }

    /**
     * The sentence for a history that does not fit the heap.
     *
     * @param file the history
     * @param neededBytes the least heap it takes, as far as is known
     */
    private static HistoryFormatException tooLarge(Path file, long neededBytes) {
        long bytes;
        try {
            bytes = Files.size(file);
        } catch (IOException e) {
            bytes = -1;
        }
        long adviceBytes =
                (ADVICE_FACTOR * neededBytes + ADVICE_STEP_BYTES - 1) / ADVICE_STEP_BYTES * ADVICE_STEP_BYTES;
        return new HistoryFormatException("a history larger than the heap: file=" + file + " bytes=" + bytes
                + " heapBytes=" + Runtime.getRuntime().maxMemory() + "; start java with -Xmx" + adviceBytes / MIB
                + "m");
    }
}
