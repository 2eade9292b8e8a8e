package dev.etalon.bench;

import dev.etalon.bench.Generator.Fate;
import dev.etalon.bench.Generator.Kind;
import dev.etalon.bench.Generator.Request;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayDeque;
import java.util.Deque;

/**
 * Writes a simulation as text for any checker: one line an operation in order of start, tabs between the columns {@code
 * id client kind start end parent version outcome}.
 *
 * <p>{@code kind} is R (GET), W (PUT If-Match), C (PUT If-None-Match: *), D (DELETE If-Match), U (PUT) or X (DELETE);
 * times are nanoseconds, an {@code end} of -1 means that no answer ever came; {@code parent} is the validator's version
 * and {@code version} the one asked for or read, 0 being none or absent; {@code outcome} is o (2xx), f (412) or ?
 * (unknown). Holds the requests since the oldest one in flight. Not thread-safe.
 */
public final class TsvWriter implements Generator.Listener {
    private final Appendable out;
    private final Deque<Request> begun = new ArrayDeque<>();

    /** Writes the header line at once. */
    public TsvWriter(Appendable out) {
        this.out = out;
        append("#id\tclient\tkind\tstart\tend\tparent\tversion\toutcome\n");
    }

    @Override
    public void begins(Request request) {
        begun.addLast(request);
    }

    @Override
    public boolean ends(Request request) {
        while (!begun.isEmpty() && begun.peekFirst().ended()) {
            append(line(begun.removeFirst()));
        }
        return true;
    }

    private static String line(Request request) {
        boolean removes = request.kind() == Kind.REMOVE || request.kind() == Kind.DELETE;
        long end = request.fate() == Fate.UNKNOWN ? -1 : request.end();
        long version = removes ? 0 : request.version().id();
        return request.id() + "\t" + request.process() + "\t" + request.kind().code() + "\t" + request.start() + "\t"
                + end + "\t" + request.validator().id() + "\t" + version + "\t"
                + request.fate().code() + "\n";
    }

    private void append(String text) {
        try {
            out.append(text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
