package dev.etalon.bench;

import dev.etalon.bench.Generator.Request;
import dev.etalon.core.check.Watermark;
import org.jspecify.annotations.Nullable;

/**
 * Feeds a simulation to the watermark checker as it happens: nothing is stored. Stops at the first contradiction. Not
 * thread-safe.
 */
public final class Online implements Generator.Listener {
    private final Watermark watermark = new Watermark();
    private final Watermark.@Nullable Flight[] flights;
    private long events;
    private int windowMax;
    private int undeterminedMax;

    /**
     * A checker of a resource that does not exist yet.
     *
     * @param clients how many clients send
     */
    public Online(int clients) {
        this.flights = new Watermark.Flight[clients];
    }

    @Override
    public void begins(Request request) {
        events++;
        flights[request.client()] = switch (request.kind()) {
            case READ -> watermark.read(request.id());
            case REPLACE, CREATE ->
                watermark.write(
                        request.id(),
                        request.version().id(),
                        request.validator().id(),
                        request.version().depth());
            case REMOVE, PUT, DELETE ->
                throw new IllegalArgumentException(
                        "the watermark checker decides reads and conditional writes: kind=" + request.kind());
        };
        undeterminedMax = Math.max(undeterminedMax, watermark.undetermined());
    }

    @Override
    public boolean ends(Request request) {
        events++;
        Watermark.Flight flight = flights[request.client()];
        if (flight == null) {
            throw new IllegalStateException("what ends has begun: request=" + request.id());
        }
        flights[request.client()] = null;
        if (request.fate() == Generator.Fate.UNKNOWN) {
            watermark.unknown(flight);
        } else if (request.kind() == Generator.Kind.READ) {
            watermark.showed(flight, request.version().id(), request.version().depth());
        } else if (request.fate() == Generator.Fate.APPLIED) {
            watermark.applied(flight);
        } else {
            watermark.refused(flight);
        }
        windowMax = Math.max(windowMax, watermark.window());
        return watermark.violation() == null;
    }

    /** The contradiction it stopped at, if there was any. */
    public Watermark.@Nullable Violation violation() {
        return watermark.violation();
    }

    /** Begins and ends so far. */
    public long events() {
        return events;
    }

    /** Most versions ever held. */
    public int windowMax() {
        return windowMax;
    }

    /** Most writes in flight or unknown ever held. */
    public int undeterminedMax() {
        return undeterminedMax;
    }
}
