package dev.etalon.stress;

import java.util.List;

/**
 * How much is put into each jcstress test.
 *
 * @param machines the options of each Java virtual machine that a test is run in, one after the other; at least one
 * @param iterations how often a test is run in each of them
 * @param iterationMs for how long each time, milliseconds; as long again, or several times, goes into finding out how many
 *     states fit
 * @param statesMax how many states are raced through before they are made anew; few for a test whose states are dear
 */
public record Effort(List<List<String>> machines, int iterations, int iterationMs, int statesMax) {
    /** What everybody runs: interpreted at first, then compiled by whichever compiler the machine thinks fit. */
    public static final List<List<String>> USUAL = List.of(List.of());

    /** Interpreted, by the first compiler, by the second, and by the second with its choices of order made at random. */
    public static final List<List<String>> EVERY = List.of(
            List.of("-Xint"),
            List.of("-XX:TieredStopAtLevel=1"),
            List.of("-XX:-TieredCompilation"),
            List.of("-XX:-TieredCompilation", "-XX:+StressLCM", "-XX:+StressGCM", "-XX:+StressIGVN", "-XX:+StressCCP"));

    public Effort {
        machines = machines.stream().map(List::copyOf).toList();
    }
}
