package dev.etalon.core.check;

import dev.etalon.core.model.Anomaly;
import dev.etalon.core.model.Completion;
import dev.etalon.core.model.EntityTag;
import dev.etalon.core.model.Finding;
import dev.etalon.core.model.History;
import dev.etalon.core.model.Invocation;
import dev.etalon.core.model.Method;
import dev.etalon.core.model.Observation;
import dev.etalon.core.model.Operation;
import dev.etalon.core.model.Outcome;
import dev.etalon.core.model.Precondition;
import dev.etalon.core.model.Version;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Tells the history of one key in a few lines. The clock counts whole milliseconds; every version gets a tag of its own
 * unless the story says otherwise.
 */
final class Story {
    static final int KEY = 7;
    static final History.Origin ORIGIN =
            new History.Origin(0xE7A10L, "etalon-", "http/story", "paper", "desk", "2026-01-01T00:00:00Z", 0);
    private static final long TICK_NS = 1_000_000;

    private final List<Operation> operations = new ArrayList<>();
    private final Map<Integer, Integer> sequences = new HashMap<>();
    private int round;
    private int key = KEY;

    /** What comes next happens in that round; -1 is the guard. */
    Story round(int number) {
        round = number;
        return this;
    }

    /** What comes next happens on that key. */
    Story key(int number) {
        key = number;
        return this;
    }

    /** The unconditional first write of the coordinator. */
    Operation lay(long start, long end) {
        return write(0, Precondition.NONE, Outcome.APPLIED, 200, start, end);
    }

    /** An accepted {@code If-None-Match: *}. */
    Operation create(int actor, long start, long end) {
        return write(actor, Precondition.CREATE, Outcome.APPLIED, 201, start, end);
    }

    /** A refused {@code If-None-Match: *}. */
    Operation createRefused(int actor, long start, long end) {
        return write(actor, Precondition.CREATE, Outcome.REFUSED, 412, start, end);
    }

    /** A {@code If-None-Match: *} that timed out. */
    Operation createUnknown(int actor, long start, long end) {
        return write(actor, Precondition.CREATE, Outcome.unknown(Outcome.Cause.TIMEOUT), 0, start, end);
    }

    /** An accepted write over {@code parent}. */
    Operation put(int actor, Operation parent, long start, long end) {
        return write(actor, over(parent), Outcome.APPLIED, 200, start, end);
    }

    /** A write over {@code parent} that was answered 412. */
    Operation refused(int actor, Operation parent, long start, long end) {
        return write(actor, over(parent), Outcome.REFUSED, 412, start, end);
    }

    /** A write over {@code parent} that timed out. */
    Operation unknown(int actor, Operation parent, long start, long end) {
        return write(actor, over(parent), Outcome.unknown(Outcome.Cause.TIMEOUT), 0, start, end);
    }

    /** A write over {@code parent} that was still in flight when the run ended. */
    Operation unfinished(int actor, Operation parent, long start) {
        Operation op = new Operation(invocation(Method.PUT, actor, over(parent), version(actor), start), null);
        operations.add(op);
        return op;
    }

    /** A write with a tag that no answer ever carried. */
    Operation foreign(int actor, Outcome outcome, int status, long start, long end) {
        return write(
                actor, Precondition.ifMatch(new EntityTag("\"never\""), Version.FOREIGN), outcome, status, start, end);
    }

    /** Any other write. */
    Operation write(int actor, Precondition precondition, Outcome outcome, int status, long start, long end) {
        Version version = version(actor);
        return write(actor, precondition, version, outcome, status, tagOf(version), start, end);
    }

    /** A write over {@code parent}, accepted with a tag of the teller's choice. */
    Operation putTagged(int actor, Operation parent, @Nullable String tag, long start, long end) {
        return write(
                actor,
                over(parent),
                version(actor),
                Outcome.APPLIED,
                200,
                tag == null ? null : new EntityTag(tag),
                start,
                end);
    }

    private Operation write(
            int actor,
            Precondition precondition,
            Version version,
            Outcome outcome,
            int status,
            @Nullable EntityTag tag,
            long start,
            long end) {
        return add(
                invocation(Method.PUT, actor, precondition, version, start),
                status,
                outcome,
                outcome instanceof Outcome.Applied ? tag : null,
                Observation.NOTHING,
                end);
    }

    /** A read that shows what {@code written} wrote. */
    Operation get(int actor, Operation written, long start, long end) {
        return getTagged(actor, written, tagOf(written.version()).value(), start, end);
    }

    /** A read that shows what {@code written} wrote at some depth of the chain. */
    Operation get(int actor, Operation written, int depth, long start, long end) {
        return see(actor, written.version(), written.parent(), depth, tagOf(written.version()), start, end);
    }

    /** A read that shows what {@code written} wrote, with a tag of the teller's choice. */
    Operation getTagged(int actor, Operation written, String tag, long start, long end) {
        return see(actor, written.version(), written.parent(), 1, new EntityTag(tag), start, end);
    }

    /** A read that shows a version nobody wrote. */
    Operation getPhantom(int actor, Version version, long start, long end) {
        return see(actor, version, Version.ABSENT, 1, tagOf(version), start, end);
    }

    private Operation see(int actor, Version version, Version parent, int depth, EntityTag tag, long start, long end) {
        return read(actor, 200, Outcome.APPLIED, tag, new Observation.Seen(version, parent, depth), start, end);
    }

    /** A read answered 404. */
    Operation absent(int actor, long start, long end) {
        return read(actor, 404, Outcome.APPLIED, null, Observation.ABSENT, start, end);
    }

    /** A read whose body nobody wrote like this. */
    Operation torn(int actor, Observation.Flaw flaw, long start, long end) {
        return read(actor, 200, Outcome.APPLIED, null, new Observation.Torn(flaw), start, end);
    }

    /** A read that timed out. */
    Operation silent(int actor, long start, long end) {
        return read(actor, 0, Outcome.unknown(Outcome.Cause.TIMEOUT), null, Observation.NOTHING, start, end);
    }

    /** A read whose answer shows nothing: an error, or a body that was cut off. */
    Operation readUnknown(int actor, int status, long start, long end) {
        return read(actor, status, Outcome.unknown(Outcome.Cause.STATUS), null, Observation.NOTHING, start, end);
    }

    private Operation read(
            int actor,
            int status,
            Outcome outcome,
            @Nullable EntityTag tag,
            Observation observation,
            long start,
            long end) {
        return add(
                invocation(Method.GET, actor, Precondition.NONE, null, start), status, outcome, tag, observation, end);
    }

    private Operation add(
            Invocation invocation,
            int status,
            Outcome outcome,
            @Nullable EntityTag tag,
            Observation observation,
            long end) {
        Operation op = new Operation(
                invocation, new Completion(invocation.id(), status, outcome, tag, observation, 0, end * TICK_NS));
        operations.add(op);
        return op;
    }

    private Invocation invocation(
            Method method, int actor, Precondition precondition, @Nullable Version writes, long start) {
        return new Invocation(
                operations.size() + 1L, actor, round, key, 0, method, precondition, writes, 1, start * TICK_NS);
    }

    private Version version(int actor) {
        return new Version(actor, sequences.merge(actor, 1, Integer::sum));
    }

    private static Precondition over(Operation parent) {
        return Precondition.ifMatch(tagOf(parent.version()), parent.version());
    }

    static EntityTag tagOf(Version version) {
        return new EntityTag("\"" + version + "\"");
    }

    /** Everything told so far, in order of start. */
    List<Operation> operations() {
        return operations.stream()
                .sorted(Comparator.comparingLong(Operation::startNs))
                .toList();
    }

    History history(String... damage) {
        return new History(ORIGIN, operations(), List.of(damage));
    }

    /** What the judge of one key says. */
    List<Finding> findings() {
        return judge(operations()).findings().stream()
                .filter(finding -> finding.anomaly().forbidden())
                .toList();
    }

    /** What the judge of one key finds worth a remark. */
    List<Finding> remarks() {
        return judge(operations()).findings().stream()
                .filter(finding -> !finding.anomaly().forbidden())
                .toList();
    }

    /** Why the judge of one key refuses to judge; empty when it does not. */
    Optional<String> broken() {
        return Optional.ofNullable(judge(operations()).broken());
    }

    /** What the judge of one key says of any operations on it. */
    static KeyCheck.Said judge(List<Operation> operations) {
        return KeyCheck.check(KEY, operations, History.Clocks.ONE, Search.BRANCHES_MAX);
    }

    List<Anomaly> anomalies() {
        return findings().stream().map(Finding::anomaly).toList();
    }

    Optional<Finding> first() {
        return findings().stream().findFirst();
    }
}
