package dev.etalon.core.model;

import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * One request and its answer.
 *
 * <p>A long history has millions of them, so that one is small: what many have in common is in {@link Request} and {@link
 * Answer}, which they share where the history was read from a file. {@link Invocation} and {@link Completion} say the
 * same as two events, and are made when asked for.
 *
 * @param id unique within the history
 * @param actor who sends
 * @param request what it asks for
 * @param writes the version the body carries, for a delete the identity of the delete; null for a read
 * @param startNs when the first byte could have left, in nanoseconds
 * @param answer what came back; null when the run ended first
 * @param endNs when the answer was in, in nanoseconds; {@link Long#MAX_VALUE} when it never was
 */
public record Operation(
        long id,
        int actor,
        Request request,
        @Nullable Version writes,
        long startNs,
        @Nullable Answer answer,
        long endNs) {
    /**
     * What a request asks for, whoever sends it, and whatever it writes: racers have it in common.
     *
     * @param round see {@link Invocation#round()}
     * @param key see {@link Invocation#key()}
     * @param endpoint see {@link Invocation#endpoint()}
     * @param method see {@link Invocation#method()}
     * @param precondition see {@link Invocation#precondition()}
     * @param depth see {@link Invocation#depth()}
     * @param host see {@link Invocation#host()}
     */
    public record Request(
            int round, int key, int endpoint, Method method, Precondition precondition, int depth, int host) {
        /** The request of a beginning. */
        public static Request of(Invocation invocation) {
            return new Request(
                    invocation.round(),
                    invocation.key(),
                    invocation.endpoint(),
                    invocation.method(),
                    invocation.precondition(),
                    invocation.depth(),
                    invocation.host());
        }

        // As in Version: the generated ones are several times slower, and a reader compares millions.

        @Override
        public boolean equals(@Nullable Object other) {
            return other instanceof Request that
                    && round == that.round
                    && key == that.key
                    && endpoint == that.endpoint
                    && method == that.method
                    && depth == that.depth
                    && host == that.host
                    && precondition.equals(that.precondition);
        }

        @Override
        public int hashCode() {
            int numbers = ((round * 31 + key) * 31 + endpoint) * 31 + depth;
            return ((numbers * 31 + host) * 31 + method.ordinal()) * 31 + precondition.hashCode();
        }
    }

    /**
     * What an answer says, whenever it came: all reads of a version have it in common.
     *
     * @param status see {@link Completion#status()}
     * @param outcome see {@link Completion#outcome()}
     * @param tag see {@link Completion#tag()}
     * @param observation see {@link Completion#observation()}
     * @param releasedNs see {@link Completion#releasedNs()}
     */
    public record Answer(
            int status, Outcome outcome, @Nullable EntityTag tag, Observation observation, long releasedNs) {
        /** The answer of an end. */
        public static Answer of(Completion completion) {
            return new Answer(
                    completion.status(),
                    completion.outcome(),
                    completion.tag(),
                    completion.observation(),
                    completion.releasedNs());
        }

        @Override
        public boolean equals(@Nullable Object other) {
            return other instanceof Answer that
                    && status == that.status
                    && releasedNs == that.releasedNs
                    && outcome.equals(that.outcome)
                    && Objects.equals(tag, that.tag)
                    && observation.equals(that.observation);
        }

        @Override
        public int hashCode() {
            int what = (status * 31 + outcome.hashCode()) * 31 + observation.hashCode();
            return (what * 31 + (tag == null ? 0 : tag.hashCode())) * 31 + Long.hashCode(releasedNs);
        }
    }

    private static final Outcome NEVER_COMPLETED = Outcome.unknown(Outcome.Cause.NEVER_COMPLETED);

    /**
     * The operation of two events.
     *
     * @param invocation its beginning
     * @param completion its end; null when the run ended first
     */
    public Operation(Invocation invocation, @Nullable Completion completion) {
        this(
                invocation.id(),
                invocation.actor(),
                Request.of(invocation),
                invocation.writes(),
                invocation.atNs(),
                completion == null ? null : Answer.of(completion),
                completion == null ? Long.MAX_VALUE : completion.atNs());
    }

    /** The same request, of which nobody knows what came back. */
    public Operation unanswered() {
        return new Operation(id, actor, request, writes, startNs, null, Long.MAX_VALUE);
    }

    /** Its beginning, as an event. */
    public Invocation invocation() {
        return new Invocation(
                id,
                actor,
                request.round,
                request.key,
                request.endpoint,
                request.method,
                request.precondition,
                writes,
                request.depth,
                request.host,
                startNs);
    }

    /** Its end, as an event; null when the run ended first. */
    public @Nullable Completion completion() {
        return answer == null
                ? null
                : new Completion(
                        id, answer.status, answer.outcome, answer.tag, answer.observation, answer.releasedNs, endNs);
    }

    public int round() {
        return request.round;
    }

    public int key() {
        return request.key;
    }

    public int host() {
        return request.host;
    }

    public Method method() {
        return request.method;
    }

    /** The conditional header sent. */
    public Precondition precondition() {
        return request.precondition;
    }

    /** When the request as a whole could reach the server: the release of its tail, else its start. */
    public long releasedNs() {
        return answer == null || answer.releasedNs == 0 ? startNs : answer.releasedNs;
    }

    /** What is known of its effect. */
    public Outcome outcome() {
        return answer == null ? NEVER_COMPLETED : answer.outcome;
    }

    public boolean applied() {
        return outcome() instanceof Outcome.Applied;
    }

    public boolean refused() {
        return outcome() instanceof Outcome.Refused;
    }

    public boolean unknown() {
        return outcome() instanceof Outcome.Unknown;
    }

    public boolean write() {
        return writes != null;
    }

    /** Whether it asks for the resource to be gone. */
    public boolean removes() {
        return request.method.removes();
    }

    /** Whether a 404 may be about an upload or the source of a copy, and so says nothing of the resource. */
    public boolean missesElsewhere() {
        return status() == 404 && (method() == Method.COMPLETE || method() == Method.COPY);
    }

    /**
     * Whether it is a delete that was told that nothing is there, so that it did nothing but look. Other recorders say so by
     * the status alone.
     */
    public boolean foundNothing() {
        return removes()
                && (observation() instanceof Observation.Absent
                        || (method() == Method.DELETE && status() == 404 && !unknown()));
    }

    public boolean unconditional() {
        return !conditional();
    }

    public boolean conditional() {
        return request.precondition.kind() != Precondition.Kind.NONE;
    }

    /** HTTP status; 0 when there was none. */
    public int status() {
        return answer == null ? 0 : answer.status;
    }

    /** The version written. Only for a {@link #write()}. */
    public Version version() {
        if (writes == null) {
            throw new IllegalStateException("a read writes no version: id=" + id);
        }
        return writes;
    }

    /** The version the validator stands for. */
    public Version parent() {
        return request.precondition.version();
    }

    /** What a read showed. */
    public Observation observation() {
        return answer == null ? Observation.NOTHING : answer.observation;
    }

    /** The entity tag of the answer, if there was one. */
    public Optional<EntityTag> tag() {
        return answer == null ? Optional.empty() : Optional.ofNullable(answer.tag);
    }

    /** The version a read showed, if it showed a whole one. */
    public Optional<Version> seen() {
        return observation() instanceof Observation.Seen seen ? Optional.of(seen.version()) : Optional.empty();
    }

    /**
     * Whether these racers collided: two were with the server at one instant, a reader and a writer if there are readers,
     * and somebody was told what became of his write. A volley of errors proves nothing about a condition.
     */
    public static boolean collided(Collection<Operation> racers) {
        List<Operation> readers = racers.stream().filter(op -> !op.write()).toList();
        boolean met = readers.isEmpty()
                ? anyOverlap(racers)
                : racers.stream()
                        .filter(op -> op.write() && op.status() != 0)
                        .anyMatch(writer -> readers.stream()
                                // Whether or not it was answered: a body cut short is what such a race may bring about.
                                .anyMatch(reader -> reader.answer() != null
                                        && reader.startNs() <= writer.endNs()
                                        && writer.startNs() <= reader.endNs()));
        return met && racers.stream().anyMatch(op -> op.write() && !op.unknown());
    }

    /** Whether any two answered ones were with the server at one instant. Ties count as overlap. */
    public static boolean anyOverlap(Collection<Operation> operations) {
        List<Operation> answered = operations.stream()
                .filter(op -> op.status() != 0)
                .sorted(Comparator.comparingLong(Operation::startNs))
                .toList();
        long reach = Long.MIN_VALUE;
        for (Operation op : answered) {
            if (op.startNs() <= reach) {
                return true;
            }
            reach = Math.max(reach, op.endNs());
        }
        return false;
    }
}
