package dev.etalon.core.plan;

import java.util.List;

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
 */
public record RoundPlan(
        int index, int key, Alignment alignment, List<Intent> racers, List<Integer> releaseOrder, int bodyBytes) {
    public RoundPlan {
        racers = List.copyOf(racers);
        releaseOrder = List.copyOf(releaseOrder);
        if (racers.size() < 2 || releaseOrder.size() != racers.size()) {
            throw new IllegalArgumentException("a round needs two racers or more, each released once: racers="
                    + racers.size() + " releases=" + releaseOrder.size());
        }
    }

    /** Whether any racer holds the tag of a superseded version, so that the key needs one. */
    public boolean needsStale() {
        return racers.contains(Intent.STALE);
    }

    /** Whether the key must not exist when the round starts. */
    public boolean creates() {
        return racers.contains(Intent.CREATE)
                && racers.stream().allMatch(intent -> intent == Intent.CREATE || intent == Intent.READ);
    }
}
