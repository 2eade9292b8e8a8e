package dev.etalon.core.check;

import dev.etalon.core.check.Trace.Kind;
import java.util.Comparator;
import java.util.stream.IntStream;

/**
 * Walks through the begins and ends of a key's operations in order of time. At one instant begins come first, for ties
 * are overlap. An operation whose outcome is unknown never ends.
 */
final class Sweep {
    /** Is told each event. */
    interface Visitor {
        void begins(int operation);

        /**
         * An operation ends.
         *
         * @return whether to go on
         */
        boolean ends(int operation);
    }

    private final Trace trace;
    private final Visitor visitor;

    /**
     * In flight, from {@code head} to {@code tail}, the one that ends first at the head. Few, and what began last mostly
     * ends late, so that insertion is cheaper than a heap.
     */
    private int[] flying = new int[64];

    /** When those in flight end. */
    private long[] ends = new long[64];

    private int head;
    private int tail;

    private Sweep(Trace trace, Visitor visitor) {
        this.trace = trace;
        this.visitor = visitor;
    }

    /** Walks through all of them, or until the visitor has enough. */
    static void through(Trace trace, Visitor visitor) {
        new Sweep(trace, visitor).run();
    }

    /** The operations that constrain the register, in order of start. */
    static int[] inOrderOfStart(Trace trace) {
        int count = 0;
        for (int i = 0; i < trace.size(); i++) {
            count += constrains(trace, i) ? 1 : 0;
        }
        int[] order = new int[count];
        boolean sorted = true;
        count = 0;
        for (int i = 0; i < trace.size(); i++) {
            if (constrains(trace, i)) {
                sorted &= count == 0 || trace.start(order[count - 1]) <= trace.start(i);
                order[count++] = i;
            }
        }
        return sorted
                ? order
                : IntStream.of(order)
                        .boxed()
                        .sorted(Comparator.comparingLong(trace::start))
                        .mapToInt(Integer::intValue)
                        .toArray();
    }

    private static boolean constrains(Trace trace, int i) {
        return trace.kind(i) != Kind.NOTHING && !(trace.reads(i) && trace.unknown(i));
    }

    private void run() {
        for (int i : inOrderOfStart(trace)) {
            while (head < tail && ends[head] < trace.start(i)) {
                if (!visitor.ends(flying[head++])) {
                    return;
                }
            }
            visitor.begins(i);
            if (!trace.unknown(i)) {
                fly(i);
            }
        }
        while (head < tail) {
            if (!visitor.ends(flying[head++])) {
                return;
            }
        }
    }

    private void fly(int i) {
        if (tail == flying.length) {
            room();
        }
        long end = trace.end(i);
        int at = tail++;
        while (at > head && ends[at - 1] > end) {
            flying[at] = flying[at - 1];
            ends[at] = ends[at - 1];
            at--;
        }
        flying[at] = i;
        ends[at] = end;
    }

    /** Moves what is in flight to the front, into twice the room if it takes more than half of what there is. */
    private void room() {
        int count = tail - head;
        int length = 2 * count > flying.length ? 2 * flying.length : flying.length;
        int[] moreFlying = length == flying.length ? flying : new int[length];
        long[] moreEnds = length == flying.length ? ends : new long[length];
        System.arraycopy(flying, head, moreFlying, 0, count);
        System.arraycopy(ends, head, moreEnds, 0, count);
        flying = moreFlying;
        ends = moreEnds;
        head = 0;
        tail = count;
    }
}
