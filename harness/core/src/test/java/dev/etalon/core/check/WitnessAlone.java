package dev.etalon.core.check;

import dev.etalon.core.model.Observation;
import dev.etalon.core.model.Operation;
import dev.etalon.core.model.Precondition;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Tries every order of a few operations of which only some answers are known. Takes the register's
 * table literally ({@link LiteralRegister}), so that it shares nothing with the judge.
 *
 * <p>An operation whose answer is known has its place in the order. Of the others, reads say nothing and are left out, a
 * delete that found nothing among them; a write may take effect once, at any time from its start on, or never. That a
 * client had been shown the tag it sends (P3) is not used: what shows it must be part of the witness.
 */
final class WitnessAlone {
    /** What is known of an operation that is no part of the witness. */
    enum Rest {
        /** Its answer is forgotten. */
        FORGOTTEN,
        /** A refusal had no effect; an acknowledged write took effect between its request and its answer, or not at all. */
        HELD
    }

    private final List<Operation> operations = new ArrayList<>();
    private final List<Boolean> known = new ArrayList<>();
    private final LiteralRegister register;
    private final int[] before;
    private final int[] deadline;
    private int witness;
    private final Set<Long> met = new HashSet<>();

    private WitnessAlone(List<Operation> history, Collection<Operation> witness, Rest rest) {
        register = new LiteralRegister(history, LiteralRegister.Reading.TABLE);
        for (Operation op : history) {
            boolean part = witness.contains(op);
            boolean mayHave = op.write() && !op.foundNothing() && !(rest == Rest.HELD && op.refused());
            if (part || mayHave) {
                operations.add(op);
                known.add(part && !op.unknown());
            }
        }
        int n = operations.size();
        before = new int[n];
        deadline = new int[n];
        for (int i = 0; i < n; i++) {
            this.witness |= known.get(i) ? 1 << i : 0;
            for (int j = 0; j < n; j++) {
                boolean first = !operations.get(i).unknown()
                        && operations.get(i).endNs() < operations.get(j).startNs();
                before[j] |= first && known.get(i) ? 1 << i : 0;
                deadline[i] |= first && !known.get(i) && rest == Rest.HELD ? 1 << j : 0;
            }
        }
    }

    /** Whether some order explains a witness, whatever became of the rest. */
    static boolean explained(List<Operation> history, Collection<Operation> witness, Rest rest) {
        return new WitnessAlone(history, witness, rest).possible(0, LiteralRegister.ABSENT);
    }

    private boolean possible(int placed, int state) {
        if ((placed & witness) == witness) {
            return true;
        }
        if (!met.add((long) placed << 32 | state)) {
            return false;
        }
        for (int i = 0; i < operations.size(); i++) {
            if ((placed & 1 << i) == 0 && (before[i] & ~placed) == 0 && (deadline[i] & placed) == 0) {
                int after = after(i, state);
                if (after != LiteralRegister.IMPOSSIBLE && possible(placed | 1 << i, after)) {
                    return true;
                }
            }
        }
        return false;
    }

    private int after(int i, int state) {
        Operation op = operations.get(i);
        if (!known.get(i)) {
            return register.effect(op, state);
        }
        return LiteralRegister.refusedWithoutACondition(op) ? state : register.answered(op, state);
    }

    /** A request and its answer in one line, for a reader of the test's output. */
    static String brief(Operation op) {
        Precondition sent = op.invocation().precondition();
        String condition = sent.kind() == Precondition.Kind.NONE
                ? ""
                : " " + sent.kind() + " " + sent.version() + (sent.tag() == null ? "" : " " + sent.tag());
        String answer = op.unknown() ? "?" : op.status() + (op.refused() ? " refused" : "");
        String shown = op.observation() instanceof Observation.Nothing
                ? ""
                : op.seen().map(version -> " shows " + version).orElse(" " + op.observation());
        String tag = op.tag().map(given -> " tag " + given).orElse("");
        return op.invocation().id() + " w" + op.invocation().actor() + " "
                + op.invocation().method() + condition
                + (op.write() ? " writes " + op.version() : "") + " -> " + answer + shown + tag + " [" + op.startNs()
                + "," + (op.unknown() ? "" : op.endNs()) + "]"
                + (op.invocation().host() == 0
                        ? ""
                        : " on host " + op.invocation().host());
    }
}
