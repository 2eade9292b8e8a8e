package dev.etalon.core.model;

import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * How the rounds of a run went, counted from its history.
 *
 * @param planned rounds the plan asked for; for a counter, increments; for a free run, answered operations
 * @param raced rounds whose racers overlapped as planned and of which one had a clear answer; samples in which a writer
 *     had one; for a counter, acknowledged increments; for a free run, operations whose outcome is known
 * @param winners how many rounds had 0, 1, 2 … acknowledged racers
 * @param losers how often each answer that was not a success came back to a racer: a status, or 0 for none
 * @param unknowns racers' requests whose outcome nobody can tell
 * @param lost increments acknowledged but missing from the final value; 0 for rounds
 * @param shapes the outcomes of the raced rounds, the most frequent first; empty where outcomes are not graded
 * @param timing how well the racers of raced rounds were aligned
 * @param strategies the same for each strategy, in the order of their first rounds
 */
public record RoundTally(
        int planned,
        int raced,
        SortedMap<Integer, Integer> winners,
        SortedMap<Integer, Integer> losers,
        int unknowns,
        int lost,
        List<Shape> shapes,
        Timing timing,
        List<StrategyTally> strategies) {
    public RoundTally(
            int planned,
            int raced,
            SortedMap<Integer, Integer> winners,
            SortedMap<Integer, Integer> losers,
            int unknowns,
            int lost,
            List<Shape> shapes,
            @Nullable Timing timing,
            @Nullable List<StrategyTally> strategies) {
        this.planned = planned;
        this.raced = raced;
        this.winners = Collections.unmodifiableSortedMap(new TreeMap<>(winners));
        this.losers = Collections.unmodifiableSortedMap(new TreeMap<>(losers));
        this.unknowns = unknowns;
        this.lost = lost;
        this.shapes = List.copyOf(shapes);
        // Runs from before they were measured have neither.
        this.timing = Objects.requireNonNullElse(timing, Timing.NONE);
        this.strategies = strategies == null ? List.of() : List.copyOf(strategies);
    }

    /** A tally of racers whose alignment was not measured. */
    public RoundTally(
            int planned,
            int raced,
            SortedMap<Integer, Integer> winners,
            SortedMap<Integer, Integer> losers,
            int unknowns,
            int lost,
            List<Shape> shapes) {
        this(planned, raced, winners, losers, unknowns, lost, shapes, Timing.NONE, List.of());
    }

    /** A tally whose outcomes are not graded. */
    public RoundTally(
            int planned,
            int raced,
            SortedMap<Integer, Integer> winners,
            SortedMap<Integer, Integer> losers,
            int unknowns,
            int lost) {
        this(planned, raced, winners, losers, unknowns, lost, List.of());
    }

    /** The same with outcomes that were graded elsewhere, of so many rounds. */
    public RoundTally graded(List<Shape> outcomes, int racedInAll) {
        return new RoundTally(planned, racedInAll, winners, losers, unknowns, lost, outcomes, timing, strategies);
    }

    /** A tally of nothing. */
    public static RoundTally none(int planned) {
        return new RoundTally(planned, 0, Collections.emptySortedMap(), Collections.emptySortedMap(), 0, 0);
    }

    /**
     * The share of raced rounds that had the most frequent outcome, 0..1: 1 means that the answer was the same every
     * time, as far as {@link #bound()} goes. 0 when nothing was graded.
     */
    public double determinism() {
        return shapes.isEmpty() ? 0 : shapes.get(0).share();
    }

    /** Rounds with more than one winner. */
    public int multiWinnerRounds() {
        return winners.tailMap(2).values().stream().mapToInt(Integer::intValue).sum();
    }

    /** Most winners in any round. */
    public int winnersMax() {
        return winners.isEmpty() ? 0 : winners.lastKey();
    }

    /**
     * The rate that 0 of {@link #raced} rounds still allows at 95 % confidence, exactly: with it, one such run in twenty would
     * show nothing.
     *
     * @return a share of 1, 1 where nothing was raced
     */
    public double bound() {
        return ofNone(raced);
    }

    /** The rate that none in so many trials still allows at 95 % confidence: a share of 1. */
    public static double ofNone(int trials) {
        return trials == 0 ? 1 : 1 - Math.pow(0.05, 1.0 / trials);
    }
}
