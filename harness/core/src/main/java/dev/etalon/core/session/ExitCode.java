package dev.etalon.core.session;

/** The exit codes of every command, published in the help text. */
public enum ExitCode {
    /** All planned cells ran and are valid. */
    VALID(0, "all planned cells ran and are valid"),
    /** At least one anomaly. */
    ANOMALY(1, "at least one anomaly"),
    /** No anomaly, but something is undecided. */
    UNDECIDED(2, "no anomaly, but something is undecided"),
    /** Fewer cells ran than planned. */
    FEWER_CELLS(3, "fewer cells ran than planned"),
    /** Wrong usage. */
    USAGE(64, "wrong usage"),
    /** A history cannot be read: it is not there, malformed, cut, or larger than the heap. */
    UNREADABLE(65, "a history cannot be read"),
    /** A target could not be started or reached. */
    TARGET_UNAVAILABLE(69, "a target could not be started or reached"),
    /** A defect of the harness. */
    INTERNAL(70, "an internal error"),
    /** Interrupted; what was recorded is kept and judged. */
    INTERRUPTED(130, "interrupted; what was recorded is kept and judged");

    private final int code;
    private final String meaning;

    ExitCode(int code, String meaning) {
        this.code = code;
        this.meaning = meaning;
    }

    public int code() {
        return code;
    }

    public String meaning() {
        return meaning;
    }
}
