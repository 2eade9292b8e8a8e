package dev.etalon.core.session;

import java.nio.file.Path;

/**
 * Shows results to somebody. Found through {@link java.util.ServiceLoader}; needs a public constructor without
 * parameters. Called from one thread at a time. A reporter that throws is logged and passed over: it never changes a
 * verdict.
 */
public interface Reporter {
    /**
     * The race of a cell begins; it ends when the cell is finished.
     *
     * @param progress how far it is, at any time
     */
    default void cellBegun(CellProgress progress) throws Exception {}

    /** One cell is done, in the order they run. */
    default void cellFinished(CellResult cell) throws Exception {}

    /** All cells are done, or the session was interrupted. */
    default void sessionFinished(SessionSummary session) throws Exception {}

    /**
     * Something that was made could not be removed.
     *
     * @param sentence how much, where, and why
     */
    default void leftBehind(String sentence) throws Exception {}

    /**
     * Everything that is stored is shown in a folder, of this session and of earlier ones.
     *
     * @param entry what a person opens first
     */
    default void reportWritten(Path entry) throws Exception {}
}
