package dev.etalon.core.plan;

import java.util.Collection;
import java.util.List;

/**
 * What the names of a run's resources look like. A server may keep a lock, a cache or a condition under a name that it has cut,
 * decoded or split, so one run has names of one form and the next run of another.
 *
 * <p>Not every server takes every form: which ones it takes is asked before anything is raced.
 */
public enum NameForm {
    // The order is kept: which run has which form follows from it.
    /** Letters, digits and hyphens. */
    FLAT("flat", ""),
    /** With a space and a letter beyond ASCII, which are sent percent-encoded (RFC 3986 §2.1). */
    ENCODED("encoded", "a é-"),
    /** About 200 characters: less than a file name may have, more than is usual. */
    LONG("long", "0123456789".repeat(15) + "-"),
    /** With slashes. In plain HTTP these are for collections, which have to be there; so only in S3. */
    NESTED("nested", "a/b/c/");

    private final String label;
    private final String addition;

    NameForm(String label, String addition) {
        this.label = label;
        this.addition = addition;
    }

    /** The name in texts. */
    public String label() {
        return label;
    }

    /** What a flat prefix becomes. */
    public String prefix(String flat) {
        return flat + addition;
    }

    /** The form of names that begin so. */
    public static NameForm of(String prefix) {
        return List.of(ENCODED, LONG, NESTED).stream()
                .filter(form -> prefix.endsWith(form.addition))
                .findFirst()
                .orElse(FLAT);
    }

    /**
     * The form of one run: each scenario has one of its own, and with the next seed another.
     *
     * @param taken those that the target takes, one at least
     */
    public static NameForm of(Collection<NameForm> taken, long seed, String scenario) {
        List<NameForm> forms = taken.stream().sorted().toList();
        return forms.get((int) Math.floorMod(seed + scenario.hashCode(), (long) forms.size()));
    }
}
