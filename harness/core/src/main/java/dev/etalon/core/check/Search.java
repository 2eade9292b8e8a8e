package dev.etalon.core.check;

import dev.etalon.core.check.Trace.Fate;
import dev.etalon.core.check.Trace.Kind;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;

/**
 * Decides whether a history of one key is linearizable by looking for an order: complete, for every kind of operation in
 * any mixture, bounded by a number of branches.
 *
 * <p>A depth-first search in the manner of Wing, Gong and Lowe, with three rules that this object allows. <em>Reads and
 * refusals first</em>: whatever is true now, may come now and changes nothing, is placed without branching. <em>Never
 * leave a version that somebody still needs</em>: a version does not return, so an operation that needs it could not be
 * placed later. With them only writes branch, and successful conditional writes follow each other in one way only. A third
 * spares what unconditional writes would cost: <em>of operations that do the same, one</em>. Writes whose version nobody
 * names can trade places, and so can deletes; the one that must come first is tried, and the others never instead of it.
 * Those without an answer never have to come, so they are counted rather than looked at.
 *
 * <p>Proof: {@code docs/judge.md}. Used once; not thread-safe.
 */
final class Search {
    /** Branches after which nobody waits any longer; some seconds of work. */
    static final int BRANCHES_MAX = 1_000_000;

    /** What was found out. */
    enum Answer {
        LINEARIZABLE,
        VIOLATION,
        /** The bound was reached first. */
        UNDECIDED
    }

    private final Trace trace;
    private final int branchesMax;

    /**
     * Unplaced operations in order of start, as a ring through {@code size}; links can be undone in reverse order. Those
     * that are {@link #spare} are not among them: without an end they would be met at every step to the end.
     */
    private final int[] next;

    private final int[] previous;
    private final int sentinel;

    /** By kind, in order of start: writes of unknown outcome that no request observes. They are not in the ring. */
    private final int[][] spare = new int[Kind.values().length][];

    /** By kind: how many of the spare writes are placed, always the first ones. */
    private final int[] spent = new int[spare.length];

    /** How many unplaced known operations need each version to be current. */
    private final int[] needed;

    private final boolean[] left;

    /** Versions that some operation needs, refuses or leads on from, but for unknown writes without an observer. */
    private final boolean[] named;

    private int state = Trace.ABSENT;
    private int unplacedKnown;

    /** What was done, to be undone: placed operations, and for each the state before. */
    private int[] undo = new int[64];

    private int[] undoState = new int[64];
    private int done;

    private long hash0;
    private long hash1;
    private final Set<Configuration> met = new HashSet<>();
    private int branches;

    /** A set of placed operations and the state they led to; 128 bits of hash make an accident unthinkable. */
    private record Configuration(int state, long hash0, long hash1) {}

    private Search(Trace trace, int branchesMax) {
        this.trace = trace;
        this.branchesMax = branchesMax;
        int n = trace.size();
        sentinel = n;
        next = new int[n + 1];
        previous = new int[n + 1];
        needed = new int[trace.versions() + 1];
        left = new boolean[trace.versions() + 1];
        named = named(trace);
        int[] order = Sweep.inOrderOfStart(trace);
        for (Kind kind : Kind.values()) {
            spare[kind.ordinal()] = IntStream.of(order)
                    .filter(i -> trace.kind(i) == kind && spare(i))
                    .toArray();
        }
        int last = sentinel;
        for (int i : order) {
            if (spare(i)) {
                continue;
            }
            next[last] = i;
            previous[i] = last;
            last = i;
            if (!trace.unknown(i)) {
                unplacedKnown++;
                needed[need(i)]++;
            }
        }
        next[last] = sentinel;
        previous[sentinel] = last;
    }

    private static boolean[] named(Trace trace) {
        boolean[] named = new boolean[trace.versions() + 1];
        for (int i = 0; i < trace.size(); i++) {
            if (trace.unknown(i) && trace.kind(i) != Kind.REMOVE) {
                continue;
            }
            int v = trace.reads(i) ? trace.version(i) : trace.parent(i);
            while (v > Trace.ABSENT && !named[v]) {
                named[v] = true;
                v = trace.predecessor(v);
            }
        }
        return named;
    }

    /** Whether any other of its kind that has begun can stand for an operation: nothing tells which of them came when. */
    private boolean spare(int i) {
        return trace.unknown(i)
                && switch (trace.kind(i)) {
                    case DELETE -> true;
                    case PUT, CREATE -> !named[trace.version(i)];
                    default -> false;
                };
    }

    /** Decides a history. */
    static Answer decide(Trace trace, int branchesMax) {
        return new Search(trace, branchesMax).run();
    }

    /** The version that must be current for a known operation to take place; {@link Trace#ABSENT} also for "none". */
    private int need(int i) {
        if (trace.reads(i)) {
            return trace.version(i);
        }
        return trace.is(i, Kind.REPLACE, Fate.APPLIED) ? trace.parent(i) : Trace.ABSENT;
    }

    /** One level of the search: what could be tried here, and how far what was placed reached before. */
    private record Branch(int[] candidates, int[] tried, int done) {}

    private Answer run() {
        List<Branch> path = new ArrayList<>();
        while (true) {
            placeWhatChangesNothing();
            if (unplacedKnown == 0) {
                return Answer.LINEARIZABLE;
            }
            int[] candidates = candidates();
            if (candidates.length > 1 && !met.add(new Configuration(state, hash0, hash1))) {
                candidates = new int[0];
            }
            path.add(new Branch(candidates, new int[1], done));
            while (true) {
                Branch branch = path.get(path.size() - 1);
                undoTo(branch.done());
                int number = branch.tried()[0]++;
                if (number < branch.candidates().length) {
                    if (branch.candidates().length > 1 && ++branches > branchesMax) {
                        return Answer.UNDECIDED;
                    }
                    place(branch.candidates()[number]);
                    break;
                }
                path.remove(path.size() - 1);
                if (path.isEmpty()) {
                    return Answer.VIOLATION;
                }
            }
            if (path.get(path.size() - 1).candidates().length == 1) {
                // Nothing to come back to: the path is no longer than the number of true choices.
                Branch only = path.remove(path.size() - 1);
                if (path.isEmpty()) {
                    path.add(only);
                }
            }
        }
    }

    /** Rule 1. */
    private void placeWhatChangesNothing() {
        long leastEnd = Long.MAX_VALUE;
        for (int i = next[sentinel]; i != sentinel && trace.start(i) <= leastEnd; i = next[i]) {
            if (trueNow(i)) {
                place(i);
            } else {
                leastEnd = Math.min(leastEnd, trace.end(i));
            }
        }
    }

    private boolean trueNow(int i) {
        if (trace.reads(i)) {
            return state == trace.version(i);
        }
        if (trace.refused(i)) {
            return state != trace.parent(i);
        }
        if (trace.parent(i) == Trace.ABSENT || !left[trace.parent(i)]) {
            return false;
        }
        // An unknown conditional write whose parent has been left was never applied. A delete of it found nothing.
        return trace.unknown(i) || (trace.kind(i) == Kind.REMOVE && state == Trace.ABSENT);
    }

    /** Rules 2 and 3: what may come next and changes the state. The one that ended earliest is tried first. */
    private int[] candidates() {
        int[] found = new int[8];
        int count = 0;
        int put = -1;
        int create = -1;
        int delete = -1;
        boolean refused = false;
        long leastEnd = leastEnd();
        for (int i = next[sentinel]; i != sentinel && trace.start(i) <= leastEnd; i = next[i]) {
            if (!possible(i)) {
                // What is refused and unplaced waits for the state to be left.
                refused |= trace.refused(i) && !trace.reads(i);
            } else if (trace.kind(i) == Kind.DELETE) {
                delete = endsFirst(delete, i);
            } else if (trace.kind(i) == Kind.PUT && !named[trace.version(i)]) {
                put = endsFirst(put, i);
            } else if (trace.kind(i) == Kind.CREATE && !named[trace.version(i)]) {
                create = endsFirst(create, i);
            } else {
                found = with(found, count++, i);
            }
        }
        // An operation without an answer stands in where none with an answer does the same, for that has to be placed.
        delete = delete >= 0 ? delete : nextSpare(Kind.DELETE, leastEnd);
        if (delete >= 0) {
            found = with(found, count++, delete);
        }
        // Without an observer an unknown write is good for one thing: to make way for a refusal.
        put = put >= 0 || !refused ? put : nextSpare(Kind.PUT, leastEnd);
        if (put >= 0) {
            found = with(found, count++, put);
        }
        create = create >= 0 || !refused ? create : nextSpare(Kind.CREATE, leastEnd);
        if (create >= 0) {
            found = with(found, count++, create);
        }
        if (count > 1) {
            return IntStream.of(found)
                    .limit(count)
                    .boxed()
                    .sorted(Comparator.comparingLong(trace::end))
                    .mapToInt(Integer::intValue)
                    .toArray();
        }
        return Arrays.copyOf(found, count);
    }

    /** The unplaced spare operation of a kind that began first, if it may come next; else -1. */
    private int nextSpare(Kind kind, long leastEnd) {
        int[] all = spare[kind.ordinal()];
        int used = spent[kind.ordinal()];
        return used < all.length && trace.start(all[used]) <= leastEnd && possible(all[used]) ? all[used] : -1;
    }

    private int endsFirst(int a, int b) {
        return a >= 0 && trace.end(a) <= trace.end(b) ? a : b;
    }

    private static int[] with(int[] array, int at, int value) {
        int[] longer = at == array.length ? Arrays.copyOf(array, 2 * at) : array;
        longer[at] = value;
        return longer;
    }

    private long leastEnd() {
        long leastEnd = Long.MAX_VALUE;
        for (int i = next[sentinel]; i != sentinel && trace.start(i) <= leastEnd; i = next[i]) {
            leastEnd = Math.min(leastEnd, trace.end(i));
        }
        return leastEnd;
    }

    private boolean possible(int i) {
        if (trace.reads(i) || trace.refused(i)) {
            return false;
        }
        if (state == Trace.ABSENT && (trace.kind(i) == Kind.DELETE || trace.kind(i) == Kind.REMOVE)) {
            return trace.applied(i);
        }
        boolean meets = trace.kind(i) == Kind.PUT || trace.kind(i) == Kind.DELETE || state == trace.parent(i);
        if (!meets || state == Trace.ABSENT) {
            return meets;
        }
        int byItself = !trace.unknown(i) && need(i) == state ? 1 : 0;
        return needed[state] == byItself;
    }

    private void place(int i) {
        if (done == undo.length) {
            undo = Arrays.copyOf(undo, 2 * done);
            undoState = Arrays.copyOf(undoState, 2 * done);
        }
        undo[done] = i;
        undoState[done++] = state;
        if (spare(i)) {
            spent[trace.kind(i).ordinal()]++;
        } else {
            next[previous[i]] = next[i];
            previous[next[i]] = previous[i];
        }
        mix(i);
        if (!trace.unknown(i)) {
            unplacedKnown--;
            needed[need(i)]--;
        }
        if (!trace.reads(i) && !trace.refused(i) && applies(i)) {
            if (state != Trace.ABSENT) {
                left[state] = true;
            }
            Kind kind = trace.kind(i);
            state = kind == Kind.REMOVE || kind == Kind.DELETE ? Trace.ABSENT : trace.version(i);
        }
    }

    /** An unknown write whose parent is gone is placed without effect. */
    private boolean applies(int i) {
        return !trace.unknown(i)
                || trace.kind(i) == Kind.PUT
                || trace.kind(i) == Kind.DELETE
                || state == trace.parent(i);
    }

    private void undoTo(int mark) {
        while (done > mark) {
            int i = undo[--done];
            state = undoState[done];
            if (state != Trace.ABSENT) {
                left[state] = false;
            }
            if (spare(i)) {
                spent[trace.kind(i).ordinal()]--;
            } else {
                next[previous[i]] = i;
                previous[next[i]] = i;
            }
            mix(i);
            if (!trace.unknown(i)) {
                unplacedKnown++;
                needed[need(i)]++;
            }
        }
    }

    /** Zobrist hashing: placing and taking back are the same exclusive or. */
    private void mix(int i) {
        hash0 ^= scramble(i + 1L);
        hash1 ^= scramble(~(long) i);
    }

    private static long scramble(long seed) {
        long z = seed * 0x9E3779B97F4A7C15L;
        z = (z ^ (z >>> 30)) * 0xBF58476D1CE4E5B9L;
        z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
        return z ^ (z >>> 31);
    }
}
