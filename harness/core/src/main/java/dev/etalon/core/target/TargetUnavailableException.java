package dev.etalon.core.target;

import org.jspecify.annotations.Nullable;

/** A target cannot be started or reached. The message is one sentence for the user: what is wrong and what to do. */
public final class TargetUnavailableException extends Exception {
    private static final long serialVersionUID = 1L;

    private final boolean expected;

    private TargetUnavailableException(String message, boolean expected, @Nullable Throwable cause) {
        super(message, cause);
        this.expected = expected;
    }

    /** This machine lacks something the target needs; the cell is not run, and that alone fails nothing. */
    public static TargetUnavailableException lacking(String message, @Nullable Throwable cause) {
        return new TargetUnavailableException(message, true, cause);
    }

    /** The target should have started, or the user named it; the cell fails. */
    public static TargetUnavailableException broken(String message, @Nullable Throwable cause) {
        return new TargetUnavailableException(message, false, cause);
    }

    /** Whether a machine like this one is not expected to run the target. */
    public boolean expected() {
        return expected;
    }
}
