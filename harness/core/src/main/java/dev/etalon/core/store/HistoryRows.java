package dev.etalon.core.store;

import dev.etalon.core.model.Completion;
import dev.etalon.core.model.History;
import dev.etalon.core.model.Invocation;
import dev.etalon.core.model.Method;
import dev.etalon.core.model.Observation;
import dev.etalon.core.model.Operation;
import dev.etalon.core.model.Precondition;
import dev.etalon.core.model.Version;
import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.jspecify.annotations.Nullable;

/**
 * Histories of one key as tab-separated rows, for generators and other checkers: no tags, no rounds, no torn bodies. The
 * columns are in {@code docs/history-format.md}. Stateless and thread-safe.
 */
public final class HistoryRows {
    /** The line a file begins with. */
    static final String HEADER = "#id\tclient\tkind\tstart\tend\tparent\tversion\toutcome";

    /** In place of the end of an operation that was never answered. */
    static final long NEVER = -1;

    /** The writer of every delete, whose identity is no column. */
    static final int DELETER = Integer.MAX_VALUE;

    private HistoryRows() {}

    /** The version an id stands for; 0 is absence. */
    static Version version(long id) {
        return Version.unpacked(id);
    }

    /**
     * Reads a file up to its last whole row. Rows may be in any order.
     *
     * @throws HistoryFormatException with file and line, when it is no such history
     * @throws IOException when it cannot be read
     */
    public static History read(Path file) throws IOException {
        return RowsReader.read(file);
    }

    /**
     * Writes a file.
     *
     * @param file where to; must not exist
     * @throws IllegalArgumentException when the history has something that the columns cannot tell
     * @throws IOException when it cannot be written
     */
    public static void write(Path file, History history) throws IOException {
        try (BufferedWriter out = Files.newBufferedWriter(
                file, StandardCharsets.US_ASCII, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
            out.write(HEADER);
            out.write('\n');
            for (Operation operation : history.operations()) {
                if (operation.method() == Method.HEAD && operation.applied()) {
                    // It shows no version, and that is all a row could say.
                    continue;
                }
                out.write(row(operation));
                out.write('\n');
            }
        }
    }

    private static String row(Operation operation) {
        Invocation invocation = operation.invocation();
        if (invocation.key() != 0 || invocation.host() != 0) {
            throw untold(operation, "key=" + invocation.key() + " host=" + invocation.host());
        }
        Completion completion = operation.completion();
        String outcome = operation.applied() ? "o" : operation.refused() ? "f" : "?";
        return String.join(
                "\t",
                Long.toString(invocation.id()),
                Integer.toString(invocation.actor()),
                kind(operation),
                Long.toString(invocation.atNs()),
                Long.toString(completion == null ? NEVER : completion.atNs()),
                Long.toString(id(operation, operation.parent())),
                Long.toString(shownOrWritten(operation)),
                outcome);
    }

    private static String kind(Operation operation) {
        Precondition.Kind condition = operation.invocation().precondition().kind();
        String kind = switch (operation.invocation().method()) {
            case GET, GET_RANGE, HEAD ->
                condition == Precondition.Kind.NONE || condition == Precondition.Kind.IF_NONE_MATCH ? "R" : null;
            case PUT -> writeKind(condition, "U", "W", "C");
            case DELETE -> writeKind(condition, "X", "D", null);
            case COPY, COMPLETE, DELETE_OBJECTS -> null;
        };
        if (kind == null) {
            throw untold(operation, "method=" + operation.invocation().method() + " condition=" + condition);
        }
        return kind;
    }

    private static @Nullable String writeKind(
            Precondition.Kind condition, String plain, String match, @Nullable String create) {
        return switch (condition) {
            case NONE -> plain;
            case IF_MATCH -> match;
            case IF_NONE_MATCH_ANY -> create;
            case IF_NONE_MATCH -> null;
        };
    }

    private static long shownOrWritten(Operation operation) {
        if (operation.invocation().method() == Method.DELETE) {
            return 0;
        }
        if (operation.write()) {
            return id(operation, operation.version());
        }
        if (operation.observation() instanceof Observation.Torn) {
            throw untold(operation, "observation=torn");
        }
        if (operation.applied() && operation.observation() instanceof Observation.Nothing) {
            throw untold(operation, "observation=none");
        }
        return operation.seen().map(version -> id(operation, version)).orElse(0L);
    }

    private static long id(Operation operation, Version version) {
        long id = version.packed();
        if (id < 0 || version.writer() == DELETER) {
            throw untold(operation, "version=" + version);
        }
        return id;
    }

    private static IllegalArgumentException untold(Operation operation, String values) {
        return new IllegalArgumentException("rows cannot tell this operation: id="
                + operation.invocation().id() + " " + values + "; write the history as JSON Lines");
    }
}
