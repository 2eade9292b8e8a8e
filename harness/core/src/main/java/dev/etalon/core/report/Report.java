package dev.etalon.core.report;

import java.io.IOException;
import java.nio.file.Path;

/**
 * A way to show what is stored. Found through {@link java.util.ServiceLoader}; needs a public constructor without
 * parameters, and keeps no state.
 *
 * <p>A report reads nothing but the archive: no clock, no host name, no random number. The same folders give the same
 * bytes, whoever makes it and when. Whatever came from a server is hostile: markup, control characters, megabytes.
 */
public interface Report {
    /** Stable, lower case, unique: selects it in {@code etalon.reports}, for example {@code html}. */
    String name();

    /** Whether it is written only where it is asked for by name. */
    default boolean onRequest() {
        return false;
    }

    /**
     * Writes it.
     *
     * @param folder exists; nothing is written outside of it
     * @return what a person opens first
     * @throws IOException when the disk does not take it
     */
    Path write(Archive archive, Path folder) throws IOException;
}
