package dev.etalon.core.check;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Decides online whether reads, conditional writes, refusals and unknown outcomes of one key are linearizable: exactly,
 * at amortised constant cost per event, in memory that does not grow with the history.
 *
 * <p>The versions of the key form a chain, since every conditional write names its parent. A history breaks the promise
 * if and only if an answer proves a version newer than what some later request still saw as current, or the chain is no
 * chain. So it is enough to keep, for each request in flight, the newest depth that had been shown before it began.
 *
 * <p>Feed events in order of time; where a begin and an end fall on one instant, the begin comes first, for ties are
 * overlap. Requires unique versions (P1), an absent resource at the start (P2), and that the parent of a write had been
 * shown by an answer before the write began (P3). Memory: the requests in flight, the unknown outcomes over the newest
 * version, and the versions committed while the oldest request was in flight. Not thread-safe.
 *
 * <p>Proof and measurements: {@code docs/judge.md}.
 */
public final class Watermark {
    /** Version number of the state without a representation, which has depth 0. */
    public static final long ABSENT = 0;

    private static final int WINDOW_MIN = 16;

    /** The ways an event can contradict those before it. */
    public enum Breach {
        /** It needs a version that had been superseded before it began. */
        STALE,
        /** It makes a second child of one version. */
        FORK,
        /** It shows a version that can not have been applied: refused, not yet sent, never sent, or sent too late. */
        NOT_LIVE,
        /** It was refused, but its version had been seen. */
        REFUSED_BUT_APPLIED,
        /** It was refused, and no write that had begun by then can have replaced the version it asked for. */
        PHANTOM_REFUSAL
    }

    /**
     * A contradiction. After the first one nothing more is decided.
     *
     * @param breach its kind
     * @param operation the caller's number of the operation whose answer shows it
     * @param proof the caller's number of the earlier operation that it contradicts; -1 where there is none
     */
    public record Violation(Breach breach, long operation, long proof) {}

    /** A request in flight, or a write whose effect nobody knows. */
    public static final class Flight {
        private final long operation;
        private final int shownBefore;
        private final long shownBy;
        private final long version;
        private final long parent;
        private final int depth;
        private boolean ended;

        private Flight(long operation, int shownBefore, long shownBy, long version, long parent, int depth) {
            this.operation = operation;
            this.shownBefore = shownBefore;
            this.shownBy = shownBy;
            this.version = version;
            this.parent = parent;
            this.depth = depth;
        }
    }

    /** The newest depth shown by any ended operation, and which one did. */
    private int shown;

    private long shownBy = -1;

    /** The version at each depth from {@code low} on, and who showed it first; a ring. */
    private long[] versions = new long[WINDOW_MIN];

    private long[] provers = new long[WINDOW_MIN];
    private int low;
    private int known;

    /** Writes that may yet turn out to have been applied: those whose parent has no known successor. */
    private final Map<Long, Flight> live = new HashMap<>();

    private final Map<Long, List<Flight>> racers = new HashMap<>();

    /** The refusal that says its validator's version has a successor, though nobody has seen that one yet. */
    private long owedBy = -1;

    private final Deque<Flight> begun = new ArrayDeque<>();
    private @Nullable Violation violation;

    /** A key whose resource does not exist. */
    public Watermark() {
        provers[0] = -1;
    }

    /** The first contradiction, if there was any. */
    public @Nullable Violation violation() {
        return violation;
    }

    /** How many versions are held: the window whose size bounds the memory, for measurements. */
    public int window() {
        return known - low + 1;
    }

    /** How many writes in flight or unknown are held, for measurements. */
    public int undetermined() {
        return live.size();
    }

    /**
     * A read begins.
     *
     * @param operation the caller's number for it, 0 and up
     */
    public Flight read(long operation) {
        return begin(new Flight(operation, shown, shownBy, ABSENT, ABSENT, 0));
    }

    /**
     * A conditional write begins, just before its first byte can leave.
     *
     * @param operation the caller's number for it, 0 and up
     * @param version what it writes, not {@link #ABSENT}
     * @param parent what its validator stands for; {@link #ABSENT} for a create
     * @param depth of the version: the parent's depth + 1
     */
    public Flight write(long operation, long version, long parent, int depth) {
        Flight flight = new Flight(operation, shown, shownBy, version, parent, depth);
        if (shown < depth && depth > known) {
            live.put(version, flight);
            racers.computeIfAbsent(parent, p -> new ArrayList<>(4)).add(flight);
        }
        return begin(flight);
    }

    private Flight begin(Flight flight) {
        begun.addLast(flight);
        return flight;
    }

    /**
     * A read was answered.
     *
     * @param version what it showed; {@link #ABSENT} when there was nothing
     * @param depth the version's depth; 0 for {@link #ABSENT}
     */
    public void showed(Flight flight, long version, int depth) {
        see(flight, version, depth, flight.shownBefore);
        end(flight);
    }

    /** A write was answered with success. */
    public void applied(Flight flight) {
        see(flight, flight.parent, flight.depth - 1, flight.shownBefore);
        see(flight, flight.version, flight.depth, -1);
        end(flight);
    }

    /** A write was refused. */
    public void refused(Flight flight) {
        if (violation == null) {
            long successor = flight.depth <= known && flight.depth >= low ? versions[slot(flight.depth)] : ABSENT;
            if (successor == flight.version) {
                violation = new Violation(Breach.REFUSED_BUT_APPLIED, flight.operation, provers[slot(flight.depth)]);
            } else {
                drop(flight);
                if (shown < flight.depth) {
                    shown = flight.depth;
                    shownBy = flight.operation;
                    owedBy = flight.operation;
                }
                if (owedBy >= 0 && flight.depth > known && !racers.containsKey(flight.parent)) {
                    violation = new Violation(Breach.PHANTOM_REFUSAL, owedBy, -1);
                }
            }
        }
        end(flight);
    }

    /** Nobody will ever know what became of it: a time-out, a cut connection, an answer that says neither. */
    public void unknown(Flight flight) {
        end(flight);
    }

    private void end(Flight flight) {
        flight.ended = true;
        while (!begun.isEmpty() && begun.peekFirst().ended) {
            begun.removeFirst();
        }
    }

    private void drop(Flight flight) {
        live.remove(flight.version);
        List<Flight> rivals = racers.get(flight.parent);
        if (rivals != null && rivals.remove(flight) && rivals.isEmpty()) {
            racers.remove(flight.parent);
        }
    }

    /** A version is shown to have been current at some instant after {@code before} was already the newest shown. */
    private void see(Flight by, long version, int depth, int before) {
        if (violation != null) {
            return;
        }
        if (depth < before) {
            violation = new Violation(Breach.STALE, by.operation, by.shownBy);
            return;
        }
        if (depth > known) {
            discover(by, version, depth);
        } else if (depth >= low && versions[slot(depth)] != version) {
            violation = new Violation(Breach.FORK, by.operation, provers[slot(depth)]);
        }
        if (violation == null && depth > shown) {
            shown = depth;
            shownBy = by.operation;
        }
    }

    /** Joins a version that nobody had shown yet, and those between it and the newest known one, to the chain. */
    private void discover(Flight by, long version, int depth) {
        // Not by recursion: where the clocks are loosely bound, a long chain can come in with its last link.
        Deque<Flight> chain = new ArrayDeque<>();
        long link = version;
        for (int below = depth; below > known; below--) {
            Flight write = live.get(link);
            if (write == null || write.depth != below) {
                violation = new Violation(Breach.NOT_LIVE, by.operation, -1);
                return;
            }
            chain.push(write);
            link = write.parent;
        }
        if (versions[slot(known)] != link) {
            violation = new Violation(Breach.FORK, by.operation, provers[slot(known)]);
            return;
        }
        while (!chain.isEmpty()) {
            join(by, chain.pop());
        }
    }

    /** Makes a write over the newest known version the newest known version. */
    private void join(Flight by, Flight write) {
        room();
        known = write.depth;
        versions[slot(known)] = write.version;
        provers[slot(known)] = by.operation;
        owedBy = -1;
        List<Flight> rivals = racers.remove(write.parent);
        if (rivals != null) {
            rivals.forEach(rival -> live.remove(rival.version));
        }
    }

    private int slot(int depth) {
        return depth & (versions.length - 1);
    }

    /** Makes room for one more version: forgets those that only a stale answer could still show, or grows. */
    private void room() {
        if (known - low + 1 < versions.length) {
            return;
        }
        Flight oldest = begun.peekFirst();
        // Whatever is below the newest depth shown when the oldest request began is stale by its depth alone.
        low = oldest == null ? Math.min(shown, known) : Math.min(oldest.shownBefore, known);
        if (known - low + 1 > versions.length / 2) {
            long[] moreVersions = new long[versions.length * 2];
            long[] moreProvers = new long[versions.length * 2];
            for (int depth = low; depth <= known; depth++) {
                moreVersions[depth & (moreVersions.length - 1)] = versions[slot(depth)];
                moreProvers[depth & (moreProvers.length - 1)] = provers[slot(depth)];
            }
            versions = moreVersions;
            provers = moreProvers;
        }
    }
}
