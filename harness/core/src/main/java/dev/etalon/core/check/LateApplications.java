package dev.etalon.core.check;

import dev.etalon.core.check.Trace.Kind;
import dev.etalon.core.model.Anomaly;
import dev.etalon.core.model.Finding;
import dev.etalon.core.model.Operation;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * A15: a write whose client had given up took effect afterwards. The promise allows it, since the condition still held;
 * whoever sends the write again must be ready for it.
 */
final class LateApplications {
    private LateApplications() {}

    /** The first of a key: the write that timed out, a read after that which still showed the old state, and who saw it. */
    static Optional<Finding> of(int key, Trace trace, Lineage lineage, Profile profile) {
        int[] lastReadBy = {};
        for (int v = 1; v <= trace.versions(); v++) {
            int write = trace.writeOf(v);
            int seen = lineage.firstReadBy(v);
            if (!trace.unknown(write) || seen < 0 || !chained(trace, write, profile)) {
                continue;
            }
            if (lastReadBy.length == 0) {
                lastReadBy = lastReads(trace);
            }
            Operation late = trace.operation(write);
            int old = lastReadBy[trace.parent(write)];
            if (old >= 0 && late.answer() != null && trace.start(old) > late.endNs()) {
                return Optional.of(Finding.of(
                        Anomaly.LATE_APPLICATION,
                        key,
                        List.of(late, trace.operation(old), trace.operation(seen)),
                        String.format(
                                Locale.ROOT,
                                "The client gave up %.3f ms before a read still showed the old state; the write took"
                                        + " effect after that. Its condition held, so nothing is lost, but who sends"
                                        + " it again meets his own first attempt.",
                                (trace.operation(old).startNs() - late.endNs()) / 1e6)));
            }
        }
        return Optional.empty();
    }

    /** The read of each version that began last; -1 for none. */
    private static int[] lastReads(Trace trace) {
        int[] last = new int[trace.versions() + 1];
        Arrays.fill(last, -1);
        for (int i = 0; i < trace.size(); i++) {
            int v = trace.version(i);
            if (trace.reads(i) && !trace.unknown(i) && (last[v] < 0 || trace.start(last[v]) < trace.start(i))) {
                last[v] = i;
            }
        }
        return last;
    }

    /** Where nothing is deleted, absence is as good a parent as any: it does not return either. */
    private static boolean chained(Trace trace, int write, Profile profile) {
        return trace.kind(write) == Kind.REPLACE || (trace.kind(write) == Kind.CREATE && profile == Profile.STRICT);
    }
}
