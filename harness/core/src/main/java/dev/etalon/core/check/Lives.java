package dev.etalon.core.check;

import dev.etalon.core.check.Contradiction.Form;
import dev.etalon.core.check.Trace.Fate;
import dev.etalon.core.check.Trace.Kind;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Looks for the short contradictions in histories with conditional deletes, creates and unconditional writes.
 *
 * <p>The versions of a key fall into <em>lives</em>: from a write without a parent through its descendants to the delete
 * that ends it. A life takes one uninterrupted stretch of time, and inside it the order of versions is given. Between
 * lives, the zones of Gibbons and Korach (1997) say which of them can not stand beside each other: a life certainly
 * covers the time from the first answer that proves it begun to the last request that still met it.
 *
 * <p>What it reports is certain. What it does not report is not: {@link Search} has the last word. Time O(n log n).
 * Expects a history without forks.
 */
final class Lives {
    private final Trace trace;
    private final Lineage lineage;
    private final boolean removes;
    private final boolean unconditional;
    private final boolean whole;

    /** By version: the latest start that puts its making off, the earliest end that proves it made, and whose they are. */
    private final Bound[] made;

    /** By version: the latest start of a read of it, the earliest end of a refusal that proves it replaced. */
    private final Bound[] left;

    /** By version: the earliest start of a write, of a delete with unknown outcome upon it. */
    private final long[] unknownChild;

    private final boolean[] unknownRemove;

    /** By version: the earliest start of a delete that can have removed it. */
    private final long[] firstRemoveStart;

    private long unknownCreate = Long.MAX_VALUE;

    private final List<Life> lives = new ArrayList<>();
    private @Nullable Contradiction found;

    /** When something must have happened: not before, not after, and because of which operations. */
    private static final class Bound {
        private long notBefore = Long.MIN_VALUE;
        private int because = -1;
        private long notAfter = Long.MAX_VALUE;
        private int since = -1;

        void notBefore(long ns, int operation) {
            if (ns > notBefore) {
                notBefore = ns;
                because = operation;
            }
        }

        void notAfter(long ns, int operation) {
            if (ns < notAfter) {
                notAfter = ns;
                since = operation;
            }
        }

        void both(Bound other) {
            notBefore(other.notBefore, other.because);
            notAfter(other.notAfter, other.since);
        }
    }

    /** One uninterrupted stretch of existence. */
    private static final class Life {
        private final int root;
        private int remove = -1;
        private boolean endless;

        /** Its zone: it had surely begun at {@code notAfter}, it surely was not over at {@code notBefore}. */
        private final Bound zone = new Bound();

        Life(int root) {
            this.root = root;
        }

        boolean forward() {
            return zone.notAfter < zone.notBefore;
        }
    }

    private Lives(Trace trace, Lineage lineage, boolean whole) {
        this.whole = whole;
        this.trace = trace;
        this.lineage = lineage;
        int versions = trace.versions() + 1;
        made = new Bound[versions];
        left = new Bound[versions];
        Arrays.setAll(made, v -> new Bound());
        Arrays.setAll(left, v -> new Bound());
        unknownChild = new long[versions];
        Arrays.fill(unknownChild, Long.MAX_VALUE);
        unknownRemove = new boolean[versions];
        firstRemoveStart = new long[versions];
        Arrays.fill(firstRemoveStart, Long.MAX_VALUE);
        boolean anyRemove = false;
        boolean anyPut = false;
        for (int i = 0; i < trace.size(); i++) {
            anyRemove |= trace.kind(i) == Kind.REMOVE && !trace.refused(i);
            anyPut |= trace.kind(i) == Kind.PUT;
            collect(i);
        }
        removes = anyRemove;
        unconditional = anyPut && Profile.of(trace) != Profile.LIFECYCLE;
    }

    /** The first contradiction it sees, or null. */
    static @Nullable Contradiction contradiction(Trace trace, Lineage lineage) {
        return contradiction(trace, lineage, true);
    }

    /**
     * The first contradiction it sees, or null.
     *
     * @param whole whether no request is missing; else a delete may be, and no life is known to be without an end
     */
    static @Nullable Contradiction contradiction(Trace trace, Lineage lineage, boolean whole) {
        return new Lives(trace, lineage, whole).look();
    }

    private void collect(int i) {
        int version = trace.version(i);
        int parent = trace.parent(i);
        switch (trace.kind(i)) {
            case READ -> {
                if (!trace.unknown(i)) {
                    made[version].notAfter(trace.end(i), i);
                    left[version].notBefore(trace.start(i), i);
                }
            }
            case REMOVE -> {
                if (trace.unknown(i)) {
                    unknownChild[parent] = Math.min(unknownChild[parent], trace.start(i));
                    unknownRemove[parent] = true;
                } else {
                    // Refused or not: by its end the version, which had been there, was there no more.
                    left[parent].notAfter(trace.end(i), i);
                }
                if (!trace.refused(i)) {
                    firstRemoveStart[parent] = Math.min(firstRemoveStart[parent], trace.start(i));
                }
            }
            case CREATE, PUT, REPLACE -> {
                if (trace.refused(i)) {
                    left[parent].notAfter(trace.end(i), i);
                } else if (lineage.effective(version)) {
                    made[version].notBefore(trace.start(i), i);
                    made[version].notAfter(trace.end(i), i);
                } else if (parent == Trace.ABSENT) {
                    unknownCreate = Math.min(unknownCreate, trace.start(i));
                } else {
                    unknownChild[parent] = Math.min(unknownChild[parent], trace.start(i));
                }
            }
            default -> {
                // An unconditional delete names nothing; histories with one are for the search.
            }
        }
    }

    private @Nullable Contradiction look() {
        for (int i = 0; i < trace.size(); i++) {
            if ((trace.kind(i) == Kind.CREATE || trace.kind(i) == Kind.PUT) && lineage.effective(trace.version(i))) {
                lives.add(new Life(i));
            }
        }
        for (Life life : lives) {
            live(life);
        }
        // Of those that began together the one that lasted less long comes first, whatever the order of the record.
        lives.sort(Comparator.<Life>comparingLong(life -> life.zone.notAfter)
                .thenComparingLong(life -> life.zone.notBefore));
        Contradiction first = found;
        found = null;
        deletesOfReplaced();
        if (found == null && first != null && first.form() == Form.REFUSED) {
            // A second create may be why what the first one made was no longer current.
            besideEachOther();
            found = found != null && found.form() == Form.CREATED_TWICE ? found : null;
        }
        if (found == null) {
            found = first;
        }
        if (found == null) {
            besideEachOther();
        }
        if (found == null) {
            absences();
        }
        if (found == null) {
            refusedCreates();
        }
        return found;
    }

    private void report(Contradiction contradiction) {
        if (found == null) {
            found = contradiction;
        }
    }

    /** Follows a life from version to version; inside it everything has its place. */
    private void live(Life life) {
        int version = trace.version(life.root);
        Bound reached = new Bound();
        Bound step = made[version];
        while (true) {
            step(reached, step, life);
            int child = lineage.firstChild(version);
            if (child < 0) {
                break;
            }
            step = new Bound();
            step.both(left[version]);
            if (trace.kind(child) == Kind.REMOVE) {
                if (!unconditional) {
                    // Nothing but a delete of this very version can have ended the life.
                    step.notBefore(firstRemoveStart[version], child);
                }
                step(reached, step, life);
                life.remove = child;
                return;
            }
            step.both(made[trace.version(child)]);
            version = trace.version(child);
        }
        leaving(life, version, reached);
    }

    /** What happens next happens after all before it: the latest bound so far must not be past the new one. */
    private void step(Bound reached, Bound step, Life life) {
        reached.notBefore(step.notBefore, step.because);
        if (reached.notBefore > step.notAfter) {
            report(Contradiction.of(Form.SUPERSEDED, reached.because, step.since));
        }
        life.zone.both(step);
    }

    /** The last known version of a life that no known delete ended. */
    private void leaving(Life life, int version, Bound reached) {
        Bound end = left[version];
        life.zone.notBefore(end.notBefore, end.because);
        life.endless = whole && !unconditional && !unknownRemove[version];
        if (life.endless) {
            life.zone.notBefore(Long.MAX_VALUE, -1);
        }
        if (end.since < 0) {
            return;
        }
        reached.notBefore(end.notBefore, end.because);
        if (reached.notBefore > end.notAfter) {
            // The version was met again after the refusal, so it had not been replaced.
            report(new Contradiction(Form.REFUSED, end.since, -1, end.since, reached.because));
        }
        boolean replaceable = unknownChild[version] <= end.notAfter;
        boolean followed = unconditional
                && (unknownCreate <= end.notAfter
                        || lives.stream().anyMatch(other -> other != life && trace.start(other.root) <= end.notAfter));
        if (!replaceable && !followed) {
            report(Contradiction.of(Form.REFUSED, end.since, -1));
        }
    }

    /** No life may be met on both sides of another. */
    private void besideEachOther() {
        List<Life> forward = new ArrayList<>();
        Life reaching = null;
        for (Life life : lives) {
            if (!life.forward()) {
                continue;
            }
            if (reaching != null && life.zone.notAfter < reaching.zone.notBefore) {
                entangled(reaching, life);
                return;
            }
            forward.add(life);
            reaching = life;
        }
        for (Life life : lives) {
            if (life.forward() || life.zone.notBefore == Long.MIN_VALUE) {
                continue;
            }
            Life around = lastBegunBefore(forward, life.zone.notBefore);
            if (around != null && life.zone.notAfter < around.zone.notBefore) {
                entangled(around, life);
                return;
            }
        }
        if (!removes && lives.size() > 1) {
            twoCreates();
        }
    }

    /** Of zones that do not overlap, in order, the last that begins before an instant. */
    private static @Nullable Life lastBegunBefore(List<Life> forward, long ns) {
        int low = 0;
        int high = forward.size();
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (forward.get(middle).zone.notAfter < ns) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return low == 0 ? null : forward.get(low - 1);
    }

    /** Of two lives, the first to have begun among them first, each was met after the other had begun. */
    private void entangled(Life a, Life b) {
        if (a.endless || b.endless) {
            Life endless = a.endless ? a : b;
            Life other = a.endless ? b : a;
            if (other.endless || trace.start(other.root) > endless.zone.notAfter) {
                boolean swap = trace.start(other.root) < trace.start(endless.root);
                int first = swap ? other.root : endless.root;
                int second = swap ? endless.root : other.root;
                report(Contradiction.of(Form.CREATED_TWICE, second, first));
            } else {
                // It can only have come before the life that never ended, and yet it was met after that had begun.
                report(new Contradiction(
                        Form.RETURNED,
                        other.zone.because,
                        endless.zone.since,
                        other.zone.since,
                        endless.zone.since,
                        other.zone.because));
            }
            return;
        }
        // The first had begun, then the second, and then the first was met again. The second can not have come before
        // it altogether, either: it was met when the first had begun.
        boolean shown = trace.start(b.zone.since) > a.zone.notAfter;
        report(
                shown
                        ? new Contradiction(
                                Form.RETURNED, a.zone.because, b.zone.since, a.zone.since, b.zone.since, a.zone.because)
                        : new Contradiction(
                                Form.RETURNED,
                                a.zone.because,
                                b.zone.since,
                                a.zone.since,
                                b.zone.since,
                                b.zone.because,
                                a.zone.because));
    }

    /** Where nothing is ever deleted, only the first write can have found nothing. */
    private void twoCreates() {
        Life first = lives.get(0);
        for (Life life : lives) {
            if (trace.kind(life.root) == Kind.CREATE
                    && life != first
                    && (trace.kind(first.root) == Kind.CREATE || trace.start(life.root) > first.zone.notAfter)) {
                report(Contradiction.of(Form.CREATED_TWICE, life.root, first.root));
            }
        }
    }

    /**
     * A delete was accepted of a version that a write replaced at the time, amid the life that went on. Asked first:
     * whoever found nothing then, or was refused, was told so because of it.
     */
    private void deletesOfReplaced() {
        List<Life> forward = lives.stream().filter(Life::forward).toList();
        for (int i = 0; i < trace.size() && found == null; i++) {
            int child = trace.is(i, Kind.REMOVE, Fate.APPLIED) ? lineage.firstChild(trace.parent(i)) : -1;
            if (child >= 0 && trace.kind(child) == Kind.REPLACE && trace.start(child) <= trace.end(i)) {
                amid(forward, i);
            }
        }
    }

    /** Whoever found nothing, or left nothing, did so between lives. */
    private void absences() {
        Bound forGood = new Bound();
        if (!removes) {
            lives.forEach(life -> forGood.notAfter(life.zone.notAfter, life.zone.since));
        }
        List<Life> forward = lives.stream().filter(Life::forward).toList();
        for (int i = 0; i < trace.size() && found == null; i++) {
            boolean foundNothing = trace.reads(i) && !trace.unknown(i) && trace.version(i) == Trace.ABSENT;
            if (!foundNothing && !trace.is(i, Kind.REMOVE, Fate.APPLIED)) {
                continue;
            }
            if (forGood.notAfter < trace.start(i)) {
                report(Contradiction.of(Form.MISSING, i, forGood.since));
                return;
            }
            amid(forward, i);
        }
    }

    /** Reports what found or left nothing, if it began and ended in the zone of one life. */
    private void amid(List<Life> forward, int i) {
        Life around = lastBegunBefore(forward, trace.start(i));
        if (around != null && trace.end(i) < around.zone.notBefore) {
            report(
                    around.zone.because < 0
                            ? Contradiction.of(Form.MISSING, i, around.zone.since)
                            : new Contradiction(
                                    Form.MISSING, i, around.zone.since, around.zone.since, i, around.zone.because));
        }
    }

    /** A refused create met something: a life, or a create whose outcome nobody knows. */
    private void refusedCreates() {
        Life[] byStart = lives.toArray(new Life[0]);
        Arrays.sort(byStart, Comparator.comparingLong(life -> trace.start(life.root)));
        long[] reach = new long[byStart.length];
        long furthest = Long.MIN_VALUE;
        for (int k = 0; k < byStart.length; k++) {
            furthest = Math.max(furthest, byStart[k].remove < 0 ? Long.MAX_VALUE : trace.end(byStart[k].remove));
            reach[k] = furthest;
        }
        for (int i = 0; i < trace.size(); i++) {
            if (!trace.is(i, Kind.CREATE, Fate.REFUSED) || unknownCreate <= trace.end(i)) {
                continue;
            }
            int low = 0;
            int high = byStart.length;
            while (low < high) {
                int middle = (low + high) >>> 1;
                if (trace.start(byStart[middle].root) <= trace.end(i)) {
                    low = middle + 1;
                } else {
                    high = middle;
                }
            }
            if (low == 0 || reach[low - 1] < trace.start(i)) {
                report(Contradiction.of(Form.REFUSED, i, -1));
                return;
            }
        }
    }
}
