package dev.etalon.bench;

import dev.etalon.core.model.History;
import java.io.IOException;
import java.io.PrintStream;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryPoolMXBean;
import java.lang.management.MemoryType;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * Finds out how much heap a verdict needs above its history, by giving it no more: a process whose heap limit is the
 * history and so many MiB either finishes or does not.
 */
final class HeapAbove {
    /** Young generation of the limited processes, so that the rest of the heap is whole. */
    private static final int YOUNG_MIB = 8;

    /** How {@code -XX:+ExitOnOutOfMemoryError} ends a process. */
    private static final int OUT_OF_MEMORY = 3;

    private static final long PATIENCE_S = 180;

    private static final int[] STEPS_MIB = {8, 16, 24, 32, 48, 64, 96, 128, 192, 256, 512, 1024};

    private final Arguments arguments;
    private final PrintStream out;

    HeapAbove(Arguments arguments, PrintStream out) {
        this.arguments = arguments;
        this.out = out;
    }

    /** Heap in use, before and at the most since. */
    record Gauge(long before) {
        static Gauge start() {
            long used = usedNow();
            heapPools().forEach(MemoryPoolMXBean::resetPeakUsage);
            return new Gauge(used);
        }

        /** The peaks of the pools together, garbage and all: more than was needed. */
        long above() {
            return heapPools().stream()
                            .mapToLong(pool -> pool.getPeakUsage().getUsed())
                            .sum()
                    - before;
        }

        private static List<MemoryPoolMXBean> heapPools() {
            return ManagementFactory.getMemoryPoolMXBeans().stream()
                    .filter(pool -> pool.getType() == MemoryType.HEAP)
                    .toList();
        }

        private static long usedNow() {
            System.gc();
            System.gc();
            return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
        }
    }

    void run() throws IOException, InterruptedException {
        Generator.Settings settings = arguments.settings(1_000_000, 64);
        if (arguments.values().containsKey("above")) {
            judgeOnce(settings);
            return;
        }
        long historyMib = Bench.mib(size(settings)) + 1;
        out.println("memory: " + decider() + ", " + settings + ", history " + historyMib + " MiB");
        for (int above : STEPS_MIB) {
            boolean enough = finishes(historyMib, above);
            out.println("  heap limit history + " + above + " MiB: " + (enough ? "finishes" : "does not"));
            if (enough) {
                return;
            }
        }
        out.println("  needs more than all of these");
    }

    private static long size(Generator.Settings settings) {
        long empty = Gauge.usedNow();
        Recorded recorded = Recorded.of(settings);
        long size = Gauge.usedNow() - empty;
        if (recorded.history().operations().isEmpty()) {
            throw new IllegalStateException("a history has operations");
        }
        return size;
    }

    private boolean finishes(long historyMib, int above) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:+UseSerialGC",
                "-Xmn" + YOUNG_MIB + "m",
                "-Xmx" + (historyMib + above) + "m",
                "-XX:+ExitOnOutOfMemoryError",
                "-cp",
                System.getProperty("java.class.path"),
                Bench.class.getName(),
                "memory",
                "above=" + above));
        arguments.values().forEach((name, value) -> command.add(name + "=" + value));
        Process process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
        if (!process.waitFor(PATIENCE_S, TimeUnit.SECONDS)) {
            // So near the limit that nearly all time goes into collecting garbage.
            process.destroyForcibly().waitFor();
            return false;
        }
        if (process.exitValue() != 0 && process.exitValue() != OUT_OF_MEMORY) {
            throw new IllegalStateException("the limited process failed: exit=" + process.exitValue() + " command="
                    + String.join(" ", command));
        }
        return process.exitValue() == 0;
    }

    private String decider() {
        return arguments.text("decider", "judge");
    }

    private void judgeOnce(Generator.Settings settings) {
        History history = Recorded.of(settings).history();
        out.println(Bench.decider(decider()).apply(history));
    }
}
