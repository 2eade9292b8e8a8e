package dev.etalon.core.plan;

/**
 * How much a run may do.
 *
 * @param rounds rounds per scenario, 1..1,000,000
 * @param increments acknowledged increments per counter client, 1..1,000,000
 */
public record Budget(int rounds, int increments) {
    /** A bound of 2 % (3 of 150) on every clean cell, within seconds. */
    public static final Budget DEFAULT = new Budget(150, 25);

    private static final int LIMIT = 1_000_000;

    public Budget {
        check("etalon.rounds", rounds);
        check("etalon.increments", increments);
    }

    private static void check(String name, int value) {
        if (value < 1 || value > LIMIT) {
            throw new IllegalArgumentException(name + " must be 1.." + LIMIT + ": " + name + "=" + value);
        }
    }
}
