package dev.etalon.bench;

import dev.etalon.bench.Generator.Fate;
import dev.etalon.bench.Generator.Kind;
import dev.etalon.bench.Generator.Request;
import dev.etalon.core.check.Watermark;
import org.jspecify.annotations.Nullable;

/**
 * The begins and ends of reads and conditional writes as columns of numbers, in order of time: so that a measurement of
 * the watermark checker measures nothing else. Once recorded it may be played by several threads.
 */
public final class Tape implements Generator.Listener {
    private static final byte APPLIED = 0;
    private static final byte REFUSED = 1;
    private static final byte UNKNOWN = 2;
    private static final byte READ = 3;

    private final int clients;
    private final byte[] what;
    private final int[] client;
    private final long[] version;
    private final long[] parent;
    private final int[] depth;

    /** Number of the operation for its begin, its complement for its end. */
    private final int[] events;

    private int count;

    private Tape(int operations, int clients) {
        this.clients = clients;
        what = new byte[operations];
        client = new int[operations];
        version = new long[operations];
        parent = new long[operations];
        depth = new int[operations];
        events = new int[2 * operations];
    }

    /** Records a whole simulation. */
    public static Tape of(Generator.Settings settings) {
        Tape tape = new Tape(Math.toIntExact(settings.operations()), settings.clients());
        new Generator(settings, tape).run();
        return tape;
    }

    @Override
    public void begins(Request request) {
        events[count++] = (int) request.id();
    }

    @Override
    public boolean ends(Request request) {
        int i = (int) request.id();
        events[count++] = ~i;
        what[i] = what(request);
        client[i] = request.client();
        version[i] = request.version().id();
        parent[i] = request.validator().id();
        depth[i] = request.version().depth();
        return true;
    }

    private static byte what(Request request) {
        if (request.kind() == Kind.READ) {
            return READ;
        }
        if (request.kind() != Kind.REPLACE && request.kind() != Kind.CREATE) {
            throw new IllegalArgumentException(
                    "the watermark checker decides reads and conditional writes: kind=" + request.kind());
        }
        return request.fate() == Fate.APPLIED ? APPLIED : request.fate() == Fate.REFUSED ? REFUSED : UNKNOWN;
    }

    /** How many begins and ends there are. */
    public int events() {
        return count;
    }

    /** Feeds them to a fresh checker, up to the first contradiction; which is returned, or null. */
    public Watermark.@Nullable Violation play() {
        Watermark watermark = new Watermark();
        Watermark.@Nullable Flight[] flights = new Watermark.Flight[clients];
        for (int k = 0; k < count && watermark.violation() == null; k++) {
            int event = events[k];
            if (event >= 0) {
                flights[client[event]] = what[event] == READ
                        ? watermark.read(event)
                        : watermark.write(event, version[event], parent[event], depth[event]);
                continue;
            }
            int i = ~event;
            Watermark.Flight flight = flights[client[i]];
            if (flight == null) {
                throw new IllegalStateException("what ends has begun: operation=" + i);
            }
            switch (what[i]) {
                case READ -> watermark.showed(flight, version[i], depth[i]);
                case APPLIED -> watermark.applied(flight);
                case REFUSED -> watermark.refused(flight);
                default -> watermark.unknown(flight);
            }
        }
        return watermark.violation();
    }
}
