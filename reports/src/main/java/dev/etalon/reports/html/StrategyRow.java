package dev.etalon.reports.html;

import dev.etalon.core.model.StrategyTally;
import dev.etalon.core.report.StoredRace;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * What one way to align racers found, in several runs together.
 *
 * @param strategy its name
 * @param planned rounds the plans gave it
 * @param raced rounds that were raced as planned
 * @param severalWinners raced rounds in which more than one racer was acknowledged
 * @param bestNs the smallest half-way alignment of the runs, in nanoseconds; 0 when it was not measured
 * @param worstNs the largest
 */
public record StrategyRow(String strategy, int planned, int raced, int severalWinners, long bestNs, long worstNs) {
    /** Sorted by name. */
    static List<StrategyRow> of(List<StoredRace> races) {
        Map<String, StrategyRow> rows = new TreeMap<>();
        for (StoredRace race : races) {
            race.verdict()
                    .ifPresent(verdict -> verdict.rounds()
                            .strategies()
                            .forEach(tally -> rows.merge(tally.strategy(), of(tally), StrategyRow::and)));
        }
        return List.copyOf(rows.values());
    }

    private static StrategyRow of(StrategyTally tally) {
        long p50 = tally.timing().measured() ? tally.timing().p50Ns() : 0;
        return new StrategyRow(tally.strategy(), tally.planned(), tally.raced(), tally.severalWinners(), p50, p50);
    }

    private StrategyRow and(StrategyRow other) {
        return new StrategyRow(
                strategy,
                planned + other.planned,
                raced + other.raced,
                severalWinners + other.severalWinners,
                bestNs == 0 || (other.bestNs != 0 && other.bestNs < bestNs) ? other.bestNs : bestNs,
                Math.max(worstNs, other.worstNs));
    }
}
