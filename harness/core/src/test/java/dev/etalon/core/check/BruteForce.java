package dev.etalon.core.check;

/**
 * Decides whether a history of very few operations is linearizable by trying every order that respects real time. Takes
 * the register's table literally and shares no idea with the deciders, so that it can tell when one of them is wrong.
 */
final class BruteForce {
    private static final int IMPOSSIBLE = -1;

    private final Trace trace;

    /** For each operation the set of those that ended before it began. */
    private final int[] before;

    /** The operations whose answer is known: every one of them has its place in the order. */
    private int answered;

    /** The sets of placed operations, each with the state it left, that lead nowhere. */
    private final boolean[] met;

    private BruteForce(Trace trace) {
        this.trace = trace;
        int n = trace.size();
        before = new int[n];
        met = new boolean[(trace.versions() + 1) << n];
        for (int i = 0; i < n; i++) {
            if (trace.kind(i) == Trace.Kind.NOTHING || trace.unknown(i)) {
                continue;
            }
            answered |= 1 << i;
            for (int j = 0; j < n; j++) {
                before[j] |= trace.end(i) < trace.start(j) ? 1 << i : 0;
            }
        }
    }

    static boolean linearizable(Trace trace) {
        return new BruteForce(trace).possible(0, Trace.ABSENT);
    }

    private boolean possible(int placed, int state) {
        int here = state << trace.size() | placed;
        if ((placed & answered) == answered || met[here]) {
            return !met[here];
        }
        for (int i = 0; i < trace.size(); i++) {
            if ((placed & 1 << i) == 0 && (before[i] & ~placed) == 0) {
                int after = step(i, state);
                if (after != IMPOSSIBLE && possible(placed | 1 << i, after)) {
                    return true;
                }
            }
        }
        met[here] = true;
        return false;
    }

    /** One row of the register's table. A write without an answer may take effect as its success, or is left out. */
    private int step(int i, int state) {
        return switch (trace.kind(i)) {
            case NOTHING -> IMPOSSIBLE;
            case READ -> !trace.unknown(i) && state == trace.version(i) ? state : IMPOSSIBLE;
            case CREATE -> conditional(i, state, state == Trace.ABSENT, trace.version(i));
            case REPLACE -> conditional(i, state, state == trace.parent(i), trace.version(i));
            // Where the resource is gone already, a delete of it may be answered with success.
            case REMOVE ->
                conditional(
                        i,
                        state,
                        state == trace.parent(i) || (trace.applied(i) && state == Trace.ABSENT),
                        Trace.ABSENT);
            case PUT -> trace.version(i);
            case DELETE -> Trace.ABSENT;
        };
    }

    private int conditional(int i, int state, boolean holds, int after) {
        if (trace.refused(i)) {
            return holds ? IMPOSSIBLE : state;
        }
        return holds ? after : IMPOSSIBLE;
    }
}
