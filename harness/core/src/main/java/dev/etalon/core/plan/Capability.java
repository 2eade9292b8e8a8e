package dev.etalon.core.plan;

/** A conditional header on a method: what a target may claim, and what the guard verifies before anything is raced. */
public enum Capability {
    /** {@code PUT} with {@code If-Match}. */
    PUT_IF_MATCH("PUT If-Match"),
    /** {@code PUT} with {@code If-None-Match: *}. */
    PUT_IF_NONE_MATCH("PUT If-None-Match: *"),
    /** {@code DELETE} with {@code If-Match}. */
    DELETE_IF_MATCH("DELETE If-Match");

    private final String label;

    Capability(String label) {
        this.label = label;
    }

    /** The name in tables and sentences. */
    public String label() {
        return label;
    }
}
