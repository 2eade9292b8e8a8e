package dev.etalon.bench;

import com.sun.management.ThreadMXBean;
import dev.etalon.core.run.BenchActor;
import dev.etalon.core.store.Recorder;
import java.io.IOException;
import java.io.PrintStream;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/**
 * What recording costs the thread that records: processor time and allocation of one operation, beside its two clock reads
 * alone. Each round measures every way once, so that a change of the machine's mood strikes all of them.
 */
final class RecorderCost {
    /** Operations between two rests: some of the chunks that are made in advance. */
    private static final int BURST = 2_000;

    private final PrintStream out;
    private final int operations;
    private final int rounds;
    private final ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();

    /** Where clock reads go, so that they are not optimised away. */
    private long sink;

    RecorderCost(Arguments arguments, PrintStream out) {
        this.out = out;
        this.operations = (int) arguments.number("operations", 200_000);
        this.rounds = (int) arguments.number("rounds", 30);
    }

    private interface Way {
        void operation() throws IOException;
    }

    /** Per operation: nanoseconds of the thread, bytes, nanoseconds of the process. */
    private record Cost(double threadNs, double bytes, double processNs) {}

    void run() throws IOException, InterruptedException {
        out.printf(
                Locale.ROOT,
                "recorder: %d rounds of %,d operations (begin and end, two clock reads inside); the first third warms up%n",
                rounds,
                operations);
        Map<String, Cost[]> costs = new LinkedHashMap<>();
        for (int round = 0; round < rounds; round++) {
            Path folder = Files.createTempDirectory(Path.of("").toAbsolutePath(), ".recorder");
            Path file = folder.resolve("history.etl");
            try (Recorder recorder = Recorder.create(file, Pen.ORIGIN)) {
                Map<String, Way> ways = new LinkedHashMap<>();
                ways.put("two clock reads alone", () -> sink ^= Pen.clocks());
                ways.put("recorded, no tags", new Pen(recorder.actor(1), 1, false)::operation);
                ways.put("recorded, two tags of 34", new Pen(recorder.actor(2), 2, true)::operation);
                ways.put("the same, never resting", new Pen(recorder.actor(3), 3, true)::operation);
                BenchActor actor = new BenchActor(recorder.actor(4), 4, Pen.tag(1));
                ways.put("actor with an answer ready", actor::write);
                for (Map.Entry<String, Way> way : ways.entrySet()) {
                    boolean rests = !way.getKey().contains("never");
                    costs.computeIfAbsent(way.getKey(), name -> new Cost[rounds])[round] = cost(way.getValue(), rests);
                }
            } finally {
                Files.deleteIfExists(file);
                Files.delete(folder);
            }
        }
        double clocks = median(costs.get("two clock reads alone"), 0);
        costs.forEach((name, cost) -> {
            double thread = median(cost, 0);
            out.printf(
                    Locale.ROOT,
                    "  %-27s %6.1f ns of the thread, %.2f of the clock reads, %6.2f bytes, %6.0f ns of the process%n",
                    name,
                    thread,
                    thread / clocks,
                    median(cost, 1),
                    median(cost, 2));
        });
    }

    private Cost cost(Way way, boolean rests) throws IOException, InterruptedException {
        long threadNs = 0;
        long bytes = 0;
        Stopwatch process = Stopwatch.start();
        int bursts = operations / BURST;
        for (int burst = 0; burst < bursts; burst++) {
            long bytesBefore = threads.getCurrentThreadAllocatedBytes();
            long before = threads.getCurrentThreadCpuTime();
            for (int i = 0; i < BURST; i++) {
                way.operation();
            }
            threadNs += threads.getCurrentThreadCpuTime() - before;
            bytes += threads.getCurrentThreadAllocatedBytes() - bytesBefore;
            if (rests) {
                Thread.sleep(1);
            }
        }
        double count = (double) bursts * BURST;
        return new Cost(threadNs / count, bytes / count, 1e9 * process.lap().processSeconds() / count);
    }

    private static double median(Cost[] costs, int what) {
        double[] values = Arrays.stream(costs)
                .skip(costs.length / 3)
                .mapToDouble(cost -> what == 0 ? cost.threadNs() : what == 1 ? cost.bytes() : cost.processNs())
                .sorted()
                .toArray();
        return values[values.length / 2];
    }
}
