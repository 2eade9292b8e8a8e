package dev.etalon.core.plan;

import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What a bucket keeps of an object that is replaced or deleted (Amazon S3, "Retaining multiple versions of objects with S3
 * Versioning"). A promise about conditions holds in each of them; servers often have code of its own for each.
 */
public enum Versioning {
    /** Nothing; also what a server without buckets does. */
    OFF,
    /** Every version, and a marker for every delete. */
    ENABLED,
    /** The versions from before; what is written since then replaces itself. */
    SUSPENDED;

    /** The name in settings and sentences. */
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }

    /**
     * Those with these labels, in their order.
     *
     * @throws IllegalArgumentException with a sentence for the user when a label is unknown
     */
    public static List<Versioning> labelled(String key, List<String> labels) {
        Set<Versioning> found = new LinkedHashSet<>();
        for (String label : labels) {
            found.add(Arrays.stream(values())
                    .filter(one -> one.label().equals(label))
                    .findFirst()
                    .orElseThrow(() -> new IllegalArgumentException(
                            key + " must name some of " + labels(List.of(values())) + ": " + key + "=" + label)));
        }
        return List.copyOf(found);
    }

    /** Where a key lies when the kinds take turns: number {@code n} in the one of number {@code n} modulo their count. */
    public static Versioning of(List<Versioning> kinds, int key) {
        return kinds.get(Math.floorMod(key, kinds.size()));
    }

    /** Their labels, as a setting has them. */
    public static String labels(List<Versioning> all) {
        return all.stream().map(Versioning::label).collect(Collectors.joining(","));
    }
}
