package dev.etalon.core.check;

import dev.etalon.core.check.Contradiction.Form;
import dev.etalon.core.check.Trace.Fate;
import dev.etalon.core.check.Trace.Kind;
import java.util.Arrays;
import java.util.Comparator;
import java.util.function.IntToLongFunction;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Looks for a version that was met again after something else had been there, in histories of any kind of request.
 *
 * <p>A version is written once, so it is current during one uninterrupted stretch of time, and between any two answers
 * that met it nothing else was. From the end of the first such answer to the start of the last is its <em>forward
 * zone</em> (Gibbons and Korach 1997). Two forward zones do not overlap, and nothing that needs another state begins and
 * ends within one. That holds whatever became of all other requests, so unlike an order it need not be searched for.
 *
 * <p>What it reports is certain, also where a validator came from nowhere. What it does not report is for {@link Search}:
 * it knows neither who replaced whom nor what absence forbids. Time O(n log n).
 */
final class Zones {
    private final Trace trace;
    private final boolean provenance;
    private final int[] order;

    /** By version: of the answers that showed it, the one that was in first; -1 for none. */
    private final int[] first;

    /** By version: of the refusals that say that it was not current, the one whose request began last; -1 for none. */
    private final int[] refused;

    // Of the answers that are in, those whose requests began last: what lies between two others, they do best.
    private int deleted = -1;
    private int removed = -1;
    private int absent = -1;
    private final Latest reads = new Latest();
    private final Latest writes = new Latest();

    /** The latest of some answers that show a version, and the latest that shows another one than that. */
    private final class Latest {
        private int latest = -1;
        private int other = -1;

        void add(int i) {
            if (latest < 0 || trace.version(latest) == trace.version(i)) {
                latest = later(latest, i);
            } else if (trace.start(i) > trace.start(latest)) {
                other = latest;
                latest = i;
            } else {
                other = later(other, i);
            }
        }

        /** The latest that shows anything but a version; -1 for none. */
        int except(int version) {
            return latest >= 0 && trace.version(latest) == version ? other : latest;
        }
    }

    private Zones(Trace trace, boolean provenance) {
        this.trace = trace;
        this.provenance = provenance;
        order = Sweep.inOrderOfStart(trace);
        first = new int[trace.versions() + 1];
        Arrays.fill(first, -1);
        refused = first.clone();
    }

    /**
     * The contradiction whose last request began first, or null if there is none.
     *
     * @param provenance whether every validator had been shown before it was sent; else refusals are left aside, whose
     *     names build upon that
     */
    static @Nullable Contradiction contradiction(Trace trace, boolean provenance) {
        Zones zones = new Zones(trace, provenance);
        Contradiction between = zones.between();
        return between != null ? between : zones.besideEachOther();
    }

    /** Something else, between two answers that met the same version. */
    private @Nullable Contradiction between() {
        int[] ends = sorted(IntStream.of(order).filter(i -> !trace.unknown(i)), trace::end);
        int in = 0;
        for (int i : order) {
            while (in < ends.length && trace.end(ends[in]) < trace.start(i)) {
                learn(ends[in++]);
            }
            int version = meets(i);
            if (version > Trace.ABSENT && first[version] >= 0) {
                Contradiction contradiction = metAgain(i, version);
                if (contradiction != null) {
                    return contradiction;
                }
            }
        }
        while (in < ends.length) {
            learn(ends[in++]);
        }
        return null;
    }

    private static int[] sorted(IntStream numbers, IntToLongFunction by) {
        return numbers.boxed()
                .sorted(Comparator.comparingLong(by::applyAsLong))
                .mapToInt(Integer::intValue)
                .toArray();
    }

    private void learn(int i) {
        int version = trace.version(i);
        switch (trace.kind(i)) {
            case READ -> {
                if (version > Trace.ABSENT) {
                    reads.add(i);
                    first[version] = first[version] < 0 ? i : first[version];
                } else {
                    absent = later(absent, i);
                }
            }
            case PUT, CREATE, REPLACE -> {
                if (trace.applied(i)) {
                    writes.add(i);
                    first[version] = first[version] < 0 ? i : first[version];
                } else {
                    refused(i);
                }
            }
            case DELETE -> deleted = later(deleted, i);
            case REMOVE -> {
                if (trace.applied(i)) {
                    removed = later(removed, i);
                } else {
                    refused(i);
                }
            }
            default -> {
                // Says nothing.
            }
        }
    }

    private void refused(int i) {
        if (provenance && trace.parent(i) > Trace.ABSENT) {
            refused[trace.parent(i)] = later(refused[trace.parent(i)], i);
        }
    }

    private int later(int a, int b) {
        return a >= 0 && trace.start(a) >= trace.start(b) ? a : b;
    }

    /** The version that was current when an answer took effect; {@link Trace#ABSENT} also where nobody knows. */
    private int meets(int i) {
        if (trace.unknown(i)) {
            return Trace.ABSENT;
        }
        return trace.reads(i)
                ? trace.version(i)
                : trace.is(i, Kind.REPLACE, Fate.APPLIED) ? trace.parent(i) : Trace.ABSENT;
    }

    private @Nullable Contradiction metAgain(int i, int version) {
        long since = trace.end(first[version]);
        if (beganAfter(deleted, since)) {
            return around(Form.RETURNED, version, firstDelete(since), i);
        }
        boolean own = removed >= 0 && descends(trace.parent(removed), version);
        if (own && beganAfter(removed, since)) {
            return around(Form.RETURNED, version, removed, i);
        }
        for (Latest latest : new Latest[] {reads, writes}) {
            int other = latest.except(version);
            if (beganAfter(other, since)) {
                return around(Form.RETURNED, version, other, i);
            }
        }
        if (beganAfter(absent, since)) {
            return around(Form.MISSING, version, absent, i);
        }
        // It was neither there to be deleted nor gone already.
        if (beganAfter(removed, since)) {
            return around(Form.MISSING, version, removed, i);
        }
        return beganAfter(refused[version], since) ? around(Form.SUPERSEDED, version, refused[version], i) : null;
    }

    /** Of the deletes without a condition that began after an instant, the first: the likeliest to have deleted it. */
    private int firstDelete(long ns) {
        int least = deleted;
        for (int i : order) {
            if (trace.is(i, Kind.DELETE, Fate.APPLIED) && trace.start(i) > ns && trace.end(i) < trace.end(least)) {
                least = i;
            }
        }
        return least;
    }

    private boolean beganAfter(int i, long ns) {
        return i >= 0 && trace.start(i) > ns;
    }

    private boolean descends(int version, int ancestor) {
        int v = version;
        while (v > Trace.ABSENT && v != ancestor) {
            v = trace.predecessor(v);
        }
        return v == ancestor;
    }

    /** Told with the last read before what lies between, for what is close together is easy to read. */
    private Contradiction around(Form form, int version, int between, int again) {
        int met = first[version];
        for (int i : order) {
            if (trace.reads(i)
                    && trace.version(i) == version
                    && trace.end(i) < trace.start(between)
                    && (!trace.reads(met) || trace.end(i) >= trace.end(met))) {
                met = i;
            }
        }
        return form == Form.MISSING
                ? new Contradiction(form, between, met, met, between, again)
                : new Contradiction(form, again, between, met, between, again);
    }

    /** Two versions, each of which was met after the other had been. No single answer lies between. */
    private @Nullable Contradiction besideEachOther() {
        int[] last = last();
        // Of those that began together the one that lasted less long comes first, whatever their numbers.
        int[] forward = sorted(
                IntStream.of(sorted(
                        IntStream.range(1, first.length)
                                .filter(v -> first[v] >= 0 && trace.end(first[v]) < trace.start(last[v])),
                        v -> trace.start(last[v]))),
                v -> trace.end(first[v]));
        for (int k = 1; k < forward.length; k++) {
            if (trace.end(first[forward[k]]) < trace.start(last[forward[k - 1]])) {
                return bothReturned(forward[k - 1], forward[k], last);
            }
        }
        long[] begins =
                IntStream.of(forward).mapToLong(v -> trace.end(first[v])).toArray();
        for (int v = 1; v < first.length; v++) {
            if (first[v] < 0 || trace.end(first[v]) < trace.start(last[v])) {
                continue;
            }
            int found = Arrays.binarySearch(begins, trace.start(last[v]));
            int around = (found < 0 ? -found - 1 : found) - 1;
            if (around >= 0 && trace.end(first[v]) < trace.start(last[forward[around]])) {
                return bothReturned(forward[around], v, last);
            }
        }
        return null;
    }

    /** By version: of the requests that met or made it, the one that began last; -1 where no answer shows it. */
    private int[] last() {
        int[] last = new int[first.length];
        Arrays.fill(last, -1);
        for (int i : order) {
            int met = meets(i);
            last[met] = later(last[met], i);
            boolean makes = trace.kind(i) == Kind.PUT || trace.kind(i) == Kind.CREATE || trace.kind(i) == Kind.REPLACE;
            // Without an answer, too: what was shown had been made, and not before that began.
            if (makes && !trace.refused(i) && first[trace.version(i)] >= 0) {
                last[trace.version(i)] = later(last[trace.version(i)], i);
            }
        }
        return last;
    }

    private Contradiction bothReturned(int around, int within, int... last) {
        boolean swap = !trace.reads(last[around]) && trace.reads(last[within]);
        int a = swap ? within : around;
        int b = swap ? around : within;
        return new Contradiction(Form.RETURNED, last[a], first[b], first[a], first[b], last[b], last[a]);
    }
}
