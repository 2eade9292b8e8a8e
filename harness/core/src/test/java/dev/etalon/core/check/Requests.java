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
import dev.etalon.core.model.Verdict;
import dev.etalon.core.model.Version;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Requests of every kind that a history of another program may hold, on one key and by a clock of whole milliseconds.
 * Every version has a tag of its own unless told otherwise.
 */
final class Requests {
    static final Outcome UNKNOWN = Outcome.unknown(Outcome.Cause.TIMEOUT);
    private static final long TICK_NS = 1_000_000;
    private final List<Operation> operations = new ArrayList<>();

    Operation put(int actor, Precondition precondition, Outcome outcome, long start, long end) {
        return put(actor, precondition, outcome, null, start, end);
    }

    /** A write that was answered with that tag. */
    Operation put(int actor, Precondition precondition, Outcome outcome, @Nullable String tag, long start, long end) {
        Version version = new Version(actor, operations.size() + 1);
        boolean applied = outcome instanceof Outcome.Applied;
        int status = applied ? 200 : outcome instanceof Outcome.Refused ? 412 : 0;
        EntityTag given = !applied ? null : tag == null ? tagOf(version) : new EntityTag(tag);
        return add(Method.PUT, actor, precondition, version, outcome, status, given, Observation.NOTHING, start, end);
    }

    /** A write without a condition that was answered without a tag. */
    Operation putWithoutTag(int actor, long start, long end) {
        Version version = new Version(actor, operations.size() + 1);
        return add(
                Method.PUT,
                actor,
                Precondition.NONE,
                version,
                Outcome.APPLIED,
                200,
                null,
                Observation.NOTHING,
                start,
                end);
    }

    Operation delete(int actor, Precondition precondition, Outcome outcome, int status, long start, long end) {
        Observation shown = status == 404 ? Observation.ABSENT : Observation.NOTHING;
        Version identity = new Version(actor, operations.size() + 1);
        return add(Method.DELETE, actor, precondition, identity, outcome, status, null, shown, start, end);
    }

    /** A delete that was refused with 404, and nothing recorded of what that shows. */
    Operation deleteOfNothing(int actor, Precondition precondition, long start, long end) {
        Version identity = new Version(actor, operations.size() + 1);
        return add(
                Method.DELETE,
                actor,
                precondition,
                identity,
                Outcome.REFUSED,
                404,
                null,
                Observation.NOTHING,
                start,
                end);
    }

    Operation get(int actor, Operation written, long start, long end) {
        return get(actor, written, tagOf(written.version()).value(), start, end);
    }

    /** A read that showed what a request wrote, with that tag. */
    Operation get(int actor, Operation written, String tag, long start, long end) {
        Observation shown = new Observation.Seen(written.version(), written.parent(), 1);
        return read(actor, Precondition.NONE, Outcome.APPLIED, 200, new EntityTag(tag), shown, start, end);
    }

    /** A read under a condition that showed what a request wrote. */
    Operation get(int actor, Precondition precondition, Operation written, String tag, long start, long end) {
        Observation shown = new Observation.Seen(written.version(), written.parent(), 1);
        return read(actor, precondition, Outcome.APPLIED, 200, new EntityTag(tag), shown, start, end);
    }

    /** A read that found nothing. */
    Operation absent(int actor, long start, long end) {
        return read(actor, Precondition.NONE, Outcome.APPLIED, 404, null, Observation.ABSENT, start, end);
    }

    /** A read with the tag of what a request wrote that was answered 304. */
    Operation notModified(int actor, Operation written, String tag, long start, long end) {
        Precondition precondition = Precondition.ifNoneMatch(new EntityTag(tag), written.version());
        return read(actor, precondition, Outcome.REFUSED, 304, null, Observation.NOTHING, start, end);
    }

    /** A read under If-Match that was refused. */
    Operation refusedRead(int actor, Precondition precondition, long start, long end) {
        return read(actor, precondition, Outcome.REFUSED, 412, null, Observation.NOTHING, start, end);
    }

    /** A read whose answer was recorded without what it showed. */
    Operation blind(int actor, long start, long end) {
        return read(actor, Precondition.NONE, Outcome.APPLIED, 200, null, Observation.NOTHING, start, end);
    }

    private Operation read(
            int actor,
            Precondition precondition,
            Outcome outcome,
            int status,
            @Nullable EntityTag tag,
            Observation shown,
            long start,
            long end) {
        return add(Method.GET, actor, precondition, null, outcome, status, tag, shown, start, end);
    }

    private Operation add(
            Method method,
            int actor,
            Precondition precondition,
            @Nullable Version writes,
            Outcome outcome,
            int status,
            @Nullable EntityTag tag,
            Observation shown,
            long start,
            long end) {
        long id = operations.size() + 1L;
        Invocation invocation = new Invocation(
                id, actor, 0, Story.KEY, 0, method, precondition, writes, writes == null ? 0 : 1, start * TICK_NS);
        Operation op = new Operation(invocation, new Completion(id, status, outcome, tag, shown, 0, end * TICK_NS));
        operations.add(op);
        return op;
    }

    static EntityTag tagOf(Version version) {
        return new EntityTag("\"" + version + "\"");
    }

    static Precondition over(Operation written) {
        return Precondition.ifMatch(tagOf(written.version()), written.version());
    }

    static Precondition ifMatch(String tag, Version version) {
        return Precondition.ifMatch(new EntityTag(tag), version);
    }

    static Precondition ifNoneMatch(String tag, Version version) {
        return Precondition.ifNoneMatch(new EntityTag(tag), version);
    }

    /** All of it, in order of start. */
    List<Operation> inOrder() {
        return operations.stream()
                .sorted(Comparator.comparingLong(Operation::startNs))
                .toList();
    }

    /** What the judge says of all of it. */
    Verdict verdict(String... damage) {
        return Judge.judge(new History(Story.ORIGIN, inOrder(), List.of(damage)));
    }

    /** The same if it was recorded by two clocks that may be apart by so many milliseconds. */
    Verdict onTwoClocks(long bound) {
        History.Clocks clocks = new History.Clocks(List.of("one", "other"), bound * TICK_NS, false);
        return Judge.judge(new History(Story.ORIGIN, inOrder(), List.of(), clocks));
    }

    /** The same if another program recorded it, which may not know every writer. */
    Verdict recordedByAnother() {
        History.Origin origin = new History.Origin(0, "key-", "other", "paper", "desk", "2026-01-01T00:00:00Z", 0);
        return Judge.judge(new History(origin, inOrder(), List.of()));
    }

    List<Anomaly> anomalies() {
        return verdict().findings().stream().map(Finding::anomaly).toList();
    }
}
