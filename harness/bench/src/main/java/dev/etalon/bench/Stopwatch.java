package dev.etalon.bench;

import com.sun.management.OperatingSystemMXBean;
import java.lang.management.ManagementFactory;
import java.util.Locale;

/**
 * Measures the calling thread's processor time, which a busy machine does not spoil, beside that of the whole process
 * (with compiler and garbage collector) and the time on the wall.
 *
 * @param threadNs processor time of the thread at the start
 * @param processNs processor time of the process at the start
 * @param wallNs monotonic time at the start
 */
record Stopwatch(long threadNs, long processNs, long wallNs) {
    /**
     * What was measured, in seconds.
     *
     * @param threadSeconds processor time of the thread
     * @param processSeconds processor time of the process
     * @param wallSeconds time on the wall
     */
    record Lap(double threadSeconds, double processSeconds, double wallSeconds) {
        @Override
        public String toString() {
            return String.format(
                    Locale.ROOT,
                    "%.3f s CPU of the thread, %.3f s of the process, %.3f s wall",
                    threadSeconds,
                    processSeconds,
                    wallSeconds);
        }
    }

    static Stopwatch start() {
        return new Stopwatch(threadTime(), processTime(), System.nanoTime());
    }

    Lap lap() {
        return new Lap(
                (threadTime() - threadNs) / 1e9, (processTime() - processNs) / 1e9, (System.nanoTime() - wallNs) / 1e9);
    }

    private static long threadTime() {
        return ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
    }

    private static long processTime() {
        return ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class).getProcessCpuTime();
    }
}
