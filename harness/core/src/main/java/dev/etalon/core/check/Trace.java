package dev.etalon.core.check;

import dev.etalon.core.model.Method;
import dev.etalon.core.model.Observation;
import dev.etalon.core.model.Operation;
import dev.etalon.core.model.Precondition;
import dev.etalon.core.model.Version;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The operations of one key as columns of numbers: what the deciders work on.
 *
 * <p>Each operation is reduced to what the register of {@code docs/judge.md} knows of it: what it does, when, which
 * version it needs or makes, and what is known of its effect. What says nothing about the register's state is {@link
 * Kind#NOTHING}: reads without a whole body or without an answer, and refusals of validators that never were.
 *
 * <p>Versions are numbered 1 … {@link #versions()} in order of (writer, sequence); {@link #ABSENT} is the state without
 * a representation. Times are nanoseconds of one clock; with several clocks they are widened, see {@link Timeline}.
 * Immutable once built.
 */
final class Trace {
    /** The state "no representation". */
    static final int ABSENT = 0;

    /** What an operation does to the register. */
    enum Kind {
        /** Says nothing about the state. */
        NOTHING,
        /** Shows the version {@link #version(int)}, or absence. */
        READ,
        /** PUT If-Match: needs {@link #parent(int)}, makes {@link #version(int)}. */
        REPLACE,
        /** PUT If-None-Match: *: needs absence, makes {@link #version(int)}. */
        CREATE,
        /**
         * DELETE If-Match: needs {@link #parent(int)} or absence, makes absence. A server may say 2xx where the change has
         * been made already, by whomever (RFC 9110 §13.1.1), as Amazon S3 does for directory buckets.
         */
        REMOVE,
        /** PUT: needs nothing, makes {@link #version(int)}. */
        PUT,
        /** DELETE: needs nothing, makes absence. */
        DELETE
    }

    /** What is known of an operation's effect. */
    enum Fate {
        APPLIED,
        REFUSED,
        UNKNOWN
    }

    private static final Kind[] KINDS = Kind.values();
    private static final Fate[] FATES = Fate.values();

    private final List<Operation> operations;
    private final long[] start;
    private final long[] end;
    private final byte[] kind;
    private final byte[] fate;
    private final int[] version;
    private final int[] parent;
    private final long[] identities;
    private final int[] writeOf;
    private final Doubts doubts;

    /** What is not to be taken at its word. */
    interface Doubts {
        /** Nobody doubts anything. */
        Doubts NONE = new Doubts() {};

        /** Whether an answer contradicts itself, and so says nothing. */
        default boolean mute(Operation op) {
            return false;
        }

        /** Whether the tag that a request was sent with may stand for several versions: nobody knows what it asked for. */
        default boolean shared(Operation op) {
            return false;
        }

        /** Whether the version a request asked for has several tags, so that a refusal may be due to the tag alone. */
        default boolean split(Operation op) {
            return false;
        }
    }

    private Trace(List<Operation> operations, long[] identities, Timeline timeline, Doubts doubts) {
        int n = operations.size();
        this.operations = operations;
        this.identities = identities;
        this.doubts = doubts;
        this.start = timeline.starts();
        this.end = timeline.ends();
        this.kind = new byte[n];
        this.fate = new byte[n];
        this.version = new int[n];
        this.parent = new int[n];
        this.writeOf = new int[identities.length + 1];
        Arrays.fill(writeOf, -1);
        for (int i = 0; i < n; i++) {
            reduce(i, operations.get(i), i > 0 && operations.get(i - 1) == operations.get(i), doubts);
        }
    }

    /**
     * The operations of one key, each as often as its answer says something of the state: a refusal may also say what is
     * there instead.
     *
     * @param operations in order of start
     */
    static List<Operation> rows(List<Operation> operations) {
        List<Operation> rows = operations;
        for (int i = 0; i < operations.size(); i++) {
            Operation op = operations.get(i);
            boolean more = saysMore(op);
            if (more && rows == operations) {
                rows = new ArrayList<>(operations.subList(0, i));
            }
            if (rows != operations) {
                rows.add(op);
            }
            if (more) {
                rows.add(op);
            }
        }
        return rows;
    }

    /** A refused If-Match with 404, or a refused If-None-Match of one tag: see {@link #more}. */
    private static boolean saysMore(Operation op) {
        if (!op.write() || !op.refused() || op.removes()) {
            return false;
        }
        Precondition.Kind condition = op.precondition().kind();
        // A 404 does not say that what If-None-Match named is there.
        return (condition == Precondition.Kind.IF_NONE_MATCH && op.status() != 404)
                || (condition == Precondition.Kind.IF_MATCH
                        && op.status() == 404
                        // An upload may be what was not found.
                        && !op.missesElsewhere());
    }

    /**
     * Reduces the operations of one key.
     *
     * @param operations in order of start; the same one twice where its answer says two things, see {@link #rows}
     * @param timeline their times, widened where clocks differ
     * @param doubts which of them are not to be taken at their word
     * @throws BrokenPrecondition when two of them write the same version
     */
    static Trace of(List<Operation> operations, Timeline timeline, Doubts doubts) {
        int writes = 0;
        Operation before = null;
        long[] identities = new long[operations.size()];
        for (Operation op : operations) {
            if (op != before && makes(op)) {
                identities[writes++] = op.version().packed();
            }
            before = op;
        }
        identities = Arrays.copyOf(identities, writes);
        Arrays.sort(identities);
        Preconditions.identities(operations, identities);
        return new Trace(operations, identities, timeline, doubts);
    }

    /** Reduces the operations of one key whose answers are beyond doubt. */
    static Trace of(List<Operation> operations, Timeline timeline) {
        return of(operations, timeline, Doubts.NONE);
    }

    /** Reduces the operations of one key that one clock timed. */
    static Trace of(List<Operation> operations) {
        List<Operation> rows = rows(operations);
        return of(rows, Timeline.of(rows));
    }

    private void reduce(int i, Operation op, boolean more, Doubts doubts) {
        fate[i] = (byte) fate(op).ordinal();
        version[i] = ABSENT;
        parent[i] = ABSENT;
        Kind what = more ? more(i, op, doubts) : op.write() ? write(i, op, doubts) : read(i, op, doubts);
        kind[i] = (byte) what.ordinal();
    }

    private Kind write(int i, Operation op, Doubts doubts) {
        boolean removes = op.removes();
        Precondition precondition = op.precondition();
        if (looks(op)) {
            return doubts.mute(op) ? Kind.NOTHING : Answers.findsNothing(op) ? Kind.READ : shows(i, op, doubts);
        }
        version[i] = number(op.version());
        writeOf[version[i]] = i;
        boolean doubtful = doubts.mute(op)
                || (op.refused() && op.missesElsewhere())
                || doubts.shared(op)
                || (op.refused() && doubts.split(op))
                || precondition.kind() == Precondition.Kind.IF_NONE_MATCH;
        if (op.unconditional() || doubtful) {
            // A refusal of a request without a known condition says nothing; it makes its version a refused one.
            return op.refused() ? Kind.NOTHING : removes ? Kind.DELETE : Kind.PUT;
        }
        if (precondition.kind() == Precondition.Kind.IF_NONE_MATCH_ANY) {
            // A refused delete says what a refused create does: something is there. An unanswered one does nothing.
            return removes && !op.refused() ? Kind.NOTHING : Kind.CREATE;
        }
        parent[i] = number(precondition.version());
        if (parent[i] <= ABSENT || (weak(op) && !op.applied())) {
            // Never true: its refusal says nothing, and without an answer it did nothing. If it was accepted all the
            // same,
            // nobody knows what it asked for.
            if (acceptedUnknown(op)) {
                parent[i] = ABSENT;
                return Kind.PUT;
            }
            return Kind.NOTHING;
        }
        return removes ? Kind.REMOVE : Kind.REPLACE;
    }

    /** Whether a write was accepted under a tag that no recorded answer gave. */
    private static boolean acceptedUnknown(Operation op) {
        return op.write()
                && op.applied()
                && !op.removes()
                && op.precondition().kind() == Precondition.Kind.IF_MATCH
                && op.parent().equals(Version.FOREIGN);
    }

    private static boolean makes(Operation op) {
        return op.write() && !looks(op);
    }

    /** Whether a write did nothing but look: a delete that found nothing, or was refused because of what it found. */
    private static boolean looks(Operation op) {
        return Answers.findsNothing(op)
                || (op.removes()
                        && op.refused()
                        && op.status() != 404
                        && op.precondition().kind() == Precondition.Kind.IF_NONE_MATCH);
    }

    /** Whether it is a delete that was refused because of what it found: forgotten, it may have been carried out. */
    boolean mayHaveDeleted(int i) {
        Operation op = operations.get(i);
        return op.removes() && op.refused() && op.precondition().kind() == Precondition.Kind.IF_NONE_MATCH;
    }

    /** What a refusal says besides: that nothing is there, or that what it named is. */
    private Kind more(int i, Operation op, Doubts doubts) {
        if (doubts.mute(op)) {
            return Kind.NOTHING;
        }
        return op.precondition().kind() == Precondition.Kind.IF_MATCH ? Kind.READ : shows(i, op, doubts);
    }

    /** Somebody was told that what he named is current. */
    private Kind shows(int i, Operation op, Doubts doubts) {
        if (weak(op) || doubts.shared(op)) {
            return Kind.NOTHING;
        }
        version[i] = number(op.parent());
        return version[i] > ABSENT ? Kind.READ : Kind.NOTHING;
    }

    /** A weak tag never satisfies If-Match, and may be shared by versions that the server takes for equal. */
    private static boolean weak(Operation op) {
        return op.precondition().weak();
    }

    private Kind read(int i, Operation op, Doubts doubts) {
        Precondition precondition = op.precondition();
        if (doubts.mute(op) || op.unknown()) {
            return Kind.NOTHING;
        }
        if (op.refused()) {
            return switch (precondition.kind()) {
                case NONE -> Kind.NOTHING;
                // Something is there: what a refused create says.
                case IF_NONE_MATCH_ANY -> Kind.CREATE;
                case IF_NONE_MATCH -> op.status() == 304 ? shows(i, op, doubts) : Kind.NOTHING;
                case IF_MATCH -> {
                    if (weak(op) || doubts.shared(op) || doubts.split(op)) {
                        yield Kind.NOTHING;
                    }
                    parent[i] = number(precondition.version());
                    // What it named is not current: what a refused delete says.
                    yield parent[i] > ABSENT ? Kind.REMOVE : Kind.NOTHING;
                }
            };
        }
        if (op.observation() instanceof Observation.Seen seen) {
            version[i] = number(seen.version());
            return version[i] > ABSENT ? Kind.READ : Kind.NOTHING;
        }
        return op.observation() instanceof Observation.Absent ? Kind.READ : Kind.NOTHING;
    }

    /** How many answers say nothing of the state and are no finding either, by the reason. */
    Map<String, Integer> silent(Doubts doubts) {
        Map<String, Integer> reasons = new TreeMap<>();
        for (int i = 0; i < size(); i++) {
            boolean judged = kind(i) != Kind.NOTHING && !(kind(i) == Kind.PUT && acceptedUnknown(operations.get(i)));
            if (judged || unknown(i) || again(i)) {
                continue;
            }
            boolean saysMore = i + 1 < size() && again(i + 1) && kind(i + 1) != Kind.NOTHING;
            if (!saysMore) {
                why(operations.get(i), doubts).ifPresent(reason -> reasons.merge(reason, 1, Integer::sum));
            }
        }
        return reasons;
    }

    private static Optional<String> why(Operation op, Doubts doubts) {
        Precondition condition = op.precondition();
        if (doubts.shared(op)) {
            return Optional.of("under a tag that several versions have");
        }
        if (op.refused() && doubts.split(op)) {
            return Optional.of("refused under one of several tags of its version");
        }
        if (acceptedUnknown(op)) {
            return Optional.of("accepted under a tag that may have been given before the record began");
        }
        if (op.applied()) {
            return !op.write() && op.method() != Method.HEAD && op.observation() instanceof Observation.Nothing
                    ? Optional.of("a read of which no body is recorded")
                    : Optional.empty();
        }
        if (!op.write() && op.status() == 304 && condition.kind() == Precondition.Kind.IF_NONE_MATCH) {
            return Optional.of(
                    weak(op)
                            ? "304 to a weak tag, which several versions may have"
                            : doubts.mute(op)
                                    ? "304 with another tag than it was asked for"
                                    : "304 to a tag of a version that is not recorded");
        }
        // A condition that is true of nothing is refused in every state, and what is mute is a finding.
        boolean right = condition.kind() == Precondition.Kind.IF_MATCH
                && (weak(op) || condition.version().equals(Version.FOREIGN));
        return right || doubts.mute(op)
                ? Optional.empty()
                : Optional.of((op.write() ? "a write" : "a read") + " that was refused with " + op.status());
    }

    private static Fate fate(Operation op) {
        return op.unknown() ? Fate.UNKNOWN : op.applied() ? Fate.APPLIED : Fate.REFUSED;
    }

    /** The number of a version; -1 when no operation of this key writes it. */
    int number(@Nullable Version identity) {
        if (identity == null || identity.equals(Version.ABSENT)) {
            return ABSENT;
        }
        int found = Arrays.binarySearch(identities, identity.packed());
        return found < 0 ? -1 : found + 1;
    }

    /** Which answers were not taken at their word. */
    Doubts doubts() {
        return doubts;
    }

    /** Whether an operation is there a second time, for its answer says two things: see {@link #rows}. */
    boolean again(int i) {
        return i > 0 && operations.get(i - 1) == operations.get(i);
    }

    /** The other place of an operation whose answer says two things; -1 for none. */
    int twin(int i) {
        return again(i) ? i - 1 : i + 1 < size() && again(i + 1) ? i + 1 : -1;
    }

    /** How many operations there are. */
    int size() {
        return start.length;
    }

    /** How many versions are written, applied or not. */
    int versions() {
        return identities.length;
    }

    Operation operation(int i) {
        return operations.get(i);
    }

    List<Operation> operations() {
        return operations;
    }

    long start(int i) {
        return start[i];
    }

    /** When the answer was in; {@link Long#MAX_VALUE} for an outcome that is unknown. */
    long end(int i) {
        return end[i];
    }

    Kind kind(int i) {
        return KINDS[kind[i]];
    }

    Fate fate(int i) {
        return FATES[fate[i]];
    }

    boolean is(int i, Kind what, Fate how) {
        return kind[i] == what.ordinal() && fate[i] == how.ordinal();
    }

    boolean applied(int i) {
        return fate[i] == Fate.APPLIED.ordinal();
    }

    boolean refused(int i) {
        return fate[i] == Fate.REFUSED.ordinal();
    }

    boolean unknown(int i) {
        return fate[i] == Fate.UNKNOWN.ordinal();
    }

    boolean reads(int i) {
        return kind[i] == Kind.READ.ordinal();
    }

    /** Whether it is a read that showed a whole body of a recorded version. */
    boolean showed(int i) {
        return reads(i) && applied(i) && version[i] > ABSENT;
    }

    /** The version read or written; {@link #ABSENT} for a read that found nothing. */
    int version(int i) {
        return version[i];
    }

    /** The version a conditional write needs; {@link #ABSENT} for a create and for what is unconditional. */
    int parent(int i) {
        return parent[i];
    }

    /**
     * The version that a version was written over; {@link #ABSENT} where its write named none, or none that is recorded.
     *
     * @param number of a version, 1 and up
     */
    int predecessor(int number) {
        return Math.max(ABSENT, parent[writeOf[number]]);
    }

    /** The operation that writes a version, -1 for {@link #ABSENT}. */
    int writeOf(int number) {
        return writeOf[number];
    }
}
