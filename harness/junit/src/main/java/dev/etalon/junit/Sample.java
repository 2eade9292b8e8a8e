package dev.etalon.junit;

import java.time.Duration;
import java.util.Locale;
import java.util.function.LongSupplier;
import org.opentest4j.AssertionFailedError;
import org.opentest4j.TestAbortedException;

/**
 * A sample that only processor time can fill, such as rounds whose requests overlapped: repeats until it is full, within
 * {@value #LOADED} times the time it has on an idle machine.
 *
 * <p>A sample that is still short by then means one of two things. Where other programs had the processors, the test is
 * skipped. Where the machine was idle it fails: then the limit is wrong, or what is measured got slower.
 *
 * <p>For one test and one thread.
 */
public final class Sample {
    /** How many times its idle limit a sample has at most. */
    static final int LOADED = 4;
    /** Share of all processors from which on those who have it explain why a sample is short. */
    static final double SHORT_OF_PROCESSOR = 0.25;

    private final long needed;
    private final Duration idleLimit;
    private final LongSupplier nanoTime;
    private final Processors processors;

    /** One attempt at a part of the sample. */
    @FunctionalInterface
    public interface Attempt<X extends Exception> {
        /** Returns how much this attempt adds to the sample, 0 or more. */
        long run() throws X;
    }

    Sample(long needed, Duration idleLimit, LongSupplier nanoTime, Processors processors) {
        if (needed < 1 || idleLimit.isZero() || idleLimit.isNegative()) {
            throw new IllegalArgumentException("sample: needed=" + needed + ", idleLimit=" + idleLimit
                    + ": need 1 or more, and a limit above zero.");
        }
        this.needed = needed;
        this.idleLimit = idleLimit;
        this.nanoTime = nanoTime;
        this.processors = processors;
    }

    /**
     * Returns an empty sample.
     *
     * @param needed size from which on it is full, 1 or more
     * @param idleLimit time in which it is surely full where no other program runs, above zero
     */
    public static Sample of(long needed, Duration idleLimit) {
        return new Sample(needed, idleLimit, System::nanoTime, Processors.ofThisMachine());
    }

    /**
     * Runs attempts until they add up to what is needed, once at least. An attempt that has begun is not interrupted.
     *
     * @return the size of the sample, at least what is needed
     * @throws TestAbortedException if it is short and other programs had the processors
     * @throws AssertionFailedError if it is short on an idle machine
     */
    public <X extends Exception> long fill(Attempt<X> attempt) throws X {
        long begun = nanoTime.getAsLong();
        long limit = idleLimit.multipliedBy(LOADED).toNanos();
        Processors.Use before = processors.use();
        long got = 0;
        do {
            got += attempt.run();
            if (got >= needed) {
                return got;
            }
        } while (nanoTime.getAsLong() - begun < limit);
        double others = before.shareOfOthers(processors.use());
        if (others >= SHORT_OF_PROCESSOR) {
            throw new TestAbortedException("no processor time: needed " + needed + ", got " + got);
        }
        throw new AssertionFailedError(String.format(
                Locale.ROOT,
                "sample: needed=%d, got=%d, idleLimit=%s, others had %.0f %% of the processors: raise the limit, or find what got slower.",
                needed,
                got,
                idleLimit,
                100 * others));
    }
}
