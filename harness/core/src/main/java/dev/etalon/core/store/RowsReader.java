package dev.etalon.core.store;

import dev.etalon.core.model.History;
import dev.etalon.core.model.Method;
import dev.etalon.core.model.Observation;
import dev.etalon.core.model.Operation;
import dev.etalon.core.model.Operation.Answer;
import dev.etalon.core.model.Operation.Request;
import dev.etalon.core.model.Outcome;
import dev.etalon.core.model.Precondition;
import dev.etalon.core.model.Version;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Reads tab-separated rows: first all rows, because a read may stand before the write it shows. Used once.
 *
 * <p>Until then the rows are columns of numbers, and what operations have in common is made once for each version: a
 * million rows take as much heap as their operations.
 */
final class RowsReader {
    private static final int COLUMNS = 8;

    /** So many decimal digits always fit a long. */
    private static final int PLAIN_DIGITS = 18;

    private static final long NOT_PLAIN = -1;

    private static final History.Origin ORIGIN = new History.Origin(0, "", "", "", "", "", 0);

    private static final Request READ = request(Method.GET, Precondition.NONE, 0);
    private static final Request PUT = request(Method.PUT, Precondition.NONE, 1);
    private static final Request CREATE = request(Method.PUT, Precondition.CREATE, 1);
    private static final Request DELETE = request(Method.DELETE, Precondition.NONE, 0);
    private static final Answer NO_ANSWER = answer(0, Outcome.unknown(Outcome.Cause.TIMEOUT), Observation.NOTHING);
    private static final Answer NOT_MODIFIED = answer(304, Outcome.REFUSED, Observation.NOTHING);
    private static final Answer PRECONDITION_FAILED = answer(412, Outcome.REFUSED, Observation.NOTHING);
    private static final Answer OK = answer(200, Outcome.APPLIED, Observation.NOTHING);
    private static final Answer CREATED = answer(201, Outcome.APPLIED, Observation.NOTHING);
    private static final Answer NO_CONTENT = answer(204, Outcome.APPLIED, Observation.NOTHING);
    private static final Answer NOT_FOUND = answer(404, Outcome.APPLIED, Observation.ABSENT);

    private final Lines lines;
    private final LongSet ids = new LongSet();
    private final Rows rows = new Rows();
    private final RowVersions versions = new RowVersions();
    private final List<String> damage = new ArrayList<>();
    private int deletes;

    /** Where the columns of the line begin; one more than there are, so that each has an end. */
    private final int[] starts = new int[COLUMNS + 1];

    /** What the columns say where that is nothing but a few digits, which nearly all numbers are. */
    private final long[] numbers = new long[COLUMNS];

    private RowsReader(Lines lines) {
        this.lines = lines;
    }

    static History read(Path file) throws IOException {
        try (Lines lines = new Lines(file)) {
            return new RowsReader(lines).history();
        }
    }

    /** What the rows say, checked. Versions are those of {@link RowVersions}. */
    private static final class Rows {
        private static final int CAPACITY_MIN = 4096;
        private static final int GROWTH_MAX = 8;

        private long[] id = {};
        private int[] client = {};
        private byte[] kind = {};
        private long[] start = {};
        private long[] end = {};
        private int[] parent = {};
        private int[] version = {};
        private byte[] outcome = {};
        private int size;

        /** Makes room for one more row. */
        int add(Lines lines) {
            if (size == id.length) {
                // What the file will have if it goes on like this, and a little more; but its first rows are short
                // ones.
                double expected = size * Math.min(GROWTH_MAX, 1.02 * lines.timesAsLong()) + CAPACITY_MIN;
                int capacity = (int) Math.min(Integer.MAX_VALUE - 8, expected);
                id = Arrays.copyOf(id, capacity);
                client = Arrays.copyOf(client, capacity);
                kind = Arrays.copyOf(kind, capacity);
                start = Arrays.copyOf(start, capacity);
                end = Arrays.copyOf(end, capacity);
                parent = Arrays.copyOf(parent, capacity);
                version = Arrays.copyOf(version, capacity);
                outcome = Arrays.copyOf(outcome, capacity);
            }
            return size++;
        }

        boolean inOrderOfStart() {
            for (int i = 1; i < size; i++) {
                if (start[i - 1] > start[i]) {
                    return false;
                }
            }
            return true;
        }

        /** In which order they began; rows of one instant stay in the order of the file. */
        int[] sorted() {
            return IntStream.range(0, size)
                    .boxed()
                    .sorted(Comparator.comparingLong(i -> start[i]))
                    .mapToInt(Integer::intValue)
                    .toArray();
        }
    }

    private History history() throws IOException {
        while (lines.next()) {
            if (lines.bytes()[lines.from()] != '#') {
                if (!split() && !lines.terminated()) {
                    damage.add("the file ends inside a line, which is left out: line=" + lines.number());
                    break;
                }
                row();
            }
        }
        versions.complete();
        List<Operation> operations = new ArrayList<>(rows.size);
        int[] order = rows.inOrderOfStart() ? null : rows.sorted();
        for (int i = 0; i < rows.size; i++) {
            operations.add(operation(order == null ? i : order[i]));
        }
        return new History(ORIGIN, operations, damage);
    }

    /** Finds the columns, and what numbers they are; false when there are too few of them, or nothing in the last. */
    private boolean split() throws IOException {
        int columns = 0;
        byte[] bytes = lines.bytes();
        int to = lines.to();
        int start = lines.from();
        starts[0] = start;
        long number = 0;
        boolean plain = true;
        for (int i = start; i <= to; i++) {
            int sign = i == to ? '\t' : bytes[i];
            if (sign != '\t') {
                int digit = sign - '0';
                plain &= digit >= 0 && digit <= 9;
                number = 10 * number + digit;
                continue;
            }
            if (columns < COLUMNS) {
                numbers[columns] = plain && i > start && i - start <= PLAIN_DIGITS ? number : NOT_PLAIN;
                starts[columns + 1] = i + 1;
            }
            columns++;
            start = i + 1;
            number = 0;
            plain = true;
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

    private void row() throws IOException {
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
        check(kind, parent, version, outcome);
        int i = rows.add(lines);
        rows.id[i] = id;
        rows.client[i] = client;
        rows.kind[i] = kind;
        rows.start[i] = start;
        rows.end[i] = end;
        rows.parent[i] = versions.number(parent);
        rows.version[i] = versions.number(version);
        rows.outcome[i] = outcome;
        if (writes(kind)) {
            versions.written(rows.version[i], rows.parent[i]);
        }
    }

    private static boolean writes(byte kind) {
        return kind == 'W' || kind == 'C' || kind == 'U';
    }

    /** Which of the two versions a kind has. */
    private void check(byte kind, long parent, long version, byte outcome) throws IOException {
        boolean matches = kind == 'W' || kind == 'D';
        if (kind != 'R' && matches != (parent != 0)) {
            throw lines.error(
                    matches ? "a row with If-Match needs its parent" : "a row without If-Match has no parent",
                    "kind=" + (char) kind + " parent=" + parent,
                    "write the version whose tag was sent, else 0");
        }
        boolean deletes = kind == 'D' || kind == 'X';
        if (kind != 'R' && deletes != (version == 0)) {
            throw lines.error(
                    deletes ? "a delete writes no version" : "a write needs its version",
                    "kind=" + (char) kind + " version=" + version,
                    "write the version that was sent, 0 for a delete");
        }
        boolean unchanged = kind == 'R' && outcome == 'f';
        if (unchanged && (version == 0 ? parent == 0 : parent != 0 && parent != version)) {
            throw lines.error(
                    "a read that was told 304 has one version",
                    "parent=" + parent + " version=" + version,
                    "write the version whose tag was sent as version");
        }
    }

    private Operation operation(int i) {
        byte kind = rows.kind[i];
        int version = rows.version[i];
        boolean answered = rows.end[i] != HistoryRows.NEVER;
        Version written = writes(kind)
                ? versions.version(version)
                : kind == 'R' ? null : new Version(HistoryRows.DELETER, ++deletes);
        return new Operation(
                rows.id[i],
                rows.client[i],
                request(i),
                written,
                rows.start[i],
                answered ? answer(i) : null,
                answered ? rows.end[i] : Long.MAX_VALUE);
    }

    private Request request(int i) {
        int version = rows.version[i];
        int parent = rows.parent[i];
        return switch (rows.kind[i]) {
            case 'W' -> versions.replace(parent, versions.depth(version));
            case 'D' -> versions.remove(parent);
            case 'C' -> first(CREATE, versions.depth(version));
            case 'U' -> first(PUT, versions.depth(version));
            case 'X' -> DELETE;
            default -> {
                int held = rows.outcome[i] == 'f' && version != 0 ? version : parent;
                yield held == 0 ? READ : versions.readUnless(held);
            }
        };
    }

    /** A write without a parent, whose version has another depth only where another row writes it too. */
    private static Request first(Request shared, int depth) {
        return depth == shared.depth() ? shared : request(shared.method(), shared.precondition(), depth);
    }

    private Answer answer(int i) {
        byte kind = rows.kind[i];
        return switch (rows.outcome[i]) {
            case 'o' ->
                switch (kind) {
                    case 'C' -> CREATED;
                    case 'D', 'X' -> NO_CONTENT;
                    case 'R' -> rows.version[i] == 0 ? NOT_FOUND : versions.seen(rows.version[i]);
                    default -> OK;
                };
            case 'f' -> kind == 'R' ? NOT_MODIFIED : PRECONDITION_FAILED;
            default -> NO_ANSWER;
        };
    }

    static Request request(Method method, Precondition precondition, int depth) {
        return new Request(0, 0, 0, method, precondition, depth, 0);
    }

    static Answer answer(int status, Outcome outcome, Observation observation) {
        return new Answer(status, outcome, null, observation, 0);
    }

    private String column(int index) {
        int from = starts[index];
        return new String(lines.bytes(), from, starts[index + 1] - 1 - from, StandardCharsets.ISO_8859_1);
    }

    private byte letter(int index, String name, String letters) throws IOException {
        byte letter = lines.bytes()[starts[index]];
        if (starts[index + 1] - 1 - starts[index] != 1 || letters.indexOf(letter) < 0) {
            throw lines.error(
                    "a value out of range",
                    name + "=" + column(index),
                    "expected one of " + String.join(" ", letters.split("")));
        }
        return letter;
    }

    private long number(int index, String name, long min, long max) throws IOException {
        long number = numbers[index];
        return number != NOT_PLAIN && number >= min && number <= max ? number : anyNumber(index, name, min, max);
    }

    private long anyNumber(int index, String name, long min, long max) throws IOException {
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
