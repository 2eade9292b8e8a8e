package dev.etalon.core.plan;

import dev.etalon.core.model.Operation;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * One synchronised volley on one fresh key.
 *
 * @param index number of the round, 0 and up
 * @param key number of its key within the run
 * @param alignment how the racers are made to collide
 * @param racers what each racer holds; racer {@code i} is actor {@code i + 1}; at least two
 * @param releaseOrder the racers in the order they are let go; for {@link Alignment#HELD_UPLOAD} the first is the held
 *     one
 * @param bodyBytes size of every body of the round
 * @param pausesNs how long to wait before each release after the first, in nanoseconds and in the order of release;
 *     empty for no pauses
 * @param fresh whether the racers open connections of their own, instead of using warm ones
 * @param spread whether the racers go to different endpoints, if there are several, instead of all to one
 * @param overlap when the round counts as raced; any two, in plans from before this was said
 * @param shape how the racers' requests look; plain, in plans from before this was said
 */
public record RoundPlan(
        int index,
        int key,
        Alignment alignment,
        List<Intent> racers,
        List<Integer> releaseOrder,
        int bodyBytes,
        List<Integer> pausesNs,
        boolean fresh,
        boolean spread,
        Overlap overlap,
        RequestShape shape) {
    public RoundPlan(
            int index,
            int key,
            Alignment alignment,
            List<Intent> racers,
            List<Integer> releaseOrder,
            int bodyBytes,
            @Nullable List<Integer> pausesNs,
            boolean fresh,
            boolean spread,
            @Nullable Overlap overlap,
            @Nullable RequestShape shape) {
        this.index = index;
        this.key = key;
        this.alignment = alignment;
        this.racers = List.copyOf(racers);
        this.releaseOrder = List.copyOf(releaseOrder);
        this.bodyBytes = bodyBytes;
        this.pausesNs = pausesNs == null ? List.of() : List.copyOf(pausesNs);
        this.fresh = fresh;
        this.spread = spread;
        this.overlap = Objects.requireNonNullElse(overlap, Overlap.TWO);
        this.shape = Objects.requireNonNullElse(shape, RequestShape.PLAIN);
        if (racers.size() < 2 || releaseOrder.size() != racers.size()) {
            throw new IllegalArgumentException("a round needs two racers or more, each released once: racers="
                    + racers.size() + " releases=" + releaseOrder.size());
        }
        if (!this.pausesNs.isEmpty() && this.pausesNs.size() != racers.size() - 1) {
            throw new IllegalArgumentException(
                    "a round has no pauses, or one before each release after the first: racers=" + racers.size()
                            + " pauses=" + this.pausesNs.size());
        }
    }

    /** A round without pauses of plain requests on warm connections to one endpoint, that counts when any two racers overlap. */
    public RoundPlan(
            int index, int key, Alignment alignment, List<Intent> racers, List<Integer> releaseOrder, int bodyBytes) {
        this(
                index,
                key,
                alignment,
                racers,
                releaseOrder,
                bodyBytes,
                List.of(),
                false,
                false,
                Overlap.TWO,
                RequestShape.PLAIN);
    }

    /** Whether any racer holds the tag of a superseded version, so that the key needs one. */
    public boolean needsStale() {
        return racers.contains(Intent.STALE);
    }

    /** Whether the key must not exist when the round starts. */
    public boolean creates() {
        return racers.stream().anyMatch(Intent::creates)
                && racers.stream().allMatch(intent -> intent.creates() || intent == Intent.READ);
    }

    /**
     * Whether these requests, the racers' on one key, are a race as planned: they overlapped as {@link #overlap()} says,
     * and somebody was told what became of his request. A volley of errors proves nothing about a condition.
     */
    public boolean raced(Collection<Operation> requests) {
        return Operation.collided(requests) && overlap.of(requests, releaseOrder.get(0) + 1);
    }
}
