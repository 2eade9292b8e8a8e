package dev.etalon.reports.html;

import dev.etalon.core.model.RoundTally;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/** Numbers as people read them, the same in every locale. */
public final class Figures {
    private Figures() {}

    /** A share of 1 in percent; what is not all of it is never shown as all. */
    public static String percent(double share) {
        if (share > 0 && share < 0.001) {
            return "< 0.1 %";
        }
        return String.format(Locale.ROOT, "%.1f %%", Math.floor(1000 * share) / 10);
    }

    /** A count with its thousands apart. */
    public static String count(long count) {
        return String.format(Locale.ROOT, "%,d", count);
    }

    /** A count with what is counted, in the plural where there is not one of it. */
    public static String count(long count, String one) {
        return count(count) + " " + one + (count == 1 ? "" : "s");
    }

    /** A time span. */
    public static String time(long ns) {
        if (ns < 10_000) {
            return String.format(Locale.ROOT, "%.1f µs", ns / 1e3);
        }
        return ns < 10_000_000
                ? String.format(Locale.ROOT, "%,.0f µs", ns / 1e3)
                : String.format(Locale.ROOT, "%,.0f ms", ns / 1e6);
    }

    /** {@code 412 ×84, none ×2}. */
    public static String losers(Map<Integer, Integer> losers) {
        return losers.isEmpty()
                ? "none"
                : losers.entrySet().stream()
                        .map(entry -> status(entry.getKey()) + " ×" + count(entry.getValue()))
                        .collect(Collectors.joining(", "));
    }

    /** {@code 1 ×84, 2 ×20}: 84 rounds with one winner, 20 with two. */
    public static String winners(RoundTally rounds) {
        return rounds.winners().entrySet().stream()
                .map(entry -> entry.getKey() + " ×" + count(entry.getValue()))
                .collect(Collectors.joining(", "));
    }

    /** The name of a constant as words. */
    public static String words(String constant) {
        return constant.toLowerCase(Locale.ROOT).replace('_', ' ');
    }

    /** A status, or that there was none. */
    public static String status(int status) {
        return status == 0 ? "no answer" : String.valueOf(status);
    }

    /** What a run without findings still leaves open. */
    public static String bound(RoundTally rounds) {
        return rounds.raced() == 0
                ? "nothing was raced"
                : String.format(
                        Locale.ROOT,
                        "seen in 0 of %,d means in under %.2g %% of rounds, at 95 %%",
                        rounds.raced(),
                        100 * rounds.bound());
    }

    /** The width of a bar, of 100 at most, for a share of 1. */
    public static String width(double share) {
        return String.format(Locale.ROOT, "%.1f", Math.max(0, Math.min(100, 100 * share)));
    }
}
