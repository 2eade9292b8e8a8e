package dev.etalon.core.model;

import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * One request and its answer.
 *
 * @param invocation its beginning
 * @param completion its end; null when the run ended first
 */
public record Operation(Invocation invocation, @Nullable Completion completion) {
    /** When the first byte could have left, in nanoseconds. */
    public long startNs() {
        return invocation.atNs();
    }

    /** When the answer was in, in nanoseconds; {@link Long#MAX_VALUE} when it never was. */
    public long endNs() {
        return completion == null ? Long.MAX_VALUE : completion.atNs();
    }

    /** When the request as a whole could reach the server: the release of its tail, else its start. */
    public long releasedNs() {
        return completion == null || completion.releasedNs() == 0 ? startNs() : completion.releasedNs();
    }

    /** What is known of its effect. */
    public Outcome outcome() {
        return completion == null ? Outcome.unknown(Outcome.Cause.NEVER_COMPLETED) : completion.outcome();
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
        return invocation.writes() != null;
    }

    /** Whether it asks for the resource to be gone. */
    public boolean removes() {
        return invocation.method().removes();
    }

    /** Whether it is a delete that was told that nothing is there, so that it did nothing but look. */
    public boolean foundNothing() {
        return removes() && observation() instanceof Observation.Absent;
    }

    public boolean unconditional() {
        return !conditional();
    }

    public boolean conditional() {
        return invocation.precondition().kind() != Precondition.Kind.NONE;
    }

    /** HTTP status; 0 when there was none. */
    public int status() {
        return completion == null ? 0 : completion.status();
    }

    /** The version written. Only for a {@link #write()}. */
    public Version version() {
        Version writes = invocation.writes();
        if (writes == null) {
            throw new IllegalStateException("a read writes no version: id=" + invocation.id());
        }
        return writes;
    }

    /** The version the validator stands for. */
    public Version parent() {
        return invocation.precondition().version();
    }

    /** What a read showed. */
    public Observation observation() {
        return completion == null ? Observation.NOTHING : completion.observation();
    }

    /** The entity tag of the answer, if there was one. */
    public Optional<EntityTag> tag() {
        return Optional.ofNullable(completion).map(Completion::tag);
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
                                .anyMatch(reader -> reader.completion() != null
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
