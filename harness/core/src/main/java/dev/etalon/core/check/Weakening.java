package dev.etalon.core.check;

import dev.etalon.core.model.Operation;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.TreeSet;

/**
 * Finds the few operations of a contradictory history that contradict each other whatever became of the rest.
 *
 * <p>An operation is weakened by forgetting its answer: a read then says nothing and goes; a write, acknowledged or
 * refused, becomes one with unknown outcome. Weakening only ever allows more orders, so what is contradictory with most
 * operations weakened is contradictory as it stands. Bounded: when the bound is reached the witness is longer than it need
 * be, but no less a proof.
 */
final class Weakening {
    private static final int SEARCHES_MAX = 600;
    private static final int BRANCHES_MAX = 20_000;

    private final Trace trace;

    /** Whether what is forgotten of other writes is nothing: a refusal had no effect. */
    private final boolean held;

    private int searches;

    private Weakening(Trace trace, boolean held) {
        this.trace = trace;
        this.held = held;
    }

    /** The indices of operations that no order explains, in order of start; all answered ones if none can be spared. */
    static int[] witness(Trace trace) {
        return new Weakening(trace, false).reduce().stream().toArray();
    }

    /**
     * Of the operations that no order explains if what all other writes were answered is held true, those that are no
     * acknowledged writes. None where acknowledged writes alone contradict each other.
     */
    static int[] looks(Trace trace) {
        Weakening weakening = new Weakening(trace, true);
        return weakening.looks(weakening.reduce()).stream().toArray();
    }

    private BitSet reduce() {
        BitSet known = new BitSet(trace.size());
        for (int i = 0; i < trace.size(); i++) {
            if (!trace.unknown(i)
                    && (trace.kind(i) != Trace.Kind.NOTHING
                            || trace.operation(i).write())) {
                known.set(i);
            }
        }
        known = shortestPrefix(known);
        // What many lean on comes last: a forgotten write makes many orders possible, a forgotten read few.
        known = without(known, looks(known));
        if (!held) {
            known = without(known, writes(known));
            known = without(known, looks(known));
        }
        return known;
    }

    private BitSet looks(BitSet known) {
        BitSet some = (BitSet) known.clone();
        known.stream().filter(i -> !trace.reads(i) && !trace.refused(i)).forEach(some::clear);
        return some;
    }

    private BitSet writes(BitSet known) {
        BitSet some = (BitSet) known.clone();
        known.stream().filter(i -> trace.reads(i) || trace.refused(i)).forEach(some::clear);
        return some;
    }

    private BitSet without(BitSet known, BitSet spare) {
        BitSet kept = known;
        BitSet left = (BitSet) spare.clone();
        for (int chunk = Integer.highestOneBit(Math.max(1, left.cardinality() / 2)); chunk >= 1; chunk /= 2) {
            kept = without(kept, left, chunk);
            left.and(kept);
        }
        return kept;
    }

    /** Forgets every answer after the instant at which the history stopped making sense. */
    private BitSet shortestPrefix(BitSet known) {
        long[] ends = known.stream()
                .mapToLong(trace::end)
                .boxed()
                .collect(TreeSet<Long>::new, TreeSet::add, TreeSet::addAll)
                .stream()
                .mapToLong(Long::longValue)
                .toArray();
        int low = 0;
        int high = ends.length - 1;
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (contradictory(until(known, ends[middle]))) {
                high = middle;
            } else {
                low = middle + 1;
            }
        }
        BitSet prefix = until(known, ends[low]);
        return contradictory(prefix) ? prefix : known;
    }

    private BitSet until(BitSet known, long ns) {
        BitSet prefix = (BitSet) known.clone();
        known.stream().filter(i -> trace.end(i) > ns).forEach(prefix::clear);
        return prefix;
    }

    private BitSet without(BitSet known, BitSet spare, int chunk) {
        BitSet kept = known;
        int[] all = spare.stream().toArray();
        for (int from = 0; from < all.length && searches < SEARCHES_MAX; from += chunk) {
            BitSet less = (BitSet) kept.clone();
            Arrays.stream(all, from, Math.min(all.length, from + chunk)).forEach(less::clear);
            if (contradictory(less)) {
                kept = less;
            }
        }
        return kept;
    }

    private boolean contradictory(BitSet known) {
        searches++;
        List<Operation> weaker = new ArrayList<>();
        List<Integer> places = new ArrayList<>();
        BitSet answered = new BitSet(trace.size());
        for (int i = 0; i < trace.size(); i++) {
            Operation op = trace.operation(i);
            int twin = trace.twin(i);
            if (known.get(i) || (twin >= 0 && known.get(twin))) {
                // An answer that says two things is known or forgotten as a whole.
                weaker.add(op);
                places.add(i);
                answered.set(i);
            } else if (!trace.again(i)
                    && op.write()
                    && (!trace.reads(i) || trace.mayHaveDeleted(i))
                    && !(held && trace.refused(i))) {
                weaker.add(op.unanswered());
                places.add(i);
            }
        }
        long[] starts = places.stream().mapToLong(trace::start).toArray();
        long[] ends = places.stream()
                .mapToLong(i -> answered.get(i) ? trace.end(i) : Long.MAX_VALUE)
                .toArray();
        Trace forgetful = Trace.of(weaker, new Timeline(starts, ends), trace.doubts());
        return Search.decide(forgetful, BRANCHES_MAX) == Search.Answer.VIOLATION;
    }
}
