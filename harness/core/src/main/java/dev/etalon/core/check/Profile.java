package dev.etalon.core.check;

import dev.etalon.core.check.Trace.Fate;
import dev.etalon.core.check.Trace.Kind;

/** Which kinds of request a history of one key holds, and so by which means it is decided. */
enum Profile {
    /** Reads and conditional writes over one first write: decided by {@link Watermark}, exactly and at once. */
    STRICT,
    /** Conditional deletes and creates as well: {@link Lives} and {@link Zones}, then {@link Search}. */
    LIFECYCLE,
    /** Unconditional writes among them: {@link Lives} and {@link Zones}, then {@link Search}. */
    MIXED,
    /** Unconditional deletes, after which nothing names its predecessor: {@link Zones}, then {@link Search}. */
    LOOSE;

    static Profile of(Trace trace) {
        boolean removes = false;
        boolean deletes = false;
        int puts = 0;
        int put = -1;
        long firstCreate = Long.MAX_VALUE;
        for (int i = 0; i < trace.size(); i++) {
            Kind kind = trace.kind(i);
            if (kind == Kind.PUT) {
                puts++;
                put = i;
            } else if (kind == Kind.CREATE) {
                firstCreate = Math.min(firstCreate, trace.start(i));
            }
            removes |= kind == Kind.REMOVE;
            deletes |= kind == Kind.DELETE;
        }
        if (deletes) {
            return LOOSE;
        }
        // The one write that lays the ground is a create by another name: nothing else can come before it.
        boolean laid = puts == 0
                || (puts == 1
                        && (firstCreate == Long.MAX_VALUE && !removes
                                || trace.is(put, Kind.PUT, Fate.APPLIED) && laysTheGround(trace, put)));
        return !laid ? MIXED : removes ? LIFECYCLE : STRICT;
    }

    /** Whether a write was over before anything else began. */
    private static boolean laysTheGround(Trace trace, int put) {
        for (int i = 0; i < trace.size(); i++) {
            if (i != put && trace.kind(i) != Kind.NOTHING && trace.start(i) <= trace.end(put)) {
                return false;
            }
        }
        return true;
    }
}
