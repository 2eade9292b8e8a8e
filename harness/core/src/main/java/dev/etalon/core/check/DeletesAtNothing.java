package dev.etalon.core.check;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Acknowledged conditional deletes that may have found nothing there.
 *
 * <p>A server may answer 2xx to {@code DELETE If-Match} when the resource is gone already: RFC 9110 §13.1.1 allows it for
 * a change that has been made, and Amazon S3 documents 204 for directory
 * buckets. So such an answer proves that this request removed its version
 * only where nothing else can have done so. Where something else can, this weakens what is taken for granted: of several
 * deletes of one version the one answered first bounds the time at which the version was gone, the others say nothing;
 * and where the version may also have been overwritten, none of them says anything once some other delete can have come
 * after that. Weakening never accuses.
 */
final class DeletesAtNothing {
    private final Trace trace;
    private final List<Integer> removes = new ArrayList<>();
    private final List<Integer> deletes = new ArrayList<>();
    private final List<Integer> puts = new ArrayList<>();
    private final Map<Integer, List<Integer>> removesOf = new HashMap<>();
    private final boolean[] replaced;

    private DeletesAtNothing(Trace trace) {
        this.trace = trace;
        this.replaced = new boolean[trace.versions() + 1];
    }

    /** Weakens the deletes of a trace that is being built. */
    static void weaken(Trace trace) {
        new DeletesAtNothing(trace).weaken();
    }

    private void weaken() {
        for (int i = 0; i < trace.size(); i++) {
            if (trace.refused(i)) {
                continue;
            }
            switch (trace.kind(i)) {
                case REMOVE -> {
                    removes.add(i);
                    removesOf
                            .computeIfAbsent(trace.parent(i), p -> new ArrayList<>(1))
                            .add(i);
                }
                case DELETE -> deletes.add(i);
                case PUT -> puts.add(i);
                case REPLACE -> replaced[trace.parent(i)] = true;
                default -> {
                    // Neither removes nor replaces anything.
                }
            }
        }
        if (removes.size() + deletes.size() < 2) {
            return;
        }
        Overlaps anyDelete = new Overlaps(removes, deletes);
        Overlaps plainDelete = new Overlaps(deletes, List.of());
        Overlaps plainPut = new Overlaps(puts, List.of());
        List<Integer> mute = new ArrayList<>();
        Map<Integer, Long> earlier = new HashMap<>();
        removesOf.forEach((version, rivals) -> {
            int first = -1;
            long start = Long.MAX_VALUE;
            for (int i : rivals) {
                start = Math.min(start, trace.start(i));
                if (trace.applied(i) && (first < 0 || trace.end(i) < trace.end(first))) {
                    first = i;
                }
            }
            if (first < 0) {
                return;
            }
            int write = trace.writeOf(version);
            long from = trace.start(write);
            for (int i : rivals) {
                boolean overwritten = replaced[version] || plainPut.meets(write, from, trace.end(i));
                if (trace.applied(i) && (overwritten ? anyDelete.meets(i, from, trace.end(i)) : i != first)) {
                    mute.add(i);
                }
            }
            if (plainDelete.meets(first, from, trace.end(first))) {
                start = Math.min(start, from);
            }
            earlier.put(first, start);
        });
        earlier.forEach(trace::stretch);
        mute.forEach(trace::forget);
    }

    /** Tells whether any of some operations other than one meets a stretch of time. */
    private final class Overlaps {
        private final int[] inOrder;

        /** Of the operations up to each place, the one that ended last, and the second of them; -1 for none. */
        private final int[] last;

        private final int[] second;

        Overlaps(List<Integer> some, List<Integer> more) {
            List<Integer> all = new ArrayList<>(some);
            all.addAll(more);
            inOrder = all.stream()
                    .sorted((a, b) -> Long.compare(trace.start(a), trace.start(b)))
                    .mapToInt(Integer::intValue)
                    .toArray();
            last = new int[inOrder.length];
            second = new int[inOrder.length];
            int a = -1;
            int b = -1;
            for (int k = 0; k < inOrder.length; k++) {
                int i = inOrder[k];
                if (a < 0 || trace.end(i) > trace.end(a)) {
                    b = a;
                    a = i;
                } else if (b < 0 || trace.end(i) > trace.end(b)) {
                    b = i;
                }
                last[k] = a;
                second[k] = b;
            }
        }

        boolean meets(int except, long from, long to) {
            int low = 0;
            int high = inOrder.length;
            while (low < high) {
                int middle = (low + high) >>> 1;
                if (trace.start(inOrder[middle]) <= to) {
                    low = middle + 1;
                } else {
                    high = middle;
                }
            }
            if (low == 0) {
                return false;
            }
            int candidate = last[low - 1] == except ? second[low - 1] : last[low - 1];
            return candidate >= 0 && trace.end(candidate) >= from;
        }
    }
}
