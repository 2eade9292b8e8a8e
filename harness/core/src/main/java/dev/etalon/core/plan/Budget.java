package dev.etalon.core.plan;

import java.util.Set;

/**
 * How much a run may do, and with what.
 *
 * @param rounds rounds per scenario, 1..1,000,000
 * @param increments acknowledged increments per counter client, 1..1,000,000
 * @param alignments the strategies that rounds may use; at least one
 * @param shapes the shapes that requests may have; at least one
 */
public record Budget(int rounds, int increments, Set<Alignment> alignments, Set<RequestShape> shapes) {
    /** A bound of 2 % (3 of 150) on every clean cell, within seconds. */
    public static final int DEFAULT_ROUNDS = 150;

    /** Enough for a closed loop of eight clients to fork where it can. */
    public static final int DEFAULT_INCREMENTS = 25;

    /** What a run may do where the user does not say. */
    public static final Budget DEFAULT = new Budget(DEFAULT_ROUNDS, DEFAULT_INCREMENTS);

    private static final int LIMIT = 1_000_000;

    public Budget {
        check("etalon.rounds", rounds);
        check("etalon.increments", increments);
        alignments = Set.copyOf(alignments);
        shapes = Set.copyOf(shapes);
        if (alignments.isEmpty()) {
            throw new IllegalArgumentException("rounds need a strategy that works on the target: alignments=0");
        }
        if (shapes.isEmpty()) {
            throw new IllegalArgumentException("requests need a shape that the target takes: shapes=0");
        }
    }

    /** A budget for plain requests. */
    public Budget(int rounds, int increments, Set<Alignment> alignments) {
        this(rounds, increments, alignments, Set.of(RequestShape.PLAIN));
    }

    /** A budget for the strategies that need nothing but a client. */
    public Budget(int rounds, int increments) {
        this(rounds, increments, Alignment.where(Set.of()));
    }

    /** The same with other strategies. */
    public Budget with(Set<Alignment> others) {
        return new Budget(rounds, increments, others, shapes);
    }

    /** The same with requests of other shapes. */
    public Budget shaped(Set<RequestShape> others) {
        return new Budget(rounds, increments, alignments, others);
    }

    /** Whether a run does what one of default length does: less may miss what each of those finds. */
    public boolean atLeastDefault() {
        return rounds >= DEFAULT_ROUNDS && increments >= DEFAULT_INCREMENTS;
    }

    private static void check(String name, int value) {
        if (value < 1 || value > LIMIT) {
            throw new IllegalArgumentException(name + " must be 1.." + LIMIT + ": " + name + "=" + value);
        }
    }
}
