package dev.etalon.core.check;

import dev.etalon.core.check.Contradiction.Form;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Looks for stale answers within each machine, where one clock orders everything exactly.
 *
 * <p>Between machines intervals are widened by what their clocks may be apart, and that blurs the order within a machine
 * too; what is lost there, this finds again.
 */
final class HostOrder implements Sweep.Visitor {
    private final Trace trace;
    private final Lineage lineage;
    private final Map<Integer, Integer> newestProof = new HashMap<>();
    private final int[] proofBefore;
    private @Nullable Contradiction found;

    private HostOrder(Trace trace, Lineage lineage) {
        this.trace = trace;
        this.lineage = lineage;
        this.proofBefore = new int[trace.size()];
    }

    /**
     * The first stale answer of any machine, or null.
     *
     * @param trace with the times as recorded
     */
    static @Nullable Contradiction contradiction(Trace trace, Lineage lineage) {
        HostOrder order = new HostOrder(trace, lineage);
        Sweep.through(trace, order);
        return order.found;
    }

    @Override
    public void begins(int i) {
        proofBefore[i] = newestProof.getOrDefault(host(i), -1);
    }

    @Override
    public boolean ends(int i) {
        if (trace.reads(i) || trace.applied(i)) {
            int needs = lineage.depth(trace.reads(i) ? trace.version(i) : trace.parent(i));
            if (needs < depthShown(proofBefore[i])) {
                found = Contradiction.of(Form.SUPERSEDED, i, proofBefore[i]);
                return false;
            }
            if (depthShown(i) > depthShown(newestProof.getOrDefault(host(i), -1))) {
                newestProof.put(host(i), i);
            }
        }
        return true;
    }

    private int host(int i) {
        return trace.operation(i).host();
    }

    private int depthShown(int i) {
        return i < 0 ? 0 : lineage.depth(trace.version(i));
    }
}
