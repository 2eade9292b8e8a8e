package dev.etalon.core.check;

import dev.etalon.core.check.Trace.Kind;
import java.util.Arrays;
import java.util.BitSet;
import org.jspecify.annotations.Nullable;

/**
 * What the writes of one key say about each other: parents, depths, which of them surely took effect, and which answers
 * showed them first. Uses no clock beyond picking the earliest of several answers. Immutable once built.
 */
final class Lineage {
    private final Trace trace;
    private final int[] depth;
    private final BitSet effective;
    private final int[] firstShownBy;
    private final int[] firstReadBy;
    private final int[] firstChild;
    private final int[] firstRemove;
    private final BitSet forked = new BitSet();

    /** What proved each version. Made only where a contradiction makes one ask. */
    private int @Nullable [] provenBy;

    private Lineage(Trace trace) {
        this.trace = trace;
        int versions = trace.versions() + 1;
        depth = new int[versions];
        effective = new BitSet(versions);
        firstShownBy = filled(versions);
        firstReadBy = filled(versions);
        firstChild = filled(versions);
        firstRemove = filled(versions);
        for (int v = 1; v < versions; v++) {
            measure(v);
        }
        for (int i = 0; i < trace.size(); i++) {
            if (trace.reads(i) && !trace.unknown(i)) {
                int v = trace.version(i);
                firstReadBy[v] = earlier(firstReadBy[v], i);
                shownBy(v, i);
            } else if (trace.applied(i) && writes(i)) {
                shownBy(trace.version(i), i);
                if (trace.kind(i) == Kind.REMOVE) {
                    // Accepted upon absence too: it does not prove that what it named was ever there.
                    effective.set(trace.version(i));
                } else {
                    prove(trace.version(i));
                }
                if (trace.kind(i) == Kind.REPLACE) {
                    shownBy(trace.parent(i), i);
                }
            }
        }
        for (int v = 1; v < versions; v++) {
            int write = trace.writeOf(v);
            if (firstReadBy[v] >= 0 && !trace.refused(write)) {
                prove(v);
            }
        }
        for (int i = 0; i < trace.size(); i++) {
            if (trace.kind(i) != Kind.NOTHING && !trace.reads(i) && !trace.refused(i)) {
                if (effective.get(trace.version(i))) {
                    child(i);
                }
            }
        }
    }

    static Lineage of(Trace trace) {
        return new Lineage(trace);
    }

    private static int[] filled(int length) {
        int[] array = new int[length];
        Arrays.fill(array, -1);
        return array;
    }

    /** Depth of a version: 1 for what has no parent, else the parent's + 1. Iterative, for chains are long. */
    private void measure(int version) {
        int steps = 0;
        int v = version;
        while (v > Trace.ABSENT && depth[v] == 0) {
            v = trace.predecessor(v);
            if (++steps > depth.length) {
                throw new BrokenPrecondition(
                        "P3",
                        "version " + trace.operation(trace.writeOf(version)).version()
                                + " is, by way of its parents, its own parent");
            }
        }
        int above = v > Trace.ABSENT ? depth[v] : 0;
        for (v = version; v > Trace.ABSENT && depth[v] == 0; v = trace.predecessor(v)) {
            depth[v] = above + steps--;
        }
    }

    private boolean writes(int i) {
        return trace.kind(i) != Kind.NOTHING && !trace.reads(i);
    }

    private void shownBy(int version, int i) {
        firstShownBy[version] = earlier(firstShownBy[version], i);
    }

    /** Of two operations the one whose answer came first; the other where one is missing. */
    private int earlier(int a, int b) {
        return b < 0 || (a >= 0 && trace.end(a) <= trace.end(b)) ? a : b;
    }

    /** What was applied or seen has been applied, and so has every ancestor of it. */
    private void prove(int version) {
        for (int v = version; v > Trace.ABSENT && !effective.get(v); v = trace.predecessor(v)) {
            if (trace.refused(trace.writeOf(v))) {
                return;
            }
            effective.set(v);
        }
    }

    private void child(int i) {
        int parent = trace.parent(i);
        // What has no condition, or asks for absence, is built upon absence; a delete without a condition builds
        // nothing.
        boolean root = trace.kind(i) == Kind.CREATE || trace.kind(i) == Kind.PUT;
        if (trace.kind(i) == Kind.REMOVE && parent > Trace.ABSENT) {
            firstRemove[parent] = earlier(firstRemove[parent], i);
        } else if (root || parent > Trace.ABSENT) {
            if (firstChild[parent] < 0) {
                firstChild[parent] = i;
            } else {
                forked.set(parent);
            }
        }
    }

    /** Distance from absence along parents: 1 and up. */
    int depth(int version) {
        return version == Trace.ABSENT ? 0 : depth[version];
    }

    /** Whether it surely took effect: its write was acknowledged, or it or a descendant was seen. */
    boolean effective(int version) {
        return effective.get(version);
    }

    /** The answer that showed a version first: a read, its own acknowledgement, or a success upon it; -1 for none. */
    int firstShownBy(int version) {
        return firstShownBy[version];
    }

    /** The answer that was the first to show a version or one that was built on it, so that it had been applied. */
    int provenBy(int version) {
        if (provenBy == null) {
            int[] proofs = firstShownBy.clone();
            Integer[] deepestFirst = new Integer[proofs.length - 1];
            Arrays.setAll(deepestFirst, v -> v + 1);
            Arrays.sort(deepestFirst, (a, b) -> Integer.compare(depth[b], depth[a]));
            for (int v : deepestFirst) {
                int up = trace.predecessor(v);
                if (up > Trace.ABSENT && !trace.refused(trace.writeOf(v))) {
                    proofs[up] = earlier(proofs[up], proofs[v]);
                }
            }
            provenBy = proofs;
        }
        return provenBy[version];
    }

    /** The read that showed a version first; -1 for none. */
    int firstReadBy(int version) {
        return firstReadBy[version];
    }

    /**
     * What followed a version: the effective write upon it that began first, else the acknowledged delete of it that was
     * answered first; -1 for none. Absence was followed by the first write without a parent.
     */
    int firstChild(int version) {
        return firstChild[version] >= 0 ? firstChild[version] : firstRemove[version];
    }

    /** Whether more than one effective write names a version as parent. Deletes may: see {@link Trace.Kind#REMOVE}. */
    boolean forked(int version) {
        return forked.get(version);
    }
}
