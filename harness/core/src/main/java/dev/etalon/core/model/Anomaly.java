package dev.etalon.core.model;

/**
 * The ways a history can break the promise. Codes are stable and never reused.
 *
 * <p>Declared in the order of diagnosis: one root cause, one report. The definitions are those of {@code
 * docs/anomalies.md}.
 */
public enum Anomaly {
    CONDITION_IGNORED("A17", "condition ignored", Severity.S1, Dimension.CAPABILITY),
    TORN_BODY("A10", "torn body", Severity.S1, Dimension.READ_INTEGRITY),
    PHANTOM_VALUE("A11", "phantom value", Severity.S1, Dimension.READ_INTEGRITY),
    MIXED_ANSWER("A20", "body with another body's tag", Severity.S2, Dimension.READ_INTEGRITY),
    TAG_REUSE("A8", "entity tag reused", Severity.S2, Dimension.VALIDATOR_QUALITY),
    REFUSED_BUT_APPLIED("A4", "refused but applied", Severity.S1, Dimension.SAFETY),
    REFUSAL_WITH_EFFECT("A19", "refusal with side effect", Severity.S1, Dimension.SAFETY),
    LOST_UPDATE("A1", "lost update", Severity.S1, Dimension.SAFETY),
    DUPLICATE_CREATE("A2", "duplicate create", Severity.S1, Dimension.SAFETY),
    STALE_SUCCESS("A3", "success on a stale validator", Severity.S1, Dimension.SAFETY),
    DELETE_RESURRECTION("A14", "delete resurrection", Severity.S1, Dimension.SAFETY),
    RESURRECTED_VALUE("A6", "resurrected value", Severity.S1, Dimension.SAFETY),
    ACKNOWLEDGED_BUT_LOST("A5", "acknowledged but lost", Severity.S1, Dimension.SAFETY),
    NON_MONOTONIC_READS("A9", "non-monotonic reads", Severity.S2, Dimension.READ_INTEGRITY),
    STALE_READ("A7", "stale read", Severity.S2, Dimension.READ_INTEGRITY),
    BASELESS_NOT_MODIFIED("A23", "304 that nothing matches", Severity.S2, Dimension.READ_INTEGRITY),
    UNSTABLE_TAG("A18", "unstable entity tag", Severity.S3, Dimension.VALIDATOR_QUALITY),
    PHANTOM_REFUSAL("A12", "phantom 412", Severity.S3, Dimension.LIVENESS),
    ALL_REFUSED("A13", "all refused", Severity.S3, Dimension.LIVENESS),
    NOT_MODIFIED_NOT_SAID("A24", "200 where 304 is owed", Severity.S3, Dimension.CAPABILITY),
    MISSING_TO_A_WRITER("A25", "404 for what is there", Severity.S3, Dimension.LIVENESS),
    INEXPLICABLE("A21", "no order explains the answers", Severity.S2, Dimension.SAFETY),
    LATE_APPLICATION("A15", "late application", Severity.INTERESTING, Dimension.SAFETY),
    AMBIGUOUS_LOSER("A16", "ambiguous loser codes", Severity.INTERESTING, Dimension.LIVENESS);

    private final String code;
    private final String title;
    private final Severity severity;
    private final Dimension dimension;

    Anomaly(String code, String title, Severity severity, Dimension dimension) {
        this.code = code;
        this.title = title;
        this.severity = severity;
        this.dimension = dimension;
    }

    /** The stable code, for data files. */
    public String code() {
        return code;
    }

    /** Code and name, {@code A1 lost update}: how people find it in tables and sentences. */
    public String label() {
        return code + " " + title;
    }

    /** The name people use. */
    public String title() {
        return title;
    }

    public Severity severity() {
        return severity;
    }

    public Dimension dimension() {
        return dimension;
    }

    /** Whether it breaks the promise; if not, it is only worth a remark. */
    public boolean forbidden() {
        return severity != Severity.INTERESTING;
    }

    /** How bad it is. */
    public enum Severity {
        /** Data loss or corruption. */
        S1,
        /** Consistency broken, no loss proven. */
        S2,
        /** Protocol or liveness defect. */
        S3,
        /** Allowed, but clients must cope with it. */
        INTERESTING
    }

    /** Claims that are judged apart and never merged. */
    public enum Dimension {
        SAFETY,
        LIVENESS,
        READ_INTEGRITY,
        CAPABILITY,
        VALIDATOR_QUALITY
    }
}
