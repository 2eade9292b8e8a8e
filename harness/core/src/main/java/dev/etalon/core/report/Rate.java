package dev.etalon.core.report;

import dev.etalon.core.model.RoundTally;
import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;

/**
 * How often something was seen, and between which rates the true one lies with 95 % confidence: Wilson's score interval,
 * and at its ends, where that one is too narrow or too wide, the exact bound, {@link RoundTally#ofNone}.
 *
 * @param count how often it was seen, 0 to {@code trials}
 * @param trials how often it could have been seen
 */
public record Rate(int count, int trials) {
    /** Of the normal distribution, 95 % lie within so many standard deviations. */
    private static final double Z = 1.959964;

    public Rate {
        if (count < 0 || count > trials) {
            throw new IllegalArgumentException(
                    "a rate counts what was seen among trials: count=" + count + " trials=" + trials);
        }
    }

    /** The rate that was seen, 0 to 1; 0 when there was no trial. */
    public double share() {
        return trials == 0 ? 0 : (double) count / trials;
    }

    /** The least true rate, 0 to 1. */
    public double low() {
        if (count == 0) {
            return 0;
        }
        return count == trials ? 1 - end() : wilson(-1);
    }

    /** The greatest true rate, 0 to 1. */
    public double high() {
        if (count == trials) {
            return 1;
        }
        return count == 0 ? end() : wilson(1);
    }

    /** Whether one true rate may be behind both. */
    public boolean overlaps(Rate other) {
        return low() <= other.high() && other.low() <= high();
    }

    private double end() {
        return RoundTally.ofNone(trials);
    }

    private double wilson(int side) {
        double share = share();
        double z2 = Z * Z;
        double centre = share + z2 / (2.0 * trials);
        double width = Z * Math.sqrt((share * (1 - share) + z2 / (4.0 * trials)) / trials);
        return (centre + side * width) / (1 + z2 / trials);
    }

    /**
     * {@code 25 of 150 rounds (17 %, at 95 % 12 % to 24 %)}, {@code 0 of 150 rounds (under 2 % at 95 %)}.
     *
     * @param unit what a trial is, in the plural
     */
    public String text(String unit) {
        String counted = count + " of " + trials + " " + unit;
        if (trials == 0) {
            return counted;
        }
        if (count == 0) {
            return counted + " (under " + percent(high()) + " at 95 %)";
        }
        return count == trials
                ? counted + " (over " + percent(low()) + " at 95 %)"
                : counted + " (" + percent(share()) + ", at 95 % " + percent(low()) + " to " + percent(high()) + ")";
    }

    /** A share as people read it: two digits that count. */
    static String percent(double share) {
        return new BigDecimal(100 * share)
                        .round(new MathContext(2, RoundingMode.HALF_EVEN))
                        .stripTrailingZeros()
                        .toPlainString()
                + " %";
    }
}
