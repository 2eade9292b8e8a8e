package dev.etalon.core.store;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What {@code session.json} holds: what became of every cell that was planned together, those that were not run too.
 *
 * @param version of the format: {@link #VERSION}. Fields may be added within a version, and are never taken away or changed
 * @param begun UTC, ISO 8601
 * @param seed the seed of every plan
 * @param planned how many cells were planned
 * @param endedEarly why it ended before all were run; null when it did not
 * @param cells what became of each, in the order they were run
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record StoredSession(
        int version,
        String begun,
        long seed,
        int planned,
        @Nullable String endedEarly,
        List<Cell> cells) {
    /** The version that is written. */
    public static final int VERSION = 1;

    public StoredSession {
        cells = List.copyOf(Objects.requireNonNull(cells, "cells is missing"));
    }

    /**
     * A scenario on a target.
     *
     * @param scenario its id
     * @param promise what must hold, in one sentence
     * @param target its name
     * @param kind where it runs: EMBEDDED, CONTAINER, EXTERNAL
     * @param protocol HTTP or S3
     * @param dialect the statuses it is held to
     * @param product name and version of the server
     * @param claims names of the capabilities it claims, sorted
     * @param status how the cell counts
     * @param sentence why
     */
    public record Cell(
            String scenario,
            String promise,
            String target,
            String kind,
            String protocol,
            String dialect,
            String product,
            List<String> claims,
            String status,
            String sentence) {}

    /**
     * Reads a file.
     *
     * @throws IOException with a sentence that says what to do, when it cannot be read
     */
    public static StoredSession read(Path file) throws IOException {
        return Complete.read(file, StoredSession.class, "a session", StoredSession::version, VERSION, "remove it");
    }
}
