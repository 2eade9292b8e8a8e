package dev.etalon.core.check;

import dev.etalon.core.model.Anomaly;
import dev.etalon.core.model.EntityTag;
import dev.etalon.core.model.Finding;
import dev.etalon.core.model.Observation;
import dev.etalon.core.model.Operation;
import dev.etalon.core.model.Precondition;
import dev.etalon.core.model.Version;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Each answer of one key by itself: those that no state of the resource allows, whoever else was writing.
 *
 * <p>A17 a false condition without effect; A12 a refusal of a request that had no condition, or one that contradicts
 * itself; A23 a 304 that nothing matches; A24 a 200 with just what the client has; A10 a body that says something else
 * of itself at the next read. Such an answer says nothing of the state, so it is kept from all further judging.
 */
final class Answers {
    private final int key;
    private final List<Operation> operations;
    private final boolean whole;
    private final boolean own;
    private final long apartNs;
    private final List<Finding> ignored = new ArrayList<>();
    private final Map<Anomaly, Finding> odd = new EnumMap<>(Anomaly.class);
    private final Set<Operation> mute = new HashSet<>();

    // Collected only where an answer makes one ask, which on a faithful server hardly any does.
    private @Nullable Set<String> given;
    private @Nullable Long fresh;
    private @Nullable Set<Version> seen;
    private @Nullable NavigableMap<Long, Operation> proofs;
    private @Nullable Writes writes;

    private Answers(int key, List<Operation> operations, boolean whole, boolean own, long apartNs) {
        this.own = own;
        this.apartNs = apartNs;
        this.key = key;
        this.operations = operations;
        this.whole = whole;
    }

    /**
     * Looks at the answers of one key.
     *
     * @param operations in order of start
     * @param whole whether no request is missing from the record
     * @param own whether this harness recorded it, on a key that did not exist before
     * @param apartNs how far the clocks may be apart that timed them
     */
    static Answers of(int key, List<Operation> operations, boolean whole, boolean own, long apartNs) {
        Answers answers = new Answers(key, operations, whole, own, apartNs);
        answers.look();
        return answers;
    }

    /** A17. Where a condition has no effect, racing proves nothing more. */
    List<Finding> ignored() {
        return ignored;
    }

    /** The other answers that no state allows: the first of each kind, the others counted as its consequences. */
    List<Finding> odd() {
        return List.copyOf(odd.values());
    }

    /** Whether an answer contradicts itself, so that nothing may be concluded from it. */
    boolean mute(Operation op) {
        return !mute.isEmpty() && mute.contains(op);
    }

    /**
     * Whether a delete can only have been accepted because the resource was not there: its condition is false of
     * everything that is. Then it did nothing but look.
     */
    static boolean findsNothing(Operation op) {
        return op.foundNothing() || (op.removes() && op.applied() && neverTrue(op));
    }

    private static boolean neverTrue(Operation op) {
        Precondition condition = op.precondition();
        return switch (condition.kind()) {
            case NONE, IF_NONE_MATCH -> false;
            case IF_NONE_MATCH_ANY -> true;
            case IF_MATCH -> condition.version().equals(Version.FOREIGN) || condition.weak();
        };
    }

    private void look() {
        for (Operation op : operations) {
            refusedWithoutCondition(op);
            if (op.write()) {
                ignored(op);
                refusedThoughTrue(op);
            } else {
                readIgnored(op);
                notModified(op);
                modifiedNothing(op);
            }
        }
    }

    /** The tags that answers carried. */
    private Set<String> given() {
        if (given != null) {
            return given;
        }
        given = new HashSet<>();
        // A 304 only repeats what it was asked.
        operations.stream()
                .filter(op -> op.status() != 304)
                .forEach(op -> op.tag().map(EntityTag::opaque).ifPresent(given::add));
        return given;
    }

    /**
     * Whether the server surely never gave the tag that a request was sent with. Of a record of another program that takes
     * proof that the resource was new.
     */
    private boolean neverGiven(Operation op) {
        if (!op.precondition().version().equals(Version.FOREIGN) || !whole) {
            return false;
        }
        EntityTag sent = op.precondition().tag();
        if (sent != null && given().contains(sent.opaque())) {
            return false;
        }
        fresh = own
                ? Long.valueOf(Long.MIN_VALUE)
                : fresh == null ? Long.valueOf(Preconditions.fresh(operations)) : fresh;
        return fresh < op.startNs();
    }

    /** The versions that reads showed. */
    private Set<Version> seen() {
        if (seen == null) {
            seen = new HashSet<>();
            operations.forEach(op -> op.seen().ifPresent(seen::add));
        }
        return seen;
    }

    /** The reads and acknowledgements that showed a version, by when they ended. */
    private NavigableMap<Long, Operation> proofs() {
        if (proofs != null) {
            return proofs;
        }
        proofs = new TreeMap<>();
        for (Operation op : operations) {
            if (op.seen().isPresent() || (op.write() && op.applied())) {
                proofs.putIfAbsent(op.endNs(), op);
            }
        }
        return proofs;
    }

    private static boolean sent(Operation op, Precondition.Kind kind, Version version) {
        Precondition condition = op.precondition();
        return condition.kind() == kind && condition.version().equals(version);
    }

    /** A write under a condition that is true of nothing: see {@link #findsNothing} for deletes. */
    private void ignored(Operation op) {
        Precondition condition = op.precondition();
        boolean never = condition.kind() == Precondition.Kind.IF_MATCH && (condition.weak() || neverGiven(op));
        if (!op.removes() && never && done(op)) {
            List<Operation> witness = new ArrayList<>();
            Optional.ofNullable(proofs().lowerEntry(op.startNs())).ifPresent(proof -> witness.add(proof.getValue()));
            witness.add(op);
            if (op.unknown()) {
                reads(op.version()).findFirst().ifPresent(witness::add);
            }
            boolean weak = !condition.version().equals(Version.FOREIGN);
            ignored.add(Finding.of(
                    Anomaly.CONDITION_IGNORED,
                    key,
                    witness,
                    (weak
                                    ? "If-Match named a weak tag, which never matches (RFC 9110, section 8.8.3.2), and the write was "
                                    : "If-Match named a tag that the server never gave, and the write was ")
                            + (op.unknown() ? "applied" : "accepted") + ": the condition has no effect."));
        } else if (op.round() < 0
                && whole
                && op.applied()
                && condition.kind() == Precondition.Kind.IF_NONE_MATCH_ANY
                && !op.removes()) {
            there(op)
                    .ifPresent(first -> ignored.add(Finding.of(
                            Anomaly.CONDITION_IGNORED,
                            key,
                            List.of(first, op),
                            "If-None-Match: * was sent for a resource that exists, with no other writer, and the write"
                                    + " was accepted: the condition has no effect.")));
        } else if (whole && condition.kind() == Precondition.Kind.IF_NONE_MATCH && done(op)) {
            whileCurrent(op);
        }
    }

    /** A write under If-None-Match of a tag that was current until it, or one under the same condition, was applied. */
    private void whileCurrent(Operation op) {
        Version version = op.precondition().version();
        unchanged(op, version).ifPresent(proof -> {
            long appliedBy = Timeline.plus(appliedBy(op), apartNs);
            List<Operation> same = operations.stream()
                    .filter(other -> other == op
                            || (unless(other, version)
                                    && !other.refused()
                                    && Timeline.plus(other.startNs(), -apartNs) <= appliedBy
                                    && Timeline.plus(endOfFlight(other), apartNs)
                                            >= Timeline.plus(proof.startNs(), -apartNs)))
                    .toList();
            List<Operation> witness = new ArrayList<>(same);
            witness.add(0, proof);
            if (op.unknown()) {
                reads(op.version()).findFirst().ifPresent(witness::add);
            }
            ignored.add(Finding.of(
                    Anomaly.CONDITION_IGNORED,
                    key,
                    witness,
                    "If-None-Match named the tag of " + version + ", which was current, with no other writer"
                            + (same.size() == 1 ? "" : " than those under the same condition") + ", and the "
                            + verb(op) + " was " + (op.unknown() ? "applied" : "accepted")
                            + ": the condition has no effect."));
        });
    }

    /** Whether it is a write that asks for anything but a version. */
    private static boolean unless(Operation op, Version version) {
        return op.write() && sent(op, Precondition.Kind.IF_NONE_MATCH, version);
    }

    private boolean done(Operation write) {
        return write.applied() || (write.unknown() && seen().contains(write.version()) && alone(write));
    }

    /** Whether no other request writes the version of one, as P1 demands: else it may have been seen for that. */
    private boolean alone(Operation request) {
        return operations.stream()
                .noneMatch(op -> op != request && op.write() && op.version().equals(request.version()));
    }

    /** The acknowledged write that left the resource there when a request began; none if it may have been deleted. */
    private Optional<Operation> there(Operation request) {
        boolean deleted = operations.stream()
                .anyMatch(other -> other != request
                        && other.removes()
                        && !other.refused()
                        && other.startNs() <= Timeline.plus(request.endNs(), apartNs));
        return deleted
                ? Optional.empty()
                : operations.stream()
                        .filter(other -> other.write()
                                && other.applied()
                                && Timeline.plus(other.endNs(), apartNs) < request.startNs())
                        .findFirst();
    }

    /**
     * The last answer before a request that showed a version, if no write can have replaced it since but those that ask for
     * anything but that version: the first of these to be applied was applied to just that.
     */
    private Optional<Operation> unchanged(Operation request, Version version) {
        Writes all = writes == null ? (writes = Writes.of(operations)) : writes;
        EntityTag sent = request.precondition().tag();
        return Optional.ofNullable(all.shown().get(version))
                .map(shown -> shown.lowerEntry(Timeline.plus(request.startNs(), -apartNs)))
                .map(Map.Entry::getValue)
                .filter(proof -> !renamed(version, sent))
                // Several versions may have a weak tag: that it was this one's is to be seen.
                .filter(proof -> !request.precondition().weak()
                        || proof.tag().filter(tag -> tag.matches(sent)).isPresent())
                .filter(proof -> {
                    long from = Timeline.plus(proof.startNs(), -apartNs);
                    long to = Timeline.plus(appliedBy(request), apartNs);
                    return all.flights().between(from, to)
                            == all.keeping(version).between(from, to);
                });
    }

    /** When a write was surely applied: without an answer it may have been so late, but not later than it was read. */
    private long appliedBy(Operation write) {
        return write.applied()
                ? write.endNs()
                : reads(write.version()).mapToLong(Operation::endNs).min().orElse(Long.MAX_VALUE);
    }

    /** The reads that showed a version. */
    private Stream<Operation> reads(Version version) {
        return operations.stream()
                .filter(op -> op.seen().filter(version::equals).isPresent());
    }

    /** Whether a version was also given another tag than that: then its being accepted may be due to the tag. */
    private boolean renamed(Version version, @Nullable EntityTag sent) {
        return sent != null
                && operations.stream()
                        .filter(op -> op.write()
                                ? op.applied() && !op.removes() && op.version().equals(version)
                                : op.seen().filter(version::equals).isPresent())
                        .anyMatch(
                                op -> op.tag().filter(tag -> !tag.matches(sent)).isPresent());
    }

    /**
     * The writes that may have had an effect, and who showed which version; made only for a write under If-None-Match.
     *
     * @param effective the writes
     * @param flights when they were in flight
     * @param keeping by version those that cannot be the first to replace it, once asked for
     * @param shown by version the answers that showed it, by when they ended
     */
    private record Writes(
            List<Operation> effective,
            Flights flights,
            Map<Version, Flights> keeping,
            Map<Version, NavigableMap<Long, Operation>> shown) {
        static Writes of(List<Operation> operations) {
            List<Operation> effective = operations.stream()
                    .filter(op -> op.write() && !op.refused())
                    .toList();
            Map<Version, NavigableMap<Long, Operation>> shown = new HashMap<>();
            for (Operation op : operations) {
                boolean wrote = op.write() && !op.removes() && op.applied();
                Optional<Version> version = wrote ? Optional.of(op.version()) : op.seen();
                version.ifPresent(
                        v -> shown.computeIfAbsent(v, each -> new TreeMap<>()).putIfAbsent(op.endNs(), op));
            }
            return new Writes(effective, Flights.of(effective), new HashMap<>(), shown);
        }

        /** Those that ask for anything but a version, for nothing at all, or for another one; and the one that wrote it. */
        Flights keeping(Version version) {
            return keeping.computeIfAbsent(
                    version,
                    each -> Flights.of(effective.stream()
                            .filter(op -> Answers.unless(op, each)
                                    || op.precondition().kind() == Precondition.Kind.IF_NONE_MATCH_ANY
                                    || (!op.removes() && op.version().equals(each))
                                    || asksForAnother(op, each))
                            .toList()));
        }

        /** Whether it asks for a version that was told, under a tag that this one was never told with. */
        private boolean asksForAnother(Operation op, Version version) {
            EntityTag sent = op.precondition().tag();
            Version asked = op.parent();
            return op.precondition().kind() == Precondition.Kind.IF_MATCH
                    && !asked.equals(version)
                    && shown.containsKey(asked)
                    && (sent == null || (!sent.weak() && told(asked, sent) && !told(version, sent)));
        }

        private boolean told(Version version, EntityTag tag) {
            return shown.getOrDefault(version, new TreeMap<>()).values().stream()
                    .anyMatch(op -> op.tag().filter(tag::matches).isPresent());
        }
    }

    /** Until when a write may take effect: one of unknown outcome may do so at any time. */
    private static long endOfFlight(Operation write) {
        return write.unknown() ? Long.MAX_VALUE : write.endNs();
    }

    /**
     * When some writes were in flight.
     *
     * @param starts when they began, sorted
     * @param ends when they ended, sorted
     */
    private record Flights(long[] starts, long[] ends) {
        static Flights of(List<Operation> writes) {
            return new Flights(
                    writes.stream().mapToLong(Operation::startNs).sorted().toArray(),
                    writes.stream().mapToLong(Answers::endOfFlight).sorted().toArray());
        }

        /** How many of them were in flight at some instant from one time to another, both included. */
        int between(long from, long to) {
            return below(starts, to, true) - below(ends, from, false);
        }

        private static int below(long[] sorted, long limit, boolean including) {
            int low = 0;
            int high = sorted.length;
            while (low < high) {
                int middle = (low + high) >>> 1;
                if (sorted[middle] < limit || (including && sorted[middle] == limit)) {
                    low = middle + 1;
                } else {
                    high = middle;
                }
            }
            return low;
        }
    }

    /**
     * 412 to a request that had no condition. What is recorded as unknown may have had one that histories do not know, on
     * a date for one; the recorder knows, and says unknown only then.
     */
    private void refusedWithoutCondition(Operation op) {
        if (op.refused() && op.status() == 412 && op.unconditional()) {
            odd(
                    Anomaly.PHANTOM_REFUSAL,
                    op,
                    "The " + verb(op) + " was answered 412 though it had no condition: nothing could be false.");
        }
    }

    /**
     * 304 to a write, or 404 to a create, which says that nothing is in its way. A delete that finds nothing is answered
     * 404 whatever its condition (RFC 9110 §13.2.1).
     */
    private void refusedThoughTrue(Operation op) {
        if (op.refused() && op.status() == 304) {
            odd(
                    Anomaly.BASELESS_NOT_MODIFIED,
                    op,
                    "The " + verb(op) + " was answered 304, which only a conditional read can be.");
        } else if (op.refused()
                && op.status() == 404
                && op.precondition().kind() == Precondition.Kind.IF_NONE_MATCH_ANY
                && !op.removes()
                && !op.missesElsewhere()) {
            odd(
                    Anomaly.PHANTOM_REFUSAL,
                    op,
                    "The " + verb(op) + " asked that nothing be there, and was refused with 404, which says that"
                            + " nothing is.");
        } else if (op.status() == 412 && sent(op, Precondition.Kind.IF_NONE_MATCH, Version.FOREIGN) && neverGiven(op)) {
            odd(
                    Anomaly.PHANTOM_REFUSAL,
                    op,
                    "The " + verb(op) + " was answered 412 though If-None-Match named a tag that the server never gave:"
                            + " that is true of whatever is there.");
        }
    }

    /** A read under If-Match that showed another version than the one it asked for, or any under a weak tag. */
    private void readIgnored(Operation op) {
        Precondition condition = op.precondition();
        if (condition.kind() != Precondition.Kind.IF_MATCH
                || !op.applied()
                || op.seen().isEmpty()) {
            return;
        }
        if (condition.weak()) {
            ignored.add(Finding.of(
                    Anomaly.CONDITION_IGNORED,
                    key,
                    List.of(op),
                    "If-Match named a weak tag, which never matches (RFC 9110, section 8.8.3.2), and the read was answered with "
                            + op.seen().orElseThrow() + ": the condition has no effect."));
            return;
        }
        if (op.seen().orElseThrow().equals(condition.version())
                || (condition.tag() != null && op.tag().equals(Optional.of(condition.tag())))) {
            return;
        }
        ignored.add(Finding.of(
                Anomaly.CONDITION_IGNORED,
                key,
                List.of(op),
                "If-Match named "
                        + (condition.version().equals(Version.FOREIGN)
                                ? "another tag"
                                : "the tag of " + condition.version())
                        + ", and the read was answered with " + op.seen().orElseThrow()
                        + ": the condition has no effect."));
    }

    private void notModified(Operation op) {
        if (op.status() != 304 || !op.refused()) {
            return;
        }
        Precondition condition = op.precondition();
        EntityTag sent = condition.tag();
        Optional<EntityTag> told = op.tag();
        switch (condition.kind()) {
            case NONE, IF_MATCH ->
                odd(
                        Anomaly.BASELESS_NOT_MODIFIED,
                        op,
                        "The read was answered 304 though it did not say what its client has"
                                + (condition.kind() == Precondition.Kind.NONE ? "" : " (If-None-Match)")
                                + ": there is nothing that could be unmodified.");
            case IF_NONE_MATCH_ANY -> {
                // Says that something is there, and not what.
            }
            case IF_NONE_MATCH -> {
                if (sent != null && told.isPresent() && !told.get().matches(sent)) {
                    tagOfAnother(op, told.get());
                } else if (condition.version().equals(Version.FOREIGN) && neverGiven(op)) {
                    odd(
                            Anomaly.BASELESS_NOT_MODIFIED,
                            op,
                            "The read named a tag that the server never gave, and was answered 304: a client goes on"
                                    + " with a body that was never there.");
                }
            }
        }
    }

    /** A 304 with another tag than it was asked for: an accusation only if that is known to be of another version. */
    private void tagOfAnother(Operation op, EntityTag told) {
        Version asked = op.parent();
        Set<Version> bearers = operations.stream()
                .filter(other -> other.tag().filter(told::matches).isPresent())
                .flatMap(other -> (other.write() && !other.removes() && other.applied()
                                ? Optional.of(other.version())
                                : other.seen())
                        .stream())
                .collect(Collectors.toSet());
        if (bearers.isEmpty() || bearers.contains(asked)) {
            mute.add(op);
            return;
        }
        odd(
                Anomaly.BASELESS_NOT_MODIFIED,
                op,
                "The read asked whether " + op.precondition().tag() + " is still current, and was answered"
                        + " 304 with the tag " + told + " of "
                        + bearers.iterator().next()
                        + ": a client goes on with what it has, which is something else.");
    }

    /** 200 with the very version, and under the very tag, that the client said it has. */
    private void modifiedNothing(Operation op) {
        Precondition condition = op.precondition();
        boolean any = condition.kind() == Precondition.Kind.IF_NONE_MATCH_ANY;
        if (!(any || condition.kind() == Precondition.Kind.IF_NONE_MATCH)
                || op.status() != 200
                || op.seen().isEmpty()) {
            return;
        }
        EntityTag sent = condition.tag();
        boolean same = sent != null
                && op.tag().filter(sent::matches).isPresent()
                && op.seen().filter(condition.version()::equals).isPresent();
        if (any || same) {
            // What was read was there all the same, so this answer is not mute.
            tell(
                    Anomaly.NOT_MODIFIED_NOT_SAID,
                    op,
                    any
                            ? "The read asked for nothing that exists (If-None-Match: *), and was answered 200 where 304 is"
                                    + " owed."
                            : "The read was answered 200 with what the client said it has: 304 is owed, and the body was"
                                    + " sent for nothing.");
        }
    }

    /** A10: a body whose checksums hold and which yet says something else of itself than when it was read before. */
    static Optional<Finding> otherwise(int key, Trace trace) {
        int[] first = new int[trace.versions() + 1];
        Arrays.fill(first, -1);
        for (int i = 0; i < trace.size(); i++) {
            if (!trace.reads(i)
                    || trace.version(i) == Trace.ABSENT
                    || !(trace.operation(i).observation() instanceof Observation.Seen shown)
                    || shown.depth() == 0) {
                continue;
            }
            int before = first[trace.version(i)];
            if (before < 0) {
                first[trace.version(i)] = i;
            } else if (shown != trace.operation(before).observation()
                    && !shown.equals(trace.operation(before).observation())) {
                return Optional.of(Finding.of(
                        Anomaly.TORN_BODY,
                        key,
                        List.of(trace.operation(before), trace.operation(i)),
                        "The body of " + shown.version() + " says once that it replaces "
                                + ((Observation.Seen) trace.operation(before).observation()).parent() + " and once "
                                + shown.parent() + ": a reader got something that no writer wrote."));
            }
        }
        return Optional.empty();
    }

    private void odd(Anomaly anomaly, Operation op, String explanation) {
        mute.add(op);
        tell(anomaly, op, explanation);
    }

    private void tell(Anomaly anomaly, Operation op, String explanation) {
        Finding first = odd.get(anomaly);
        odd.put(
                anomaly,
                first != null
                        ? first.with(first.consequences() + 1)
                        : Finding.of(anomaly, key, List.of(op), explanation));
    }

    /** What a request is, in a sentence. */
    static String verb(Operation op) {
        return op.removes() ? "delete" : op.write() ? "write" : "read";
    }
}
