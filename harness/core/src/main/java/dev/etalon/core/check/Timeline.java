package dev.etalon.core.check;

import dev.etalon.core.model.History;
import dev.etalon.core.model.Operation;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * When operations surely had begun and surely had ended, on one scale.
 *
 * <p>With one clock these are the recorded times. Between machines whose clocks may be {@code e} apart, one operation
 * surely preceded another only if its end lies more than {@code e} before the other's start; widening every interval by
 * half of {@code e} on both sides says just that. Rounds that a barrier separates stay apart whatever the clocks say: the
 * coordinator's message lies between them.
 *
 * <p>Sound as long as the bound holds. An inversion that is smaller than twice the bound may be missed.
 *
 * @param starts of each operation, in nanoseconds
 * @param ends of each operation, in nanoseconds; {@link Long#MAX_VALUE} for an unknown outcome
 */
record Timeline(long[] starts, long[] ends) {
    /** The times as recorded. */
    static Timeline of(List<Operation> operations) {
        return of(operations, History.Clocks.ONE);
    }

    /**
     * The times as far as the clocks can be trusted.
     *
     * @throws BrokenPrecondition when a barrier shows that the clocks were further apart than their bound, or the bound is
     *     so wide that it leaves the range of times
     */
    static Timeline of(List<Operation> operations, History.Clocks clocks) {
        int n = operations.size();
        long before = clocks.several() ? clocks.boundNs() / 2 : 0;
        long after = clocks.several() ? clocks.boundNs() - before : 0;
        long[] starts = new long[n];
        long[] ends = new long[n];
        for (int i = 0; i < n; i++) {
            Operation op = operations.get(i);
            starts[i] = plus(op.startNs(), -before);
            ends[i] = op.unknown() ? Long.MAX_VALUE : plus(op.endNs(), after);
            if (clocks.several() && (starts[i] == Long.MIN_VALUE || (ends[i] == Long.MAX_VALUE && !op.unknown()))) {
                throw new BrokenPrecondition(
                        "P5",
                        "the clocks may be " + clocks.boundNs() + " ns apart, and with that the times of request "
                                + op.id() + " leave the range of 64 bits");
            }
        }
        if (clocks.several() && clocks.barriers()) {
            keepRoundsApart(operations, before, after, starts, ends);
        }
        return new Timeline(starts, ends);
    }

    /** A sum that stays within 64 bits. */
    static long plus(long a, long b) {
        long sum = a + b;
        return ((a ^ sum) & (b ^ sum)) < 0 ? (a < 0 ? Long.MIN_VALUE : Long.MAX_VALUE) : sum;
    }

    private static void keepRoundsApart(
            List<Operation> operations, long before, long after, long[] starts, long[] ends) {
        // The latest instant that was surely still within a round: no later round began before that. Where nobody knows
        // when a request ended it began within the round, and what is cut off at the barrier may have overlapped it.
        TreeMap<Integer, Long> within = new TreeMap<>();
        for (int i = 0; i < operations.size(); i++) {
            long last = ends[i] == Long.MAX_VALUE ? starts[i] : plus(ends[i], -before - after);
            within.merge(operations.get(i).round(), last, Math::max);
        }
        // A barrier is later than the one before it, also where a clock that runs behind timed the whole round.
        TreeMap<Integer, Long> barriers = new TreeMap<>();
        long reached = Long.MIN_VALUE;
        long barred = Long.MIN_VALUE;
        for (Map.Entry<Integer, Long> round : within.entrySet()) {
            reached = Math.max(reached, round.getValue());
            barred = Math.max(barred + 1, reached);
            round.setValue(reached);
            barriers.put(round.getKey(), barred);
        }
        for (int i = 0; i < operations.size(); i++) {
            int round = operations.get(i).round();
            Map.Entry<Integer, Long> earlier = within.lowerEntry(round);
            if (earlier != null) {
                if (plus(starts[i], before + after) < earlier.getValue()) {
                    throw new BrokenPrecondition(
                            "P5",
                            "the clocks were further apart than their bound says: request "
                                    + operations.get(i).id() + " of round " + round
                                    + " began, by its clock, before an earlier round had ended");
                }
                starts[i] = Math.max(starts[i], barriers.lowerEntry(round).getValue() + 1);
            }
            Long barrier = barriers.get(round);
            if (barrier != null && ends[i] != Long.MAX_VALUE && barriers.higherKey(round) != null) {
                ends[i] = Math.min(ends[i], barrier);
            }
            ends[i] = Math.max(ends[i], starts[i]);
        }
    }
}
