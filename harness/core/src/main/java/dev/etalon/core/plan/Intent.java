package dev.etalon.core.plan;

/** The validator a racer is planned to hold. */
public enum Intent {
    /** {@code If-Match} with the tag that is current when the round starts. */
    FRESH,
    /** {@code If-Match} with the tag of the version before that. */
    STALE,
    /** {@code If-None-Match: *} on a key that does not exist. */
    CREATE
}
