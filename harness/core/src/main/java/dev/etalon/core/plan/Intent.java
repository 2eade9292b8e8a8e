package dev.etalon.core.plan;

/** What a racer is planned to do, and the validator it is planned to hold. */
public enum Intent {
    /** PUT with {@code If-Match} and the tag that is current when the round starts. */
    FRESH("fresh"),
    /** PUT with {@code If-Match} and the tag of the version before that. */
    STALE("stale"),
    /** PUT with {@code If-None-Match: *}, on a key that does not exist, or that a rival deletes. */
    CREATE("create"),
    /** DELETE with {@code If-Match} and the tag that is current when the round starts. */
    DELETE_FRESH("delete"),
    /** PUT without a condition. */
    OVERWRITE("overwrite"),
    /** DELETE without a condition. */
    REMOVE("remove"),
    /** GET. */
    READ("read");

    private final String label;

    Intent(String label) {
        this.label = label;
    }

    /** The name in outcomes. */
    public String label() {
        return label;
    }

    /** Whether the request carries a body, so that a part of it can be held back. */
    public boolean uploads() {
        return this != DELETE_FRESH && this != REMOVE && this != READ;
    }

    /** Whether it asks for the resource to be gone. */
    public boolean deletes() {
        return this == DELETE_FRESH || this == REMOVE;
    }
}
