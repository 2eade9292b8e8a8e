package dev.etalon.core.check;

import dev.etalon.core.model.Anomaly;
import dev.etalon.core.model.Finding;
import dev.etalon.core.model.Operation;
import dev.etalon.core.model.Precondition;
import dev.etalon.core.model.Version;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** A17: a condition that can not have held had no effect, and no race can be blamed. */
final class Conditions {
    private Conditions() {}

    /** The ignored conditions of one key. Where there is one, racing proves nothing more. */
    static List<Finding> ignored(int key, List<Operation> operations) {
        List<Finding> findings = new ArrayList<>();
        Set<Version> seen = new HashSet<>();
        boolean foreign = operations.stream().anyMatch(op -> op.parent().equals(Version.FOREIGN));
        if (foreign) {
            operations.forEach(op -> op.seen().ifPresent(seen::add));
        }
        for (Operation op : operations) {
            if (!op.write() || !op.conditional()) {
                continue;
            }
            boolean done = op.applied() || (op.unknown() && seen.contains(op.version()));
            if (op.parent().equals(Version.FOREIGN) && done) {
                if (op.removes() && there(operations, op).isEmpty()) {
                    // What is gone already may be deleted again.
                    continue;
                }
                List<Operation> witness = new ArrayList<>();
                proof(operations, op.startNs()).ifPresent(witness::add);
                witness.add(op);
                findings.add(Finding.of(
                        Anomaly.CONDITION_IGNORED,
                        key,
                        witness,
                        "If-Match named a tag that the server never gave, and the write was accepted: the condition has no"
                                + " effect."));
            } else if (op.invocation().round() < 0
                    && op.applied()
                    && op.invocation().precondition().kind() == Precondition.Kind.IF_NONE_MATCH_ANY) {
                there(operations, op)
                        .ifPresent(first -> findings.add(Finding.of(
                                Anomaly.CONDITION_IGNORED,
                                key,
                                List.of(first, op),
                                "If-None-Match: * was sent for a resource that exists, with no other writer, and the write"
                                        + " was accepted: the condition has no effect.")));
            }
        }
        return findings;
    }

    /** The acknowledged write that left the resource there when a request began; none if it may have been deleted. */
    private static Optional<Operation> there(List<Operation> operations, Operation request) {
        boolean deleted = operations.stream()
                .anyMatch(other ->
                        other != request && other.removes() && !other.refused() && other.startNs() <= request.endNs());
        return deleted
                ? Optional.empty()
                : operations.stream()
                        .filter(other -> other.write() && other.applied() && other.endNs() < request.startNs())
                        .findFirst();
    }

    /** The last read or acknowledgement that ended before an instant and showed a version. */
    private static Optional<Operation> proof(List<Operation> operations, long beforeNs) {
        return operations.stream()
                .filter(op -> op.endNs() < beforeNs && (op.seen().isPresent() || (op.write() && op.applied())))
                .max(Comparator.comparingLong(Operation::endNs));
    }
}
