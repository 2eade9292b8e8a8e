package dev.etalon.core.check;

import dev.etalon.core.check.Trace.Kind;
import java.util.Arrays;
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

    /** In flight, the one that ends first at the end. Few, so that insertion is cheaper than a heap. */
    private int[] flying = new int[16];

    private int count;

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
            while (count > 0 && trace.end(flying[count - 1]) < trace.start(i)) {
                if (!visitor.ends(flying[--count])) {
                    return;
                }
            }
            visitor.begins(i);
            if (!trace.unknown(i)) {
                fly(i);
            }
        }
        while (count > 0) {
            if (!visitor.ends(flying[--count])) {
                return;
            }
        }
    }

    private void fly(int i) {
        if (count == flying.length) {
            flying = Arrays.copyOf(flying, 2 * count);
        }
        int at = count++;
        while (at > 0 && trace.end(flying[at - 1]) <= trace.end(i)) {
            flying[at] = flying[at - 1];
            at--;
        }
        flying[at] = i;
    }
}
