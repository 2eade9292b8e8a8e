package dev.etalon.core.check;

import dev.etalon.core.check.Trace.Kind;
import dev.etalon.core.model.History;
import dev.etalon.core.model.Observation;
import dev.etalon.core.model.Operation;
import dev.etalon.core.model.Precondition;
import dev.etalon.core.model.Version;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
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
                        "P5",
                        "request " + op.invocation().id() + " ended " + (op.startNs() - op.endNs())
                                + " ns before it began");
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
                        .map(op -> op.invocation().id())
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
        return strangers(trace.operations(), version -> trace.number(version) >= 0, own);
    }

    /** The same before anything is reduced. */
    static @Nullable String strangers(List<Operation> operations, boolean own) {
        Set<Version> written = operations.stream()
                .filter(Operation::write)
                .map(Operation::version)
                .collect(Collectors.toSet());
        return strangers(operations, written::contains, own);
    }

    private static @Nullable String strangers(List<Operation> operations, Predicate<Version> written, boolean own) {
        long ours = Long.MAX_VALUE;
        for (Operation op : operations) {
            boolean known = op.observation() instanceof Observation.Absent || (op.write() && op.applied());
            ours = known ? Math.min(ours, op.endNs()) : ours;
        }
        for (Operation op : operations) {
            if (op.seen().isPresent() && !written.test(op.seen().get()) && !(own && ours < op.startNs())) {
                return "P2: request " + op.invocation().id() + " was shown "
                        + op.seen().get()
                        + ", which no recorded request wrote; something was there before, or not every writer is recorded";
            }
        }
        return null;
    }

    private static boolean namesNothing(Operation op) {
        return op.invocation().precondition().kind() == Precondition.Kind.IF_MATCH
                && op.parent().equals(Version.ABSENT);
    }

    /** Whether a write names as its parent what no recorded request wrote. */
    private static boolean unrecorded(Trace trace, int i) {
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
            Operation op = trace.operation(i);
            if (unrecorded(trace, i)) {
                throw new BrokenPrecondition(
                        "P3",
                        "request " + op.invocation().id() + " was sent with the tag of " + op.parent()
                                + ", which no recorded request wrote");
            }
            if (!names) {
                continue;
            }
            int proof = lineage.firstShownBy(trace.parent(i));
            boolean early = proof >= 0 && trace.operation(proof).endNs() < op.startNs();
            if (!early && !given.before(i)) {
                throw new BrokenPrecondition(
                        "P3",
                        "request " + op.invocation().id() + " was sent with the tag of " + op.parent()
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
            boolean elsewhere = clocks.several()
                    && shown.invocation().host() != op.invocation().host();
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
