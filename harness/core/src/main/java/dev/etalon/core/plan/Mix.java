package dev.etalon.core.plan;

import java.util.Collections;
import java.util.Map;
import java.util.SortedMap;
import java.util.SplittableRandom;
import java.util.TreeMap;

/**
 * How often the clients of a {@link Workload.FreeRun} do what. Immutable.
 *
 * <p>The three named mixes are the classes of histories that {@code docs/judge.md} decides by different means, each
 * with everything of the one before.
 *
 * @param weights the share of each step, relative to their sum; a step that is missing is never done. At least one is
 *     above 0, none below
 */
public record Mix(SortedMap<Step, Integer> weights) {
    /** Reads and conditional writes: what a client does that wants to lose nothing. */
    public static final Mix A = of(
            Map.of(Step.READ, 30, Step.READ_IF_NONE_MATCH, 10, Step.WRITE, 40, Step.WRITE_STALE, 10, Step.CREATE, 10));

    /** With conditional deletes, after which names are created again. */
    public static final Mix B = of(Map.of(
            Step.READ, 25,
            Step.READ_IF_NONE_MATCH, 8,
            Step.WRITE, 30,
            Step.WRITE_STALE, 8,
            Step.CREATE, 15,
            Step.DELETE, 14));

    /** With writers among them that know no conditions. */
    public static final Mix C = of(Map.of(
            Step.READ, 25,
            Step.READ_IF_NONE_MATCH, 7,
            Step.WRITE, 26,
            Step.WRITE_STALE, 6,
            Step.CREATE, 12,
            Step.DELETE, 10,
            Step.OVERWRITE, 8,
            Step.REMOVE, 6));

    /** What needs no condition: what is left of C on a server that honours none. */
    public static final Mix PLAIN = of(Map.of(Step.READ, 55, Step.OVERWRITE, 35, Step.REMOVE, 10));

    public Mix {
        weights = Collections.unmodifiableSortedMap(new TreeMap<>(weights));
        int sum = weights.values().stream().mapToInt(Integer::intValue).sum();
        if (sum < 1 || weights.values().stream().anyMatch(weight -> weight < 0)) {
            throw new IllegalArgumentException(
                    "a mix has weights of 0 and more, one of them above 0: weights=" + weights);
        }
    }

    /** A mix of the given weights. */
    public static Mix of(Map<Step, Integer> weights) {
        return new Mix(new TreeMap<>(weights));
    }

    /** What a client does next, if it can: without a validator, a step that needs one becomes a read or a create. */
    public enum Step {
        /** GET. */
        READ,
        /** GET with {@code If-None-Match} and the last validator held: 304 says that nothing has changed. */
        READ_IF_NONE_MATCH,
        /** PUT with {@code If-Match} and the last validator held. */
        WRITE,
        /** PUT with {@code If-Match} and a validator that the client knows to be superseded. */
        WRITE_STALE,
        /** PUT with {@code If-None-Match: *}. */
        CREATE,
        /** DELETE with {@code If-Match} and the last validator held. */
        DELETE,
        /** PUT without a condition. */
        OVERWRITE,
        /** DELETE without a condition. */
        REMOVE
    }

    /** Whether any step of the mix is of that kind. */
    public boolean contains(Step step) {
        return weights.getOrDefault(step, 0) > 0;
    }

    /** Whether any step sends a tag that an answer gave. */
    public boolean sendsTags() {
        return contains(Step.WRITE)
                || contains(Step.WRITE_STALE)
                || contains(Step.DELETE)
                || contains(Step.READ_IF_NONE_MATCH);
    }

    /** Draws a step. */
    Step draw(SplittableRandom random) {
        int sum = 0;
        for (int weight : weights.values()) {
            sum += weight;
        }
        int left = random.nextInt(sum);
        for (Map.Entry<Step, Integer> entry : weights.entrySet()) {
            left -= entry.getValue();
            if (left < 0) {
                return entry.getKey();
            }
        }
        throw new IllegalStateException("a draw below the sum of the weights meets one of them");
    }
}
