package dev.etalon.core.model;

import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * Everything that was sent and answered in one run: the waist of the system. What comes before only produces it, what
 * comes after only reads it.
 *
 * @param origin where and when it was recorded
 * @param operations in order of their start
 * @param damage one sentence for each part of the file that could not be read; empty for a whole history
 */
public record History(Origin origin, List<Operation> operations, List<String> damage) {
    public History {
        operations = List.copyOf(operations);
        damage = List.copyOf(damage);
    }

    /**
     * Where a history comes from.
     *
     * @param run identity of the run, also in every body
     * @param keyPrefix name of key {@code n} is the prefix followed by {@code n}
     * @param scenario scenario id
     * @param target target name
     * @param host the recording machine
     * @param startedAt wall-clock time of {@code startNs}, ISO-8601 UTC
     * @param startNs monotonic time at the start; witnesses print times relative to it
     */
    public record Origin(
            long run, String keyPrefix, String scenario, String target, String host, String startedAt, long startNs) {
        /** The name of a key on the server. */
        public String keyName(int key) {
            return keyPrefix + key;
        }
    }

    /** The operations of each key, each list in order of start. Keys are judged apart: linearizability is local. */
    public SortedMap<Integer, List<Operation>> byKey() {
        return operations.stream()
                .collect(Collectors.groupingBy(op -> op.invocation().key(), TreeMap::new, Collectors.toList()));
    }

    /** The operations of each round, guard and all; each list in order of start. */
    public SortedMap<Integer, List<Operation>> byRound() {
        return operations.stream()
                .collect(Collectors.groupingBy(op -> op.invocation().round(), TreeMap::new, Collectors.toList()));
    }
}
