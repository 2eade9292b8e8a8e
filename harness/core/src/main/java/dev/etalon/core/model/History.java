package dev.etalon.core.model;

import java.util.ArrayList;
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
 * @param clocks what may be concluded from times of different machines
 */
public record History(Origin origin, List<Operation> operations, List<String> damage, Clocks clocks) {
    public History {
        operations = List.copyOf(operations);
        damage = List.copyOf(damage);
    }

    /** A history of one clock. */
    public History(Origin origin, List<Operation> operations, List<String> damage) {
        this(origin, operations, damage, Clocks.ONE);
    }

    /**
     * The clocks a history was recorded by.
     *
     * @param hosts the machines; empty when there was one, which {@link Origin} names
     * @param boundNs how far the clocks of any two of them can be apart, in nanoseconds, 0 and up
     * @param barriers whether every round began after every earlier one had ended, by messages the harness itself
     *     carried: an order that holds whatever the clocks say
     */
    public record Clocks(List<String> hosts, long boundNs, boolean barriers) {
        /** One machine, whose monotonic clock all its processes share. */
        public static final Clocks ONE = new Clocks(List.of(), 0, false);

        public Clocks {
            hosts = List.copyOf(hosts);
            if (boundNs < 0) {
                throw new IllegalArgumentException("a clock bound is 0 or more: boundNs=" + boundNs);
            }
        }

        /** Whether there is more than one clock. */
        public boolean several() {
            return hosts.size() > 1;
        }
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
        SortedMap<Integer, List<Operation>> keys = new TreeMap<>();
        if (!operations.isEmpty()) {
            int first = operations.get(0).key();
            // A long history is most often one key's, and need not be copied.
            boolean one = true;
            for (int i = 1; i < operations.size() && one; i++) {
                one = operations.get(i).key() == first;
            }
            if (one) {
                keys.put(first, operations);
                return keys;
            }
        }
        operations.forEach(
                op -> keys.computeIfAbsent(op.key(), key -> new ArrayList<>()).add(op));
        return keys;
    }

    /** What happened on one key. */
    public History only(int key) {
        return new History(
                origin, operations.stream().filter(op -> op.key() == key).toList(), damage, clocks);
    }

    /** The operations of each round, guard and all; each list in order of start. */
    public SortedMap<Integer, List<Operation>> byRound() {
        return operations.stream().collect(Collectors.groupingBy(op -> op.round(), TreeMap::new, Collectors.toList()));
    }
}
