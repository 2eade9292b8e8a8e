package dev.etalon.core.check;

import dev.etalon.core.check.Trace.Kind;
import dev.etalon.core.model.History;
import dev.etalon.core.model.Observation;
import dev.etalon.core.model.Operation;
import dev.etalon.core.model.Precondition;
import dev.etalon.core.model.Version;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What the judge builds on, checked rather than assumed: P1 and P4 (every request carries a version of its own), P3
 * (whoever sends a validator had been given it), P5 (what ends has begun), P2 (a key does not exist at the start).
 */
final class Preconditions {
    private Preconditions() {}

    /**
     * P5: no interval is reversed.
     *
     * @param operations of one key
     * @throws BrokenPrecondition that names the request
     */
    static void clocks(List<Operation> operations) {
        for (Operation op : operations) {
            if (op.endNs() < op.startNs()) {
                throw new BrokenPrecondition(
                        "P5", "request " + op.id() + " ended " + (op.startNs() - op.endNs()) + " ns before it began");
            }
        }
    }

    /**
     * P1 and P4: no version was written twice.
     *
     * @param operations of one key
     * @param identities of the versions they write, sorted
     * @throws BrokenPrecondition that names the requests
     */
    static void identities(List<Operation> operations, long[] identities) {
        for (int i = 1; i < identities.length; i++) {
            if (identities[i] == identities[i - 1]) {
                long twice = identities[i];
                List<Long> requests = operations.stream()
                        .filter(op -> op.write() && op.version().packed() == twice)
                        .map(op -> op.id())
                        .toList();
                throw new BrokenPrecondition(
                        "P1",
                        "requests " + requests.get(0) + " and " + requests.get(1) + " both wrote "
                                + Version.unpacked(twice)
                                + "; every attempt must carry a version of its own, a resend too");
            }
        }
    }

    /**
     * P2: nothing was there that no recorded request wrote. In a record of this harness such a body is a phantom, unless
     * the key may not have been fresh; another program may not have recorded every writer.
     *
     * @param own whether this harness recorded it
     * @return what is wrong, with the id of the request that was shown such a body; null if nothing is
     */
    static @Nullable String strangers(Trace trace, boolean own) {
        return strangers(
                trace.operations(),
                IntStream.range(0, trace.size())
                        .filter(i -> !trace.showed(i))
                        .mapToObj(trace::operation)
                        .filter(op ->
                                op.observation() instanceof Observation.Seen seen && trace.number(seen.version()) < 0),
                own);
    }

    /** The same before anything is reduced. */
    static @Nullable String strangers(List<Operation> operations, boolean own) {
        Set<Version> written = operations.stream()
                .filter(Operation::write)
                .map(Operation::version)
                .collect(Collectors.toSet());
        return strangers(
                operations,
                operations.stream()
                        .filter(op ->
                                op.observation() instanceof Observation.Seen seen && !written.contains(seen.version())),
                own);
    }

    private static @Nullable String strangers(List<Operation> operations, Stream<Operation> shown, boolean own) {
        String before = own ? null : thereBefore(operations);
        if (before != null) {
            return before;
        }
        Iterator<Operation> unwritten = shown.iterator();
        if (!unwritten.hasNext()) {
            return null;
        }
        long ours = fresh(operations);
        while (unwritten.hasNext()) {
            Operation op = unwritten.next();
            if (!(own && ours < op.startNs())) {
                return "P2: request " + op.id() + " was shown "
                        + op.seen().orElseThrow()
                        + ", which no recorded request wrote; something was there before, or not every writer is recorded";
            }
        }
        return null;
    }

    /** Who was told that something is there before any recorded write can have put it there; null for nobody. */
    private static @Nullable String thereBefore(List<Operation> operations) {
        long written = operations.stream()
                .filter(op -> op.write() && !op.removes())
                .filter(op -> !op.refused())
                .mapToLong(Operation::startNs)
                .min()
                .orElse(Long.MAX_VALUE);
        long ours = fresh(operations);
        return operations.stream()
                .filter(op -> op.refused()
                        && op.status() != 404
                        && op.precondition().kind() == Precondition.Kind.IF_NONE_MATCH_ANY
                        && op.endNs() < written
                        && ours >= op.startNs())
                .findFirst()
                .map(op -> "P2: request " + op.id()
                        + " was told that something is there before any recorded request had written it")
                .orElse(null);
    }

    /** From when on all that is there is known to be ours: nothing was there, or a write had put it there. */
    static long fresh(List<Operation> operations) {
        return operations.stream()
                .filter(op -> op.observation() instanceof Observation.Absent || (op.write() && op.applied()))
                .mapToLong(Operation::endNs)
                .min()
                .orElse(Long.MAX_VALUE);
    }

    private static boolean namesNothing(Operation op) {
        return op.precondition().kind() == Precondition.Kind.IF_MATCH
                && op.parent().equals(Version.ABSENT);
    }

    /** Whether a write names as its parent what no recorded request wrote. */
    private static boolean unrecorded(Trace trace, int i) {
        if (trace.parent(i) > Trace.ABSENT || trace.kind(i) == Kind.CREATE || trace.showed(i)) {
            return false;
        }
        Operation op = trace.operation(i);
        return op.write()
                && (trace.parent(i) < Trace.ABSENT && !op.parent().equals(Version.FOREIGN) || namesNothing(op));
    }

    /** Whether every write that is named as a parent was recorded, if not the answer that had shown it. */
    static boolean parentsRecorded(Trace trace) {
        return IntStream.range(0, trace.size()).noneMatch(i -> unrecorded(trace, i));
    }

    /**
     * P3: some answer had shown a version before a request that names it as its parent began. Within one machine by its
     * clock; what another machine was told may have been in later by as much as their clocks may be apart.
     *
     * @throws BrokenPrecondition that names the request
     */
    static void provenance(Trace trace, Lineage lineage, History.Clocks clocks) {
        Given given = new Given(trace, clocks);
        for (int i = 0; i < trace.size(); i++) {
            boolean names = trace.kind(i) == Kind.REPLACE || trace.kind(i) == Kind.REMOVE;
            if (unrecorded(trace, i)) {
                Operation op = trace.operation(i);
                throw new BrokenPrecondition(
                        "P3",
                        "request " + op.id() + " was sent with the tag of " + op.parent()
                                + ", which no recorded request wrote");
            }
            if (!names) {
                continue;
            }
            Operation op = trace.operation(i);
            int proof = lineage.firstShownBy(trace.parent(i));
            boolean early = proof >= 0 && trace.operation(proof).endNs() < op.startNs();
            if (!early && !given.before(i)) {
                throw new BrokenPrecondition(
                        "P3",
                        "request " + op.id() + " was sent with the tag of " + op.parent()
                                + " before any recorded answer had shown it");
            }
        }
    }

    /**
     * When each version was first given to somebody: read, acknowledged, or met by a request upon it. Those count by
     * their end, and a request that took no time does not count for itself. Made when somebody asks.
     */
    private static final class Given {
        private final Trace trace;
        private final History.Clocks clocks;
        private final Map<Integer, List<Integer>> by = new HashMap<>();

        Given(Trace trace, History.Clocks clocks) {
            this.trace = trace;
            this.clocks = clocks;
        }

        boolean before(int request) {
            if (by.isEmpty()) {
                collect();
            }
            return by.getOrDefault(trace.parent(request), List.of()).stream()
                    .anyMatch(proof -> proof != request && inBefore(proof, request));
        }

        private boolean inBefore(int proof, int request) {
            Operation shown = trace.operation(proof);
            Operation op = trace.operation(request);
            boolean elsewhere = clocks.several() && shown.host() != op.host();
            boolean showsItself = trace.version(proof) == trace.parent(request);
            long limit = elsewhere ? Timeline.plus(op.startNs(), clocks.boundNs()) : op.startNs();
            // Whoever met it in that very tick may owe it to the same answer.
            return showsItself ? shown.endNs() <= limit : shown.endNs() < limit;
        }

        private void collect() {
            for (int i = 0; i < trace.size(); i++) {
                boolean told = trace.reads(i) ? !trace.unknown(i) : trace.applied(i) && trace.kind(i) != Kind.REMOVE;
                if (!told || trace.kind(i) == Kind.NOTHING) {
                    continue;
                }
                by.computeIfAbsent(trace.version(i), each -> new ArrayList<>()).add(i);
                if (trace.kind(i) == Kind.REPLACE) {
                    by.computeIfAbsent(trace.parent(i), each -> new ArrayList<>())
                            .add(i);
                }
            }
        }
    }
}
