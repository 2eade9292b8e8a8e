package dev.etalon.core.check;

import dev.etalon.core.model.Anomaly;
import dev.etalon.core.model.Finding;
import dev.etalon.core.model.Observation;
import dev.etalon.core.model.Operation;
import dev.etalon.core.model.Precondition;
import dev.etalon.core.model.Version;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Set;
import java.util.TreeMap;

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
        NavigableMap<Long, Operation> proofs = foreign ? proofs(operations) : new TreeMap<>();
        for (Operation op : operations) {
            if (!op.write() || !op.conditional()) {
                continue;
            }
            boolean done = op.applied() || (op.unknown() && seen.contains(op.version()));
            boolean looked = op.observation() instanceof Observation.Absent;
            if (names(op, Version.FOREIGN) && done && !looked) {
                List<Operation> witness = new ArrayList<>();
                Map.Entry<Long, Operation> proof = proofs.lowerEntry(op.startNs());
                if (proof != null) {
                    witness.add(proof.getValue());
                }
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
                operations.stream()
                        .filter(other ->
                                other.write() && !other.removes() && other.applied() && other.endNs() < op.startNs())
                        .findFirst()
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

    /** Whether it asks by If-Match for a version to be current. */
    private static boolean names(Operation op, Version version) {
        return op.invocation().precondition().kind() == Precondition.Kind.IF_MATCH
                && op.parent().equals(version);
    }

    /** The reads and acknowledgements that showed a version, by when they ended. */
    private static NavigableMap<Long, Operation> proofs(List<Operation> operations) {
        NavigableMap<Long, Operation> proofs = new TreeMap<>();
        for (Operation op : operations) {
            if (op.seen().isPresent() || (op.write() && op.applied())) {
                proofs.putIfAbsent(op.endNs(), op);
            }
        }
        return proofs;
    }
}
