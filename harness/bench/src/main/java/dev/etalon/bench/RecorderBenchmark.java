package dev.etalon.bench;

import dev.etalon.core.store.Recorder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/**
 * Recording one operation, begin and end, beside its two clock reads. Run it with {@code -prof gc}: bytes per operation is
 * what it is for, since times on the wall of a loop that fills a disk depend on the disk.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 5, time = 300, timeUnit = TimeUnit.MILLISECONDS)
@Measurement(iterations = 5, time = 300, timeUnit = TimeUnit.MILLISECONDS)
@Fork(
        value = 1,
        jvmArgs = {"-Xmx1g", "-XX:+UseSerialGC"})
public class RecorderBenchmark {
    private @Nullable Path folder;
    private @Nullable Recorder recorder;
    private @Nullable Pen tagged;
    private @Nullable Pen untagged;

    /** Begins a new file, so that none grows large. */
    @Setup(Level.Iteration)
    public void create() throws IOException {
        folder = Files.createTempDirectory("etalon-recorder");
        recorder = Recorder.create(folder.resolve("history.etl"), Pen.ORIGIN);
        tagged = new Pen(recorder.actor(1), 1, true);
        untagged = new Pen(recorder.actor(2), 2, false);
    }

    /** Throws the file away. */
    @TearDown(Level.Iteration)
    public void delete() throws IOException {
        if (recorder != null && folder != null) {
            recorder.close();
            Files.delete(folder.resolve("history.etl"));
            Files.delete(folder);
        }
    }

    /** Two clock reads alone. */
    @Benchmark
    public long clocks() {
        return Pen.clocks();
    }

    /** Two events with a tag of 34 characters each, and their clock reads. */
    @Benchmark
    public void tagged() throws IOException {
        operation(tagged);
    }

    /** Two events without tags, and their clock reads. */
    @Benchmark
    public void untagged() throws IOException {
        operation(untagged);
    }

    private static void operation(@Nullable Pen pen) throws IOException {
        if (pen == null) {
            throw new IllegalStateException("no iteration has begun");
        }
        pen.operation();
    }
}
