package dev.etalon.core.session;

/**
 * Shows results to somebody. Found through {@link java.util.ServiceLoader}; needs a public constructor without
 * parameters. Called from one thread at a time. A reporter that throws is logged and passed over: it never changes a
 * verdict.
 */
public interface Reporter {
    /** One cell is done, in the order they run. */
    default void cellFinished(CellResult cell) throws Exception {}

    /** All cells are done, or the session was interrupted. */
    default void sessionFinished(SessionSummary session) throws Exception {}
}
