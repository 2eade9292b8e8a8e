package dev.etalon.core.model;

/**
 * How well racers were aligned, as the client saw it. The server's own instants are nowhere recorded.
 *
 * <p>The alignment of a round is the time between the first and the last of its racers to be let go: when the withheld
 * tail left, or when the request began where nothing was withheld.
 *
 * @param p50Ns half the rounds were aligned as well as this or better, in nanoseconds; 0 when no round says anything
 * @param p90Ns the same of nine rounds out of ten
 * @param overlap the racers that were in flight at one instant with the most others, out of all planned ones, 0..1; of
 *     all raced rounds together
 */
public record Timing(long p50Ns, long p90Ns, double overlap) {
    /** Nothing was measured. */
    public static final Timing NONE = new Timing(0, 0, 0);

    /** Whether anything was measured. */
    public boolean measured() {
        return overlap > 0;
    }
}
