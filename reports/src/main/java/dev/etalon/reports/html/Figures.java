package dev.etalon.reports.html;

import dev.etalon.core.model.RoundTally;
import dev.etalon.core.model.Timing;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/** Numbers as people read them, the same in every locale. */
public final class Figures {
    /** Keeps a number with what it counts on one line. */
    private static final String TIMES = "\u00A0×";

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
                        .map(entry -> status(entry.getKey()) + TIMES + count(entry.getValue()))
                        .collect(Collectors.joining(", "));
    }

    /** {@code 1 ×84, 2 ×20}: 84 rounds with one winner, 20 with two. */
    public static String winners(RoundTally rounds) {
        return rounds.winners().entrySet().stream()
                .map(entry -> entry.getKey() + TIMES + count(entry.getValue()))
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
                : "0 of " + count(rounds.raced()) + ": under " + bound(rounds.bound()) + " at 95 %";
    }

    /** A bound, a share of 1. */
    static String bound(double share) {
        return String.format(Locale.ROOT, share >= 0.1 ? "%.0f %%" : "%.2g %%", 100 * share);
    }

    /** {@code 29 µs / 54 µs}: half the rounds, and nine of ten; empty when it was not measured. */
    public static String aligned(Timing timing) {
        return timing.p90Ns() == 0 ? "" : time(timing.p50Ns()) + " / " + time(timing.p90Ns());
    }

    /** The width of a bar, of 100 at most, for a share of 1. */
    public static String width(double share) {
        return String.format(Locale.ROOT, "%.1f", Math.max(0, Math.min(100, 100 * share)));
    }
}
