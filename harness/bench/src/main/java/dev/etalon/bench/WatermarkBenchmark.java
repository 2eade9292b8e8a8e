package dev.etalon.bench;

import dev.etalon.core.check.Watermark;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** The watermark checker, fed with a million operations whose begins and ends are in order already. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(
        value = 1,
        jvmArgs = {"-Xmx1g", "-XX:+UseSerialGC"})
public class WatermarkBenchmark {
    private static final int OPERATIONS = 1_000_000;

    /** How many clients send. */
    @Param({"4", "16", "64"})
    public int clients;

    /** Share of the writes whose outcome nobody learns. */
    @Param({"0", "0.01", "0.1"})
    public double unknown;

    private @Nullable Tape tape;

    /** Records the events. */
    @Setup(Level.Trial)
    public void record() {
        tape = Tape.of(Generator.Settings.of(OPERATIONS, clients).withUnknown(unknown));
    }

    /** Time for one operation: its begin and its end. */
    @Benchmark
    @OperationsPerInvocation(OPERATIONS)
    public Watermark.@Nullable Violation operation() {
        if (tape == null) {
            throw new IllegalStateException("nothing was recorded");
        }
        return tape.play();
    }
}
