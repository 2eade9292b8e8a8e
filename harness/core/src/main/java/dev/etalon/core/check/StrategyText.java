package dev.etalon.core.check;

import dev.etalon.core.model.RoundTally;
import dev.etalon.core.model.StrategyTally;
import dev.etalon.core.model.Timing;
import java.util.Locale;

/** What every strategy found and how well it was aligned, as text. */
public final class StrategyText {
    private StrategyText() {}

    /** A line for each strategy, or an empty text where none was used. */
    public static String of(RoundTally rounds) {
        StringBuilder text = new StringBuilder();
        for (StrategyTally strategy : rounds.strategies()) {
            text.append(String.format(
                    Locale.ROOT,
                    "  %-16s  several winners in %d of %d rounds%s%n",
                    strategy.strategy(),
                    strategy.severalWinners(),
                    strategy.raced(),
                    strategy.timing().measured() ? "; " + of(strategy.timing()) : ""));
        }
        return text.toString().replace("\r\n", "\n");
    }

    /** {@code alignment p50 29 µs, p90 54 µs, 97 % of racers in flight at once}. */
    public static String of(Timing timing) {
        String overlap = (int) Math.floor(100 * timing.overlap()) + " % of racers in flight at once";
        return timing.p90Ns() == 0
                ? overlap
                : "alignment p50 " + micros(timing.p50Ns()) + ", p90 " + micros(timing.p90Ns()) + ", " + overlap;
    }

    private static String micros(long ns) {
        return String.format(Locale.ROOT, ns < 10_000 ? "%.1f µs" : "%.0f µs", ns / 1e3);
    }
}
