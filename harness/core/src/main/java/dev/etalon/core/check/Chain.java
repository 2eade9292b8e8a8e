package dev.etalon.core.check;

import dev.etalon.core.check.Trace.Kind;
import org.jspecify.annotations.Nullable;

/** Feeds a stored history of {@link Profile#STRICT} to the watermark checker. */
final class Chain implements Sweep.Visitor {
    private final Trace trace;
    private final Lineage lineage;
    private final Watermark watermark = new Watermark();
    private final Watermark.@Nullable Flight[] flights;

    private Chain(Trace trace, Lineage lineage) {
        this.trace = trace;
        this.lineage = lineage;
        this.flights = new Watermark.Flight[trace.size()];
    }

    /** The first contradiction; its operations are indices of the trace. Null when the history is linearizable. */
    static Watermark.@Nullable Violation decide(Trace trace, Lineage lineage) {
        Chain chain = new Chain(trace, lineage);
        Sweep.through(trace, chain);
        return chain.watermark.violation();
    }

    @Override
    public void begins(int i) {
        if (trace.reads(i)) {
            flights[i] = watermark.read(i);
            return;
        }
        // A refused read makes no version; it gets a name that no version has.
        long version = trace.version(i) == Trace.ABSENT ? -1L - i : trace.version(i);
        // The one unconditional write of this profile is the first of all, so it found nothing: a create.
        int parent = trace.kind(i) == Kind.PUT ? Trace.ABSENT : trace.parent(i);
        Watermark.Flight flight = watermark.write(i, version, parent, lineage.depth(parent) + 1);
        if (trace.unknown(i)) {
            watermark.unknown(flight);
        } else {
            flights[i] = flight;
        }
    }

    @Override
    public boolean ends(int i) {
        Watermark.Flight flight = flights[i];
        if (flight == null) {
            throw new IllegalStateException("what ends has begun: operation=" + i);
        }
        flights[i] = null;
        if (trace.reads(i)) {
            watermark.showed(flight, trace.version(i), lineage.depth(trace.version(i)));
        } else if (trace.applied(i)) {
            watermark.applied(flight);
        } else {
            watermark.refused(flight);
        }
        return watermark.violation() == null;
    }
}
