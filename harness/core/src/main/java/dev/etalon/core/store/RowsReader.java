package dev.etalon.core.store;

import dev.etalon.core.model.Completion;
import dev.etalon.core.model.History;
import dev.etalon.core.model.Invocation;
import dev.etalon.core.model.Method;
import dev.etalon.core.model.Observation;
import dev.etalon.core.model.Operation;
import dev.etalon.core.model.Outcome;
import dev.etalon.core.model.Precondition;
import dev.etalon.core.model.Version;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads tab-separated rows: first all rows, because a read may stand before the write it shows. Used once. */
final class RowsReader {
    private static final int COLUMNS = 8;

    private static final History.Origin ORIGIN = new History.Origin(0, "", "", "", "", "", 0);

    private final Lines lines;
    private final LongSet ids = new LongSet();
    private final Map<Long, Written> written = new HashMap<>();
    private final List<String> damage = new ArrayList<>();
    private int deletes;

    /** Where the columns of the line begin; one more than there are, so that each has an end. */
    private final int[] starts = new int[COLUMNS + 1];

    private RowsReader(Lines lines) {
        this.lines = lines;
    }

    static History read(Path file) throws IOException {
        try (Lines lines = new Lines(file)) {
            return new RowsReader(lines).history();
        }
    }

    /** What a row says, checked. */
    private record Row(long id, int client, byte kind, long start, long end, long parent, long version, byte outcome) {}

    /** A version that the file says was written. */
    private static final class Written {
        private final long parent;

        /** 0 until it is known. */
        private int depth;

        Written(long parent) {
            this.parent = parent;
        }
    }

    private History history() throws IOException {
        List<Row> rows = new ArrayList<>();
        while (lines.next()) {
            if (lines.bytes()[lines.from()] != '#') {
                if (!split() && !lines.terminated()) {
                    damage.add("the file ends inside a line, which is left out: line=" + lines.number());
                    break;
                }
                rows.add(row());
            }
        }
        rows.sort(Comparator.comparingLong(Row::start));
        List<Operation> operations = new ArrayList<>(rows.size());
        for (Row row : rows) {
            operations.add(operation(row));
        }
        return new History(ORIGIN, operations, damage);
    }

    /** Finds the columns; false when there are too few of them, or nothing in the last. */
    private boolean split() throws IOException {
        int columns = 0;
        starts[0] = lines.from();
        for (int i = lines.from(); i <= lines.to(); i++) {
            if (i == lines.to() || lines.bytes()[i] == '\t') {
                columns++;
                if (columns <= COLUMNS) {
                    starts[columns] = i + 1;
                }
            }
        }
        boolean whole = columns >= COLUMNS && starts[COLUMNS] - 1 > starts[COLUMNS - 1];
        if (columns != COLUMNS && (lines.terminated() || columns > COLUMNS)) {
            throw lines.error(
                    "a row with the wrong number of columns",
                    "columns=" + columns + " expected=" + COLUMNS,
                    "separate by tabs: " + HistoryRows.HEADER.replace('\t', ' '));
        }
        return whole;
    }

    private Row row() throws IOException {
        long id = number(0, "id", 0, Long.MAX_VALUE);
        if (!ids.add(id)) {
            throw lines.error("an operation id is used twice", "id=" + id, "give every operation an id of its own");
        }
        int client = (int) number(1, "client", 0, Integer.MAX_VALUE);
        byte kind = letter(2, "kind", "RWCDUX");
        long start = number(3, "start", Long.MIN_VALUE, Long.MAX_VALUE);
        long end = number(4, "end", Long.MIN_VALUE, Long.MAX_VALUE);
        // Deletes have the numbers from here on.
        long idMax = new Version(HistoryRows.DELETER, 0).packed() - 1;
        long parent = number(5, "parent", 0, idMax);
        long version = number(6, "version", 0, idMax);
        byte outcome = letter(7, "outcome", "of?");
        if (end != HistoryRows.NEVER && end < start) {
            throw lines.error(
                    "an operation ends before it starts",
                    "start=" + start + " end=" + end,
                    "write " + HistoryRows.NEVER + " for one that was never answered");
        }
        if (end == HistoryRows.NEVER && outcome != '?') {
            throw lines.error(
                    "an outcome without an end",
                    "outcome=" + (char) outcome,
                    "write ? for one that was never answered");
        }
        if (kind == 'W' || kind == 'C' || kind == 'U') {
            written.putIfAbsent(version, new Written(parent));
        }
        Row row = new Row(id, client, kind, start, end, parent, version, outcome);
        check(row);
        return row;
    }

    /** Which of the two versions a kind has. */
    private void check(Row row) throws IOException {
        boolean matches = row.kind == 'W' || row.kind == 'D';
        if (row.kind != 'R' && matches != (row.parent != 0)) {
            throw lines.error(
                    matches ? "a row with If-Match needs its parent" : "a row without If-Match has no parent",
                    "kind=" + (char) row.kind + " parent=" + row.parent,
                    "write the version whose tag was sent, else 0");
        }
        boolean deletes = row.kind == 'D' || row.kind == 'X';
        if (row.kind != 'R' && deletes != (row.version == 0)) {
            throw lines.error(
                    deletes ? "a delete writes no version" : "a write needs its version",
                    "kind=" + (char) row.kind + " version=" + row.version,
                    "write the version that was sent, 0 for a delete");
        }
        boolean unchanged = row.kind == 'R' && row.outcome == 'f';
        if (unchanged && (row.version == 0 ? row.parent == 0 : row.parent != 0 && row.parent != row.version)) {
            throw lines.error(
                    "a read that was told 304 has one version",
                    "parent=" + row.parent + " version=" + row.version,
                    "write the version whose tag was sent as version");
        }
    }

    private Operation operation(Row row) {
        boolean write = row.kind == 'W' || row.kind == 'C' || row.kind == 'U';
        boolean delete = row.kind == 'D' || row.kind == 'X';
        Version writes =
                write ? HistoryRows.version(row.version) : delete ? new Version(HistoryRows.DELETER, ++deletes) : null;
        Invocation invocation = new Invocation(
                row.id,
                row.client,
                0,
                0,
                0,
                write ? Method.PUT : delete ? Method.DELETE : Method.GET,
                precondition(row),
                writes,
                write ? depth(row.version) : 0,
                row.start);
        return new Operation(invocation, completion(row));
    }

    private static Precondition precondition(Row row) {
        return switch (row.kind) {
            case 'W', 'D' -> new Precondition(Precondition.Kind.IF_MATCH, null, HistoryRows.version(row.parent));
            case 'C' -> Precondition.CREATE;
            case 'R' -> {
                long held = row.outcome == 'f' && row.version != 0 ? row.version : row.parent;
                yield held == 0
                        ? Precondition.NONE
                        : new Precondition(Precondition.Kind.IF_NONE_MATCH, null, HistoryRows.version(held));
            }
            default -> Precondition.NONE;
        };
    }

    private @Nullable Completion completion(Row row) {
        if (row.end == HistoryRows.NEVER) {
            return null;
        }
        boolean read = row.kind == 'R';
        Outcome outcome = switch (row.outcome) {
            case 'o' -> Outcome.APPLIED;
            case 'f' -> Outcome.REFUSED;
            default -> Outcome.unknown(Outcome.Cause.TIMEOUT);
        };
        Observation observation = !read || row.outcome != 'o'
                ? Observation.NOTHING
                : row.version == 0 ? Observation.ABSENT : seen(row.version);
        return new Completion(row.id, status(row), outcome, null, observation, 0, row.end);
    }

    private static int status(Row row) {
        return switch (row.outcome) {
            case 'o' ->
                switch (row.kind) {
                    case 'C' -> 201;
                    case 'D', 'X' -> 204;
                    case 'R' -> row.version == 0 ? 404 : 200;
                    default -> 200;
                };
            case 'f' -> row.kind == 'R' ? 304 : 412;
            default -> 0;
        };
    }

    private Observation.Seen seen(long version) {
        Written writer = written.get(version);
        return writer == null
                ? new Observation.Seen(HistoryRows.version(version), Version.ABSENT, 1)
                : new Observation.Seen(
                        HistoryRows.version(version), HistoryRows.version(writer.parent), depth(version));
    }

    /** Depth of a written version; a chain whose beginning is not in the file, or that bites its tail, begins at 1. */
    private int depth(long version) {
        Deque<Written> unknown = new ArrayDeque<>();
        Written writer = written.get(version);
        while (writer != null && writer.depth == 0) {
            writer.depth = -1;
            unknown.push(writer);
            writer = written.get(writer.parent);
        }
        int depth = writer == null ? 0 : Math.max(0, writer.depth);
        while (!unknown.isEmpty()) {
            unknown.peek().depth = ++depth;
            unknown.pop();
        }
        return depth;
    }

    private String column(int index) {
        int from = starts[index];
        return new String(lines.bytes(), from, starts[index + 1] - 1 - from, StandardCharsets.ISO_8859_1);
    }

    private byte letter(int index, String name, String letters) throws IOException {
        String word = column(index);
        if (word.length() != 1 || letters.indexOf(word.charAt(0)) < 0) {
            throw lines.error(
                    "a value out of range",
                    name + "=" + word,
                    "expected one of " + String.join(" ", letters.split("")));
        }
        return (byte) word.charAt(0);
    }

    private long number(int index, String name, long min, long max) throws IOException {
        String digits = column(index);
        try {
            long number = Long.parseLong(digits);
            if (number >= min && number <= max) {
                return number;
            }
        } catch (NumberFormatException e) {
            // Said below, like every other number that does not fit.
        }
        throw lines.error("a value out of range", name + "=" + digits, "expected " + min + ".." + max);
    }
}
