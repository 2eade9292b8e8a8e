package dev.etalon.core.check;

import dev.etalon.core.check.LiteralRegister.Reading;
import dev.etalon.core.model.Observation;
import dev.etalon.core.model.Operation;
import dev.etalon.core.model.Precondition;
import java.util.List;

/**
 * Decides whether a history of very few operations is linearizable by trying every order that respects real time. Works
 * on the operations themselves and takes the register's table literally ({@link LiteralRegister}), so that it can tell
 * when the judge is wrong.
 *
 * <p>An operation whose answer is known has its place in the order. A write without an answer takes effect once, at any
 * time from its start on, or never.
 */
final class BruteForce {
    /** Whether it is held for certain that every validator had been shown before it was sent (P3). */
    enum Provenance {
        UNKNOWN,
        CERTAIN
    }

    private final int size;

    /** For each operation and each state before it the state after it. */
    private final int[][] after;

    /** For each operation the set of those that ended before it began. */
    private final int[] before;

    /** For each operation the set of those of which one at least came first; 0 where none need to. */
    private final int[] shown;

    /** The operations whose answer is known: every one of them has its place in the order. */
    private int answered;

    /** The sets of placed operations, each with the state it left, that lead nowhere. */
    private final boolean[] met;

    private BruteForce(List<Operation> operations, Reading reading, Provenance provenance) {
        LiteralRegister register = new LiteralRegister(operations, reading);
        size = operations.size();
        before = new int[size];
        shown = new int[size];
        int states = register.versions() + 1;
        after = new int[size][states];
        met = new boolean[states << size];
        for (int i = 0; i < size; i++) {
            Operation op = operations.get(i);
            answered |= op.unknown() ? 0 : 1 << i;
            for (int state = 0; state < states; state++) {
                after[i][state] = !op.unknown()
                        ? register.answered(op, state)
                        : op.write() ? register.effect(op, state) : LiteralRegister.IMPOSSIBLE;
            }
            for (int j = 0; j < size && !op.unknown(); j++) {
                before[j] |= op.endNs() < operations.get(j).startNs() ? 1 << i : 0;
            }
        }
        for (int i = 0; i < size && provenance == Provenance.CERTAIN; i++) {
            shown[i] = shown(operations, operations.get(i));
        }
    }

    /** Whether some order explains every answer, as far as the table goes. */
    static boolean linearizable(List<Operation> operations) {
        return linearizable(operations, Reading.TABLE, Provenance.UNKNOWN);
    }

    static boolean linearizable(List<Operation> operations, Reading reading, Provenance provenance) {
        return !otherwise(operations) && new BruteForce(operations, reading, provenance).possible(0, 0);
    }

    /** Whether a body says something else of itself at one read than at another. */
    private static boolean otherwise(List<Operation> operations) {
        for (Operation a : operations) {
            for (Operation b : operations) {
                if (a.observation() instanceof Observation.Seen one
                        && b.observation() instanceof Observation.Seen other
                        && one.version().equals(other.version())
                        && !one.equals(other)) {
                    return true;
                }
            }
        }
        return false;
    }

    /** The answers that may have shown the tag a request was sent with. */
    private static int shown(List<Operation> operations, Operation request) {
        if (request.invocation().precondition().kind() != Precondition.Kind.IF_MATCH) {
            return 0;
        }
        int shown = 0;
        for (int j = 0; j < operations.size(); j++) {
            Operation by = operations.get(j);
            if (by != request && !by.unknown() && shows(by, request)) {
                shown |= 1 << j;
            }
        }
        return shown;
    }

    private static boolean shows(Operation by, Operation request) {
        Precondition sent = by.invocation().precondition();
        boolean itself = by.write()
                ? by.applied() && !by.removes() && by.version().equals(request.parent())
                : by.seen().filter(request.parent()::equals).isPresent()
                        || (by.status() == 304
                                && sent.kind() == Precondition.Kind.IF_NONE_MATCH
                                && sent.version().equals(request.parent()));
        boolean upon = by.write()
                && by.applied()
                && sent.kind() == Precondition.Kind.IF_MATCH
                && sent.version().equals(request.parent());
        return itself ? by.endNs() <= request.startNs() : upon && by.endNs() < request.startNs();
    }

    private boolean possible(int placed, int state) {
        int here = state << size | placed;
        if ((placed & answered) == answered || met[here]) {
            return !met[here];
        }
        for (int i = 0; i < size; i++) {
            if ((placed & 1 << i) == 0
                    && (before[i] & ~placed) == 0
                    && (shown[i] == 0 || (shown[i] & placed) != 0)
                    && after[i][state] != LiteralRegister.IMPOSSIBLE
                    && possible(placed | 1 << i, after[i][state])) {
                return true;
            }
        }
        met[here] = true;
        return false;
    }
}
