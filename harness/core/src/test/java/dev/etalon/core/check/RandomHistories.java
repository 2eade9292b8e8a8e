package dev.etalon.core.check;

import dev.etalon.core.model.Completion;
import dev.etalon.core.model.EntityTag;
import dev.etalon.core.model.Invocation;
import dev.etalon.core.model.Method;
import dev.etalon.core.model.Observation;
import dev.etalon.core.model.Operation;
import dev.etalon.core.model.Outcome;
import dev.etalon.core.model.Precondition;
import dev.etalon.core.model.Version;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;

/**
 * Lives out random histories of a faithful register, of every kind of request, and then tells lies about them.
 *
 * <p>Clients work in a closed loop. Each operation takes effect at one instant inside its interval; a write without an
 * answer takes effect later, much later or never. Times are then rounded down to a coarse clock, so that ties abound: a
 * history stays linearizable, for rounding only ever makes operations overlap. Every write has a version of its own
 * (P1), and every validator was shown by an answer before it is sent (P3): on small histories by an earlier tick of the
 * clock, for with ties as overlap an answer of the same tick did not come first.
 *
 * <p>A seed always makes the same history. Not thread-safe.
 */
final class RandomHistories {
    private static final int KEY = 1;
    private static final int FINE = 64;
    private static final Outcome UNKNOWN = Outcome.unknown(Outcome.Cause.TIMEOUT);
    private static final String KINDS = "RWCDUX";

    /** Those of small histories, for making millions of them. */
    private static final Version[] VERSIONS = new Version[32];

    private static final EntityTag[] TAGS = new EntityTag[VERSIONS.length];

    static {
        for (int number = 0; number < VERSIONS.length; number++) {
            VERSIONS[number] = new Version(1 + number % 3, number);
            TAGS[number] = new EntityTag("\"" + number + "\"");
        }
    }

    /**
     * How large histories are.
     *
     * @param ties whether a validator may be sent within the tick of the clock in which it was shown
     * @param roundOperations operations of a round, after which all clients wait for each other; 0 for no rounds
     */
    record Size(
            int clientsMin, int clientsMax, int operationsMin, int operationsMax, boolean ties, int roundOperations) {
        /** Small enough to try every order. */
        static final Size SMALL = new Size(2, 5, 4, 10, false, 0);
    }

    /** One line of the format; {@code -1} for an end that never came. */
    static final class Row {
        final int id;
        int client;
        final int round;
        char kind;
        long start;
        long end;
        int parent;
        int version;
        char outcome;

        /** When an unknown write takes effect. */
        private long due;

        private Row(int id, int client, int round, char kind, long start) {
            this.id = id;
            this.client = client;
            this.round = round;
            this.kind = kind;
            this.start = start;
        }

        private void answer(long start, long end, int parent, int version, char outcome) {
            this.start = start;
            this.end = end;
            this.parent = parent;
            this.version = version;
            this.outcome = outcome;
        }

        boolean unknown() {
            return outcome == '?';
        }
    }

    private final Profile profile;
    private final Size size;
    private final int[] weights;
    private SplittableRandom random = new SplittableRandom(0);

    private final List<Row> rows = new ArrayList<>();
    private final List<Row> late = new ArrayList<>();
    private int[] shown = new int[16];
    private long[] shownAt = new long[16];
    private int shownCount;
    private long grain;
    private int state;
    private int process;
    private int round;
    private boolean createsByPut;
    private int unknownPercent;

    RandomHistories(Profile profile, Size size) {
        this.profile = profile;
        this.size = size;
        this.weights = switch (profile) {
            case STRICT -> new int[] {40, 48, 12, 0, 0, 0};
            case LIFECYCLE -> new int[] {28, 30, 20, 22, 0, 0};
            case MIXED -> new int[] {30, 28, 10, 10, 22, 0};
            case LOOSE -> new int[] {28, 20, 15, 8, 14, 15};
        };
    }

    /** The lines of the last history made. */
    List<Row> rows() {
        return rows;
    }

    /** A history of the faithful register. */
    RandomHistories live(long seed) {
        random = new SplittableRandom(seed);
        rows.clear();
        late.clear();
        shownCount = 0;
        state = 0;
        round = 0;
        createsByPut = false;
        int clients = between(size.clientsMin, size.clientsMax);
        int operations = between(size.operationsMin, size.operationsMax);
        unknownPercent = random.nextBoolean() ? 0 : random.nextInt(21);
        process = clients;
        grain = (FINE / 8L) << random.nextInt(4);
        long start = 0;
        int ground = random.nextInt(4);
        if (ground == 0) {
            start = lay();
        } else if (ground == 1 && profile == Profile.STRICT) {
            createsByPut = true;
        }
        run(clients, operations, start);
        for (Row row : rows) {
            row.start /= grain;
            row.end = row.end < 0 ? -1 : row.end / grain;
        }
        rows.sort((a, b) -> Long.compare(a.start, b.start));
        return this;
    }

    private int between(int least, int most) {
        return least + random.nextInt(most - least + 1);
    }

    /** The coordinator lays the ground before anybody else begins. */
    private long lay() {
        Row row = new Row(1, 0, round, 'U', 0);
        rows.add(row);
        takeEffect(row);
        end(row, FINE);
        return 3 * FINE;
    }

    private void run(int clients, int operations, long start) {
        long[] next = new long[clients];
        Row[] inFlight = new Row[clients];
        boolean[] effective = new boolean[clients];
        int[] client = new int[clients];
        for (int c = 0; c < clients; c++) {
            next[c] = start + random.nextInt(2 * FINE);
            client[c] = c + 1;
        }
        int flying = 0;
        int inRound = 0;
        while (true) {
            int c = 0;
            for (int other = 1; other < clients; other++) {
                c = next[other] < next[c] ? other : c;
            }
            long now = next[c];
            lateEffects(now);
            Row row = inFlight[c];
            if (row == null) {
                if (rows.size() >= operations && flying == 0) {
                    return;
                }
                if (rows.size() >= operations || (size.roundOperations == inRound && inRound > 0 && flying > 0)) {
                    next[c] = now + FINE;
                    continue;
                }
                if (size.roundOperations == inRound && inRound > 0) {
                    round++;
                    inRound = 0;
                }
                inRound++;
                row = begin(client[c], now);
                if (row.unknown()) {
                    next[c] = now + random.nextInt(3 * FINE);
                    client[c] = ++process;
                } else {
                    next[c] = now + random.nextInt(2 * FINE);
                    inFlight[c] = row;
                    effective[c] = false;
                    flying++;
                }
            } else if (effective[c]) {
                end(row, now);
                inFlight[c] = null;
                flying--;
                next[c] = now + random.nextInt(2 * FINE);
            } else {
                takeEffect(row);
                effective[c] = true;
                next[c] = now + random.nextInt(2 * FINE);
            }
        }
    }

    private Row begin(int client, long now) {
        int dice = random.nextInt(100);
        int kind = 0;
        while (dice >= weights[kind]) {
            dice -= weights[kind++];
        }
        char what = KINDS.charAt(kind);
        int held = shownCount;
        while (!size.ties && held > 0 && shownAt[held - 1] / grain == now / grain) {
            held--;
        }
        if ((what == 'W' || what == 'D') && held == 0) {
            what = 'C';
        }
        if (what == 'C' && createsByPut) {
            what = rows.stream().anyMatch(row -> row.kind == 'U') ? 'R' : 'U';
        }
        Row row = new Row(rows.size() + 1, client, round, what, now);
        if (what == 'W' || what == 'D') {
            row.parent = shown[random.nextInt(5) < 3 ? held - 1 : random.nextInt(held)];
        }
        rows.add(row);
        if (random.nextInt(100) < unknownPercent) {
            row.outcome = '?';
            row.version = what == 'R' ? 0 : row.id;
            row.end = -1;
            if (what != 'R' && random.nextBoolean()) {
                row.due = now + random.nextInt(random.nextBoolean() ? 2 * FINE : 12 * FINE);
                late.add(row);
            }
        }
        return row;
    }

    private void lateEffects(long now) {
        while (!late.isEmpty()) {
            Row first = late.get(0);
            for (Row row : late) {
                first = row.due < first.due ? row : first;
            }
            if (first.due > now) {
                return;
            }
            late.remove(first);
            takeEffect(first);
        }
    }

    private void takeEffect(Row row) {
        boolean holds = row.kind == 'U' || row.kind == 'X' || state == row.parent;
        if (row.kind == 'R') {
            row.version = state;
            row.outcome = 'o';
            return;
        }
        row.version = row.id;
        if (row.kind == 'D' && state == 0 && !row.unknown() && random.nextBoolean()) {
            // It is gone already, as it was asked to be.
            row.outcome = 'o';
            return;
        }
        if (!row.unknown()) {
            row.outcome = holds ? 'o' : 'f';
        }
        if (holds) {
            state = row.kind == 'D' || row.kind == 'X' ? 0 : row.id;
        }
    }

    private void end(Row row, long now) {
        row.end = now;
        if (row.outcome == 'o' && row.version > 0 && row.kind != 'D' && row.kind != 'X') {
            if (shownCount == shown.length) {
                shown = Arrays.copyOf(shown, 2 * shownCount);
                shownAt = Arrays.copyOf(shownAt, 2 * shownCount);
            }
            shownAt[shownCount] = now;
            shown[shownCount++] = row.version;
        }
    }

    /**
     * Tells up to three lies about the history, none of which breaks P1.
     *
     * @param provenance whether to take back those that break P3
     * @return how many were taken back
     */
    int lie(boolean provenance) {
        int back = 0;
        for (int lies = random.nextInt(4); lies > 0; lies--) {
            Row a = rows.get(random.nextInt(rows.size()));
            Row b = rows.get(random.nextInt(rows.size()));
            long startA = a.start;
            long endA = a.end;
            int parentA = a.parent;
            int versionA = a.version;
            char outcomeA = a.outcome;
            long startB = b.start;
            long endB = b.end;
            int parentB = b.parent;
            int versionB = b.version;
            char outcomeB = b.outcome;
            lie(a, b);
            if (provenance && !provenance()) {
                b.answer(startB, endB, parentB, versionB, outcomeB);
                a.answer(startA, endA, parentA, versionA, outcomeA);
                back++;
            }
        }
        for (int i = 1; i < rows.size(); i++) {
            for (int k = i; k > 0 && rows.get(k).start < rows.get(k - 1).start; k--) {
                rows.set(k, rows.set(k - 1, rows.get(k)));
            }
        }
        return back;
    }

    private void lie(Row a, Row b) {
        int by = 1 + random.nextInt(4);
        switch (random.nextInt(8)) {
            case 0, 1 -> {
                if (a.kind == 'R') {
                    a.version = b.kind == 'R' ? b.version : b.kind == 'D' || b.kind == 'X' ? 0 : b.id;
                } else if (!a.unknown()) {
                    a.outcome = a.outcome == 'o' ? 'f' : 'o';
                }
            }
            case 2 -> {
                if (a.kind != 'R' && !a.unknown()) {
                    a.outcome = a.outcome == 'o' ? 'f' : 'o';
                }
            }
            case 3 -> {
                a.outcome = '?';
                a.end = -1;
            }
            case 4 -> {
                if (!a.unknown()) {
                    boolean late = random.nextBoolean();
                    a.start = late ? Math.min(a.end, a.start + by) : a.start;
                    a.end = late ? a.end : Math.max(a.start, a.end - by);
                }
            }
            case 5 -> {
                long shift = random.nextBoolean() ? by : -Math.min(by, a.start);
                a.start += shift;
                a.end += a.unknown() ? 0 : shift;
            }
            case 6 -> {
                if (!a.unknown() && !b.unknown()) {
                    long start = a.start;
                    long end = a.end;
                    a.start = b.start;
                    a.end = b.end;
                    b.start = start;
                    b.end = end;
                }
            }
            default -> {
                if (a.kind == 'R' && b.kind == 'R') {
                    int version = a.version;
                    a.version = b.version;
                    b.version = version;
                } else if (a.parent > 0 && b.parent > 0) {
                    int parent = a.parent;
                    a.parent = b.parent;
                    b.parent = parent;
                }
            }
        }
    }

    /** P3: whether every validator's version was sent, and an answer showed it, before the validator was sent. */
    boolean provenance() {
        for (Row row : rows) {
            if (row.parent > 0 && !shownBefore(row)) {
                return false;
            }
        }
        return true;
    }

    private boolean shownBefore(Row row) {
        for (Row write : rows) {
            if (write.id == row.parent && write.start >= row.start) {
                return false;
            }
        }
        for (Row by : rows) {
            if (by.outcome == 'o' && by != row && by.end < row.start) {
                boolean shows = by.kind != 'D' && by.kind != 'X' && by.version == row.parent;
                if (shows || by.parent == row.parent) {
                    return true;
                }
            }
        }
        return false;
    }

    /** The history as the harness would have recorded it, in order of start. */
    List<Operation> operations() {
        return operations(new long[1]);
    }

    /** The same, each client's times read off the clock of one of several hosts. */
    List<Operation> operations(long[] offsets) {
        List<Operation> operations = new ArrayList<>(rows.size());
        for (Row row : rows) {
            int host = row.client % offsets.length;
            operations.add(operation(row, host, offsets[host]));
        }
        if (offsets.length > 1) {
            operations.sort((a, b) -> Long.compare(a.startNs(), b.startNs()));
        }
        return operations;
    }

    private Operation operation(Row row, int host, long offset) {
        boolean reads = row.kind == 'R';
        // Now and then a read is told 304, and a delete that finds nothing is a read of absence.
        boolean otherwise = reads && row.outcome == 'o' && row.id % 5 == 0;
        boolean findsNothing = otherwise && row.version == 0;
        boolean notModified = otherwise && row.version > 0;
        Method method =
                row.kind == 'D' || row.kind == 'X' || findsNothing ? Method.DELETE : reads ? Method.GET : Method.PUT;
        Version writes = reads && !findsNothing ? null : version(row.id);
        Precondition precondition = notModified
                ? Precondition.ifNoneMatch(tag(row.version), version(row.version))
                : row.parent > 0
                        ? Precondition.ifMatch(tag(row.parent), version(row.parent))
                        : row.kind == 'C' ? Precondition.CREATE : Precondition.NONE;
        Invocation invocation = new Invocation(
                row.id, row.client, row.round, KEY, 0, method, precondition, writes, 1, host, row.start + offset);
        return new Operation(invocation, completion(row, notModified, offset));
    }

    private @Nullable Completion completion(Row row, boolean notModified, long offset) {
        if (row.unknown()) {
            // One that timed out, or one that was in flight when the run ended.
            return row.id % 2 == 0
                    ? null
                    : new Completion(row.id, 0, UNKNOWN, null, Observation.NOTHING, 0, row.start + offset + 3);
        }
        Outcome outcome = row.outcome == 'o' && !notModified ? Outcome.APPLIED : Outcome.REFUSED;
        boolean reads = row.kind == 'R';
        int status = notModified ? 304 : row.outcome == 'f' ? 412 : reads && row.version == 0 ? 404 : 200;
        Observation observation = !reads || notModified
                ? Observation.NOTHING
                : row.version == 0 ? Observation.ABSENT : new Observation.Seen(version(row.version), Version.ABSENT, 1);
        return new Completion(row.id, status, outcome, null, observation, 0, row.end + offset);
    }

    private static Version version(int number) {
        return number < VERSIONS.length ? VERSIONS[number] : new Version(1 + number % 3, number);
    }

    private static EntityTag tag(int number) {
        return number < TAGS.length ? TAGS[number] : new EntityTag("\"" + number + "\"");
    }

    /** The history as a table: one line an operation, a header line first. */
    String table() {
        StringBuilder table = new StringBuilder("# id\tclient\tkind\tstart\tend\tparent\tversion\toutcome\n");
        for (Row row : rows) {
            table.append(row.id)
                    .append('\t')
                    .append(row.client)
                    .append('\t')
                    .append(row.kind)
                    .append('\t')
                    .append(row.start)
                    .append('\t')
                    .append(row.end)
                    .append('\t')
                    .append(row.parent)
                    .append('\t')
                    .append(row.version)
                    .append('\t')
                    .append(row.outcome)
                    .append('\n');
        }
        return table.toString();
    }
}
