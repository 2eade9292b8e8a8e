package dev.etalon.core.check;

import dev.etalon.core.check.Trace.Kind;
import dev.etalon.core.model.History;
import dev.etalon.core.model.Operation;
import dev.etalon.core.model.Version;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * What the judge builds on, checked rather than assumed: P1 and P4 (every request carries a version of its own), P3
 * (whoever sends a validator had been given it), P5 (what ends has begun). P2, that a key does not exist at the start,
 * shows as {@link dev.etalon.core.model.Anomaly#PHANTOM_VALUE}: a body that none of the recorded writes made.
 */
final class Preconditions {
    private Preconditions() {}

    /**
     * P1, P4 and P5, without which nothing at all may be concluded.
     *
     * @param operations of one key
     * @throws BrokenPrecondition that names the requests
     */
    static void check(List<Operation> operations) {
        long[] identities = operations.stream()
                .filter(Operation::write)
                .mapToLong(op -> op.version().packed())
                .sorted()
                .toArray();
        for (int i = 1; i < identities.length; i++) {
            if (identities[i] == identities[i - 1]) {
                throw sameVersion(operations, identities[i]);
            }
        }
        for (Operation op : operations) {
            if (op.endNs() < op.startNs()) {
                throw new BrokenPrecondition(
                        "P5",
                        "request " + op.invocation().id() + " ended " + (op.startNs() - op.endNs())
                                + " ns before it began");
            }
        }
    }

    private static BrokenPrecondition sameVersion(List<Operation> operations, long identity) {
        Map<Version, Operation> seen = new HashMap<>();
        for (Operation op : operations) {
            Operation other = op.write() && op.version().packed() == identity ? seen.put(op.version(), op) : null;
            if (other != null) {
                return new BrokenPrecondition(
                        "P1",
                        "requests " + other.invocation().id() + " and "
                                + op.invocation().id() + " both wrote " + op.version()
                                + "; every attempt must carry a version of its own, a resend too");
            }
        }
        throw new IllegalStateException("a version was found twice and is gone: identity=" + identity);
    }

    /**
     * P3: some answer had shown a version before a request that names it as its parent began.
     *
     * @throws BrokenPrecondition that names the request
     */
    static void provenance(Trace trace, Lineage lineage, History.Clocks clocks) {
        for (int i = 0; i < trace.size(); i++) {
            boolean names = trace.kind(i) == Kind.REPLACE || trace.kind(i) == Kind.REMOVE;
            Operation op = trace.operation(i);
            if (op.write() && trace.parent(i) < Trace.ABSENT && !op.parent().equals(Version.FOREIGN)) {
                throw new BrokenPrecondition(
                        "P3",
                        "request " + op.invocation().id() + " was sent with the tag of " + op.parent()
                                + ", which no recorded request wrote");
            }
            if (!names) {
                continue;
            }
            int proof = lineage.firstShownBy(trace.parent(i));
            if (proof < 0
                    || trace.operation(proof).endNs() > op.startNs() + (clocks.several() ? clocks.boundNs() : 0)) {
                throw new BrokenPrecondition(
                        "P3",
                        "request " + op.invocation().id() + " was sent with the tag of " + op.parent()
                                + " before any recorded answer had shown it");
            }
        }
    }
}
