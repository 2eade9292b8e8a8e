package dev.etalon.core.check;

import dev.etalon.core.check.Trace.Kind;
import dev.etalon.core.model.History;
import dev.etalon.core.model.Operation;
import dev.etalon.core.model.Precondition;
import dev.etalon.core.model.Version;
import java.util.List;
import java.util.stream.IntStream;

/**
 * What the judge builds on, checked rather than assumed: P1 and P4 (every request carries a version of its own), P3
 * (whoever sends a validator had been given it), P5 (what ends has begun). P2, that a key does not exist at the start,
 * shows as {@link dev.etalon.core.model.Anomaly#PHANTOM_VALUE}: a body that none of the recorded writes made.
 */
final class Preconditions {
    private Preconditions() {}

    /**
     * P5: no interval is reversed.
     *
     * @param operations of one key
     * @throws BrokenPrecondition that names the request
     */
    static void clocks(List<Operation> operations) {
        for (Operation op : operations) {
            if (op.endNs() < op.startNs()) {
                throw new BrokenPrecondition(
                        "P5",
                        "request " + op.invocation().id() + " ended " + (op.startNs() - op.endNs())
                                + " ns before it began");
            }
        }
    }

    /**
     * P1 and P4: no version was written twice.
     *
     * @param operations of one key
     * @param identities of the versions they write, sorted
     * @throws BrokenPrecondition that names the requests
     */
    static void identities(List<Operation> operations, long[] identities) {
        for (int i = 1; i < identities.length; i++) {
            if (identities[i] == identities[i - 1]) {
                long twice = identities[i];
                List<Long> requests = operations.stream()
                        .filter(op -> op.write() && op.version().packed() == twice)
                        .map(op -> op.invocation().id())
                        .toList();
                throw new BrokenPrecondition(
                        "P1",
                        "requests " + requests.get(0) + " and " + requests.get(1) + " both wrote "
                                + Version.unpacked(twice)
                                + "; every attempt must carry a version of its own, a resend too");
            }
        }
    }

    private static boolean namesNothing(Operation op) {
        return op.invocation().precondition().kind() == Precondition.Kind.IF_MATCH
                && op.parent().equals(Version.ABSENT);
    }

    /** Whether a write names as its parent what no recorded request wrote. */
    private static boolean unrecorded(Trace trace, int i) {
        Operation op = trace.operation(i);
        return op.write()
                && (trace.parent(i) < Trace.ABSENT && !op.parent().equals(Version.FOREIGN) || namesNothing(op));
    }

    /** Whether every write that is named as a parent was recorded, if not the answer that had shown it. */
    static boolean parentsRecorded(Trace trace) {
        return IntStream.range(0, trace.size()).noneMatch(i -> unrecorded(trace, i));
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
            if (unrecorded(trace, i)) {
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
