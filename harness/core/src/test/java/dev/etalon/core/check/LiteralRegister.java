package dev.etalon.core.check;

import dev.etalon.core.model.Observation;
import dev.etalon.core.model.Operation;
import dev.etalon.core.model.Precondition;
import dev.etalon.core.model.Version;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The register's table of {@code docs/judge.md}, row by row, on requests and answers as they were recorded. Shares
 * nothing with the judge: not even how a request is reduced to what it does.
 *
 * <p>A state is the number of the current version, {@link #ABSENT} if there is none.
 */
final class LiteralRegister {
    static final int IMPOSSIBLE = -1;
    static final int ABSENT = 0;

    /** No state: stands for versions that no recorded request writes. */
    private static final int NEVER = Integer.MAX_VALUE;

    /** How much is held against a server. What the judge finds lies between the two. */
    enum Reading {
        /** What the table and the list of anomalies say: all of that must be found. */
        TABLE,
        /**
         * Everything RFC 9110 says, also where a record is too poor for a proof by the table: nothing beyond that may be
         * found.
         */
        RFC
    }

    private final Reading reading;
    private final Map<Version, Integer> numbers = new HashMap<>();

    LiteralRegister(List<Operation> history, Reading reading) {
        this.reading = reading;
        for (Operation op : history) {
            if (op.write()) {
                numbers.putIfAbsent(op.version(), numbers.size() + 1);
            }
        }
    }

    /** How many versions there are, and so the greatest state. */
    int versions() {
        return numbers.size();
    }

    private int number(Version version) {
        return version.equals(Version.ABSENT) ? ABSENT : numbers.getOrDefault(version, NEVER);
    }

    /** Whether a write was refused that had no condition: the judge says so, and then asks for no place in an order. */
    static boolean refusedWithoutACondition(Operation op) {
        return op.write() && op.refused() && op.unconditional();
    }

    /** The state after an operation whose answer is known. */
    int answered(Operation op, int state) {
        if (!possible(op, state)) {
            return IMPOSSIBLE;
        }
        return op.write() && op.applied() && !op.foundNothing() ? made(op) : state;
    }

    /** The state after a write that takes effect; whether it is answered, and how, is not known. */
    int effect(Operation op, int state) {
        return holds(op, state) ? made(op) : IMPOSSIBLE;
    }

    private int made(Operation op) {
        return op.removes() ? ABSENT : number(op.version());
    }

    private boolean possible(Operation op, int state) {
        if (op.foundNothing()) {
            return state == ABSENT;
        }
        if (op.refused()) {
            return op.write() ? writeRefused(op, state) : readRefused(op, state);
        }
        if (!op.write()) {
            return shows(op, state);
        }
        // Where the resource is gone already, any delete may be answered with success.
        return (op.removes() && state == ABSENT) || holds(op, state);
    }

    /** Whether the condition of a write is true. */
    private boolean holds(Operation op, int state) {
        Precondition sent = op.invocation().precondition();
        return switch (sent.kind()) {
            case NONE -> true;
            case IF_NONE_MATCH_ANY -> state == ABSENT;
            case IF_MATCH -> !sent.weak() && state == number(sent.version());
            // Accepted "unless it matches" is a row of its own only to the RFC.
            case IF_NONE_MATCH -> reading == Reading.TABLE || state != number(sent.version());
        };
    }

    private boolean writeRefused(Operation op, int state) {
        Precondition sent = op.invocation().precondition();
        int status = op.status();
        if (status == 304) {
            return false;
        }
        if (op.missesElsewhere()) {
            // An upload, or the source of a copy, is what was not found.
            return true;
        }
        boolean missing = status == 404 && !op.removes();
        return switch (sent.kind()) {
            case NONE -> status != 412;
            case IF_NONE_MATCH_ANY -> !missing && state != ABSENT;
            case IF_MATCH -> missing ? state == ABSENT : sent.weak() || state != number(sent.version());
            // That nothing is there is no reason to refuse, nor does it say what is.
            case IF_NONE_MATCH -> status == 404 || named(sent, state);
        };
    }

    /** Whether what If-None-Match named can be current. */
    private boolean named(Precondition sent, int state) {
        boolean poor = sent.weak() || sent.version().equals(Version.FOREIGN);
        if (reading == Reading.TABLE) {
            return poor || state == number(sent.version());
        }
        return sent.weak() ? state != ABSENT : state == number(sent.version());
    }

    private boolean readRefused(Operation op, int state) {
        Precondition sent = op.invocation().precondition();
        boolean notModified = op.status() == 304;
        return switch (sent.kind()) {
            case NONE -> !notModified && op.status() != 412;
            case IF_NONE_MATCH_ANY -> state != ABSENT;
            case IF_MATCH -> !notModified && (sent.weak() || state != number(sent.version()));
            case IF_NONE_MATCH -> {
                if (notModified
                        && sent.tag() != null
                        && op.tag().filter(tag -> !tag.matches(sent.tag())).isPresent()) {
                    // With the tag of something else. Whose it is decides whether that is wrong or says nothing.
                    yield reading == Reading.TABLE;
                }
                yield !notModified || (!sent.version().equals(Version.FOREIGN) && named(sent, state));
            }
        };
    }

    private boolean shows(Operation op, int state) {
        Precondition sent = op.invocation().precondition();
        if (op.observation() instanceof Observation.Absent) {
            return state == ABSENT;
        }
        if (op.observation() instanceof Observation.Seen seen) {
            return state == number(seen.version()) && owed(op, sent, seen.version());
        }
        boolean blind = op.observation() instanceof Observation.Nothing;
        return blind && (reading == Reading.TABLE || state != ABSENT);
    }

    /** Whether a whole body is the answer to a read, once it is the current one. */
    private boolean owed(Operation op, Precondition sent, Version seen) {
        boolean same = seen.equals(sent.version());
        return switch (sent.kind()) {
            case NONE -> true;
            case IF_MATCH -> same && !sent.weak();
            case IF_NONE_MATCH_ANY -> false;
            // Without a tag in the answer, nobody knows that it is still the same.
            case IF_NONE_MATCH ->
                !same
                        || (reading == Reading.TABLE
                                && (sent.tag() == null
                                        || op.tag().filter(sent.tag()::matches).isEmpty()));
        };
    }
}
