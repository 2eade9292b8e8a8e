package dev.etalon.targets.mutant;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/** Moments that pass, as at a disk or on the way to another machine. */
final class Pauses {
    /** What the kernel adds to any sleep; what is shorter has to be spun. */
    private static final long SLEEP_MIN_NS = TimeUnit.MICROSECONDS.toNanos(50);

    private Pauses() {}

    /** Lets so many nanoseconds pass. */
    static void of(long ns) {
        long until = System.nanoTime() + ns;
        for (long left = ns; left > 0; left = until - System.nanoTime()) {
            if (left >= SLEEP_MIN_NS) {
                LockSupport.parkNanos(left);
            } else {
                Thread.onSpinWait();
            }
        }
    }

    /** Lets so many milliseconds pass. */
    static void ofMillis(long ms) {
        of(TimeUnit.MILLISECONDS.toNanos(ms));
    }
}
