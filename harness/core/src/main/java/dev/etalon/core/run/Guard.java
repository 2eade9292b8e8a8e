package dev.etalon.core.run;

import dev.etalon.core.model.EntityTag;
import dev.etalon.core.model.Method;
import dev.etalon.core.model.Observation;
import dev.etalon.core.model.Operation;
import dev.etalon.core.model.Precondition;
import dev.etalon.core.model.Version;
import dev.etalon.core.plan.Capability;
import dev.etalon.core.plan.RequestShape;
import dev.etalon.core.plan.Versioning;
import java.io.IOException;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Asks, one request at a time and before anything is raced, whether the target honours a conditional header at all. A
 * server that ignores conditions is reported as exactly that: racing it would prove nothing more.
 */
final class Guard {
    /** Round number of everything the guard sends. */
    static final int ROUND = -1;

    /** Above the keys of any plan; each attempt has two of its own in each kind of bucket, downwards. */
    private static final int KEY = Integer.MAX_VALUE - 1;

    /** One lost answer must not keep a whole cell from being raced. */
    private static final int ATTEMPTS_MAX = 3;

    private static final int BODY_BYTES = 512;

    /** Has the shape of a content-MD5 tag, so that a server that parses tags does not trip over the form. */
    private static final EntityTag NEVER_GIVEN = new EntityTag("\"00000000000000000000000000000000\"");

    private Guard() {}

    /** Probes capabilities in turn, in one kind of bucket after the other, until one is not honoured. */
    static Probe probe(Actor actor, List<Capability> capabilities, Stop stop) throws IOException {
        for (int bucket = 0; bucket < actor.versioning().size(); bucket++) {
            for (Capability capability : capabilities) {
                Probe probe = probe(actor, capability, bucket, stop);
                if (probe.answer() != Probe.Answer.HONOURED) {
                    return probe.where(actor.versioning().get(bucket)).of(capability);
                }
            }
        }
        return Probe.HONOURED;
    }

    /** Probes one capability in one kind of bucket; again, on another key, where an answer did not come. */
    private static Probe probe(Actor actor, Capability capability, int bucket, Stop stop) throws IOException {
        int buckets = actor.versioning().size();
        Probe probe = Probe.HONOURED;
        for (int attempt = 0; attempt < ATTEMPTS_MAX; attempt++) {
            int highest = KEY - 2 * buckets * (capability.ordinal() * ATTEMPTS_MAX + attempt);
            probe = ask(actor, capability, highest - Math.floorMod(highest - bucket, buckets), stop);
            if (probe.answer() != Probe.Answer.NONE) {
                return probe;
            }
        }
        return probe;
    }

    private static Probe ask(Actor actor, Capability capability, int key, Stop stop) throws IOException {
        Operation first = write(actor, Method.PUT, key, Precondition.NONE, 1);
        if (first.status() == 0) {
            return Probe.unknown("a plain PUT", first);
        }
        Operation read = actor.read(ROUND, key);
        if (read.status() == 0) {
            return Probe.unknown("a plain GET", read);
        }
        if (!first.applied() || !(read.observation() instanceof Observation.Seen)) {
            // A second look tells a stale answer from a lost write.
            actor.read(ROUND, key);
            return Probe.broken(first, read);
        }
        if (capability.condition() == Precondition.Kind.IF_NONE_MATCH_ANY) {
            return ifNoneMatch(actor, capability, key);
        }
        // First what needs no tag of the server's: a server without a usable one may ignore conditions as well.
        Precondition neverGiven = Precondition.ifMatch(NEVER_GIVEN, Version.FOREIGN);
        Operation foreign = capability.method().removes()
                ? delete(actor, capability, key, neverGiven)
                : write(actor, capability.method(), key, neverGiven, 2);
        Operation look = actor.read(ROUND, key);
        Probe probe = Probe.falseCondition(capability.label(), "with a tag it never gave", foreign);
        if (probe.answer() != Probe.Answer.HONOURED) {
            return probe;
        }
        if (TagAge.weak(look)) {
            look = TagAge.readStrong(actor, ROUND, key, stop);
        }
        if (look.status() == 0) {
            return Probe.unknown("a plain GET", look);
        }
        EntityTag tag = look.tag().orElse(null);
        if (tag == null || tag.weak()) {
            return unusable(tag);
        }
        Precondition whileCurrent = Precondition.ifMatch(tag, first.version());
        return capability.method().removes()
                ? deleteIfMatch(actor, capability, key, whileCurrent)
                : ifMatch(actor, capability, key, whileCurrent);
    }

    /**
     * Asks a false condition once in each shape. Nothing follows from it for what is raced: a condition that is ignored in one
     * shape is one for the judge, and holds in others.
     *
     * @param shapes those that the server takes
     */
    static void askInShapes(Actor actor, Capability capability, Collection<RequestShape> shapes, Stop stop)
            throws IOException {
        for (RequestShape shape : shapes) {
            boolean seen = !shape.ofBody() || capability.method() == Method.PUT;
            if (shape != RequestShape.PLAIN && seen && !stop.requested()) {
                askIn(shape, actor, capability);
            }
        }
    }

    private static void askIn(RequestShape shape, Actor actor, Capability capability) throws IOException {
        int round = shape.guardRound();
        int attempts = Capability.values().length * ATTEMPTS_MAX;
        int number = attempts + capability.ordinal() * RequestShape.values().length + shape.ordinal();
        int buckets = actor.versioning().size();
        int key = KEY - 2 * buckets * number - Math.floorMod(KEY, buckets);
        if (!actor.write(actor.arm(Method.PUT, round, key, Precondition.NONE, 1, BODY_BYTES))
                .applied()) {
            return;
        }
        Precondition never = capability.condition() == Precondition.Kind.IF_NONE_MATCH_ANY
                ? Precondition.CREATE
                : Precondition.ifMatch(NEVER_GIVEN, Version.FOREIGN);
        actor.shape(shape);
        try {
            Actor.Armed armed = capability.method().removes()
                    ? actor.armDelete(capability.method(), round, key, never)
                    : actor.arm(capability.method(), round, key, never, 2, shape.bodyBytes(BODY_BYTES));
            if (armed.prepared().ready()) {
                actor.write(armed);
            }
        } finally {
            actor.shape(RequestShape.PLAIN);
        }
    }

    private static Probe unusable(@Nullable EntityTag tag) {
        return new Probe(
                Probe.Answer.UNUSABLE_VALIDATOR,
                tag == null
                        ? "gives no entity tag, so nothing can be sent in If-Match"
                        : "gives only a weak entity tag (" + tag
                                + "), even seconds after the change, which can never satisfy If-Match (RFC 9110 §13.1.1)");
    }

    private static Probe deleteIfMatch(Actor actor, Capability capability, int key, Precondition whileCurrent)
            throws IOException {
        Operation fresh = delete(actor, capability, key, whileCurrent);
        Probe probe = Probe.trueCondition(capability.label(), "with the current tag", fresh);
        if (probe.answer() != Probe.Answer.HONOURED) {
            return probe;
        }
        Operation look = actor.read(ROUND, key);
        if (look.status() == 0) {
            return Probe.unknown("a plain GET", look);
        }
        if (!(look.observation() instanceof Observation.Absent)) {
            actor.read(ROUND, key);
            return Probe.notDeleted(capability.label(), fresh, look);
        }
        // 404 and 412 are right; 2xx says that it is gone, which is so (RFC 9110 §13.1.1).
        Operation again = delete(actor, capability, key, whileCurrent);
        return again.unknown() ? Probe.unknown(capability.label() + " upon nothing", again) : Probe.HONOURED;
    }

    private static Operation delete(Actor actor, Capability capability, int key, Precondition precondition)
            throws IOException {
        return actor.write(actor.armDelete(capability.method(), ROUND, key, precondition));
    }

    private static Probe ifMatch(Actor actor, Capability capability, int key, Precondition whileCurrent)
            throws IOException {
        Operation fresh = write(actor, capability.method(), key, whileCurrent, 2);
        return Probe.trueCondition(capability.label(), "with the current tag", fresh);
    }

    private static Probe ifNoneMatch(Actor actor, Capability capability, int key) throws IOException {
        Operation onPresent = write(actor, capability.method(), key, Precondition.CREATE, 1);
        actor.read(ROUND, key);
        Probe probe = Probe.falseCondition(capability.label(), "on a resource that exists", onPresent);
        if (probe.answer() != Probe.Answer.HONOURED) {
            return probe;
        }
        Operation onAbsent =
                write(actor, capability.method(), key - actor.versioning().size(), Precondition.CREATE, 1);
        return Probe.trueCondition(capability.label(), "on a free name", onAbsent);
    }

    private static Operation write(Actor actor, Method method, int key, Precondition precondition, int depth)
            throws IOException {
        return actor.write(actor.arm(method, ROUND, key, precondition, depth, BODY_BYTES));
    }

    /**
     * What the guard found.
     *
     * @param answer the class
     * @param sentence continues "the target …"
     * @param of what it is the answer to; empty where all is honoured
     */
    record Probe(Answer answer, String sentence, Optional<Capability> of) {
        /** Client errors that may be gone with the next request (RFC 9110 §15.5, RFC 6585). */
        private static final Set<Integer> TRANSIENT = Set.of(408, 409, 425, 429);

        static final Probe HONOURED = new Probe(Answer.HONOURED, "honours the condition");

        Probe(Answer answer, String sentence) {
            this(answer, sentence, Optional.empty());
        }

        Probe of(Capability capability) {
            return new Probe(answer, sentence, Optional.of(capability));
        }

        enum Answer {
            /** False conditions are refused, true ones get through. */
            HONOURED,
            /** A false condition was answered with success. */
            IGNORED,
            /** A true condition was refused, without any other writer. */
            NEVER_MATCHES,
            /** The header is answered with an error: the server does not offer it, and says so. */
            REFUSES,
            /** The server gives no validator that can be sent back. */
            UNUSABLE_VALIDATOR,
            /** Not even a plain write and read work. */
            BROKEN,
            /** A request got no answer. */
            NONE
        }

        /** The same of a kind of bucket, where it is not the usual one. */
        Probe where(Versioning versioning) {
            return versioning == Versioning.OFF
                    ? this
                    : new Probe(answer, sentence + ", where versioning is " + versioning.label());
        }

        /** What the answer to a condition that does not hold says. */
        static Probe falseCondition(String header, String where, Operation op) {
            if (op.refused()) {
                return HONOURED;
            }
            return op.applied()
                    ? new Probe(
                            Answer.IGNORED,
                            "ignores the condition: " + header + " " + where + " was answered " + op.status())
                    : unknown(header, op);
        }

        /** What the answer to a condition that holds says. */
        static Probe trueCondition(String header, String where, Operation op) {
            if (op.unknown()) {
                return unknown(header, op);
            }
            return op.applied()
                    ? HONOURED
                    : new Probe(
                            Answer.NEVER_MATCHES,
                            "never lets it through: " + header + " " + where + " was answered " + op.status());
        }

        /** Neither yes nor no: an answer that says the header is not offered, or one that says nothing. */
        static Probe unknown(String header, Operation op) {
            boolean said =
                    op.status() == 501 || (op.status() >= 400 && op.status() < 500 && !TRANSIENT.contains(op.status()));
            return said
                    ? new Probe(Answer.REFUSES, "refuses " + header + " with " + status(op))
                    : new Probe(
                            op.status() == 0 ? Answer.NONE : Answer.BROKEN,
                            "gave no usable answer to " + header + ": " + status(op));
        }

        static Probe broken(Operation write, Operation read) {
            return new Probe(
                    Answer.BROKEN,
                    "does not keep a plain write: PUT was answered " + status(write) + ", the GET after it "
                            + status(read));
        }

        static Probe notDeleted(String header, Operation delete, Operation read) {
            return new Probe(
                    Answer.BROKEN,
                    "does not delete: " + header + " was answered " + status(delete) + ", the GET after it "
                            + status(read));
        }

        private static String status(Operation op) {
            return op.status() == 0 ? "nothing (" + op.outcome() + ")" : Integer.toString(op.status());
        }
    }
}
