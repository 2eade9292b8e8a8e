package dev.etalon.bench;

import dev.etalon.core.check.Deciders;
import dev.etalon.core.check.Judge;
import dev.etalon.core.model.Verdict;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** Verdicts on a stored history of one key: the whole judge, and its deciders without diagnosis. */
@State(Scope.Thread)
@BenchmarkMode(Mode.SingleShotTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Warmup(iterations = 3)
@Measurement(iterations = 5)
@Fork(
        value = 1,
        jvmArgs = {"-Xmx3g", "-XX:+UseSerialGC"})
public class StoredBenchmark {
    /** What there is to be found. */
    public enum Story {
        VALID,
        UNKNOWN,
        LOST,
        STALE;

        Generator.Settings of(Generator.Settings settings) {
            return switch (this) {
                case VALID -> settings;
                case UNKNOWN -> settings.withUnknown(0.01);
                case LOST -> settings.withFault(Generator.Fault.LOST);
                case STALE -> settings.withFault(Generator.Fault.STALE);
            };
        }
    }

    /** Requests in the history. */
    @Param("1000000")
    public int operations;

    /** How many clients send. */
    @Param("64")
    public int clients;

    /** What there is to be found. */
    @Param
    public Story story = Story.VALID;

    private @Nullable Recorded recorded;

    /** Simulates the history. */
    @Setup(Level.Trial)
    public void record() {
        recorded = Recorded.of(story.of(Generator.Settings.of(operations, clients)));
    }

    /** The verdict, with findings and witnesses. */
    @Benchmark
    public Verdict judge() {
        return Judge.judge(recorded().history());
    }

    /** The watermark checker behind it, from the history on. */
    @Benchmark
    public Verdict.Status chain() {
        return Deciders.of(recorded().history().operations()).chain();
    }

    /** The complete search, from the history on. */
    @Benchmark
    public Verdict.Status search() {
        return Deciders.of(recorded().history().operations()).search();
    }

    private Recorded recorded() {
        if (recorded == null) {
            throw new IllegalStateException("nothing was recorded");
        }
        return recorded;
    }
}
