package dev.etalon.targets.reference;

import java.time.Duration;
import java.util.SplittableRandom;

/**
 * What a network or a machine in trouble does to a faithful server's answers. None of it breaks the promise: whoever gets
 * no answer knows nothing. Thread-safe.
 */
public final class Disturbances {
    /** What happens to one request. */
    public enum Kind {
        /** Nothing. */
        NONE,
        /** The connection is reset before anything is done. */
        CUT_BEFORE,
        /** The request is performed, and the connection is reset instead of an answer. */
        CUT_AFTER,
        /** The request is performed, and the answer comes late. */
        LATE_ANSWER,
        /** The request is performed late, perhaps after its sender has given up. */
        LATE_EFFECT
    }

    private static final int KINDS = Kind.values().length - 1;

    private final double share;
    private final Duration delay;
    private final SplittableRandom random;
    private boolean begun;

    /**
     * Some of everything.
     *
     * @param share of all requests that are disturbed, 0..1
     * @param delay how late what is late is
     * @param seed where the choice comes from; in which order requests arrive is up to the race
     */
    public Disturbances(double share, Duration delay, long seed) {
        this.share = share;
        this.delay = delay;
        this.random = new SplittableRandom(seed);
    }

    /** No disturbance at all. */
    public static Disturbances none() {
        return new Disturbances(0, Duration.ZERO, 0);
    }

    /** Lets them begin: a server that is being made ready is left in peace. */
    public synchronized void begin() {
        begun = true;
    }

    /** What happens to the next request. */
    synchronized Kind next() {
        return !begun || random.nextDouble() >= share ? Kind.NONE : Kind.values()[1 + random.nextInt(KINDS)];
    }

    /** How late what is late is. */
    Duration delay() {
        return delay;
    }
}
