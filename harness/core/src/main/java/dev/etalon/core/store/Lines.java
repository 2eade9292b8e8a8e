package dev.etalon.core.store;

import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;

/** The lines of a text file that are not blank, one at a time, as bytes: nothing is kept of a line that was passed. */
final class Lines implements Closeable {
    /** Far above any line a history has; a file without line breaks must not fill the heap. */
    private static final int LINE_BYTES_MAX = 16 * 1024 * 1024;

    private static final int BUFFER_BYTES = 64 * 1024;

    private final Path file;
    private final InputStream in;
    private final long fileBytes;
    private long readBytes;
    private byte[] buffer = new byte[BUFFER_BYTES];

    /** What was read and not yet passed: from the beginning of the next line to the end of what is in the buffer. */
    private int next;

    private int limit;

    private int from;
    private int to;
    private long number;
    private boolean terminated;

    Lines(Path file) throws IOException {
        this.file = file;
        this.fileBytes = Files.size(file);
        this.in = Files.newInputStream(file);
    }

    /** Goes to the next line that is not blank; false at the end of the file. */
    boolean next() throws IOException {
        while (advance()) {
            for (int i = from; i < to; i++) {
                if (buffer[i] != ' ' && buffer[i] != '\t') {
                    return true;
                }
            }
        }
        return false;
    }

    private boolean advance() throws IOException {
        int searched = next;
        while (true) {
            for (; searched < limit; searched++) {
                if (buffer[searched] == '\n') {
                    line(searched, true);
                    next = searched + 1;
                    return true;
                }
            }
            int passed = next;
            if (!fill()) {
                line(limit, false);
                next = limit;
                return to > from;
            }
            searched -= passed - next;
        }
    }

    /** Makes room and reads on; false at the end of the file. */
    private boolean fill() throws IOException {
        System.arraycopy(buffer, next, buffer, 0, limit - next);
        limit -= next;
        next = 0;
        if (limit == buffer.length) {
            if (limit >= LINE_BYTES_MAX) {
                number++;
                throw error("a line is too long", "bytesMax=" + LINE_BYTES_MAX, "put one object or row on a line");
            }
            buffer = Arrays.copyOf(buffer, limit * 2);
        }
        int bytes = in.read(buffer, limit, buffer.length - limit);
        limit += Math.max(0, bytes);
        readBytes += Math.max(0, bytes);
        return bytes >= 0;
    }

    private void line(int end, boolean whole) {
        from = next;
        to = end > from && buffer[end - 1] == '\r' ? end - 1 : end;
        number++;
        terminated = whole;
    }

    /** Where the line is, from {@link #from()} to {@link #to()}; valid until the next line. */
    byte[] bytes() {
        return buffer;
    }

    int from() {
        return from;
    }

    int to() {
        return to;
    }

    /** Number of the line, 1 and up. */
    long number() {
        return number;
    }

    /** Whether the line has its line break: the last line of a file that was cut has none. */
    boolean terminated() {
        return terminated;
    }

    /** About how many times as many lines as were passed the file has, 1 and up. */
    double timesAsLong() {
        return Math.max(1, fileBytes / (double) Math.max(1, readBytes - (limit - next)));
    }

    /** The sentence for the user about this line. */
    HistoryFormatException error(String problem, String values, String advice) {
        return new HistoryFormatException(problem + ": file=" + file + " line=" + number
                + (values.isEmpty() ? "" : " " + values) + "; " + advice);
    }

    @Override
    public void close() throws IOException {
        in.close();
    }
}
