package dev.etalon.stress;

import static org.assertj.core.api.Assertions.assertThat;

import dev.etalon.core.target.Settings;
import dev.etalon.junit.Sample;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.ToLongFunction;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.openjdk.jcstress.annotations.JCStressMeta;
import org.openjdk.jcstress.infra.runners.TestList;

/**
 * The harness's own concurrent parts under stress: one promise in each build, all of them with {@code -Detalon.stress=short};
 * {@code -Detalon.stress=long} runs each test longer, interpreted and under each compiler.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class StressIT {
    /** Some tests write a file or fill a socket for each sample. */
    private static final int STATES_MAX = 64;

    /** The promise that every build puts under stress; {@code .ci/run} has the others. */
    private static final String SAMPLE = ".GatePassage";

    /** A test that hardly ran says nothing. */
    private static final long SAMPLES_MIN = 20;

    /** One more run of a test takes about a second on an idle machine. */
    private static final Duration IDLE = Duration.ofSeconds(8);

    private final Map<String, Class<?>> tests = new TreeMap<>();
    private final Map<String, Effort> efforts = new TreeMap<>();
    private final SortedMap<String, Shown> shown = new TreeMap<>();
    private final Path folder = Path.of(Settings.ofProcess().get("etalon.stress.folder", "target/jcstress"));
    private int runs;

    @BeforeAll
    void run() throws IOException, ClassNotFoundException {
        String mode = Settings.ofProcess().get("etalon.stress", "sample");
        Effort real;
        Effort broken;
        switch (mode) {
            case "sample", "short" -> {
                real = new Effort(Effort.USUAL, 3, 40, STATES_MAX);
                broken = new Effort(Effort.USUAL, 2, 30, STATES_MAX);
            }
            case "long" -> {
                real = new Effort(Effort.EVERY, 5, 400, STATES_MAX);
                broken = new Effort(Effort.EVERY, 2, 60, STATES_MAX);
            }
            default ->
                throw new IllegalArgumentException(
                        "the stress is sample, short or long: etalon.stress=" + mode + "; leave it out for a sample");
        }
        for (String test : StressRun.tests()) {
            if (mode.equals("sample") && !test.contains(SAMPLE)) {
                continue;
            }
            tests.put(test, Class.forName(TestList.getInfo(test).binaryName()));
            efforts.put(test, defect(test).isPresent() ? broken : real);
        }
        long begunNs = System.nanoTime();
        run(efforts);
        tell(mode, TimeUnit.NANOSECONDS.toSeconds(System.nanoTime() - begunNs));
    }

    private void run(Map<String, Effort> some) throws IOException {
        runs++;
        StressRun run = new StressRun(folder.resolve(Integer.toString(runs)));
        run.run(some).forEach((test, result) -> shown.merge(test, result, Shown::plus));
    }

    /**
     * Runs a test again until it has shown enough. Its actors need a processor each at the same time, which they may not get
     * where other programs run.
     */
    private void fill(String test, long needed, ToLongFunction<Shown> measure) throws IOException {
        AtomicBoolean begun = new AtomicBoolean();
        Sample.of(needed, IDLE).fill(() -> {
            boolean again = begun.getAndSet(true);
            long before = again ? measure.applyAsLong(result(test)) : 0;
            if (again) {
                run(Map.of(test, efforts.get(test)));
            }
            assertThat(result(test).failures()).as(result(test).text()).isEmpty();
            return measure.applyAsLong(result(test)) - before;
        });
    }

    private Optional<String> defect(String test) {
        return Optional.ofNullable(tests.get(test).getAnnotation(Broken.class)).map(Broken::value);
    }

    private Stream<String> real() {
        return tests.keySet().stream().filter(test -> defect(test).isEmpty());
    }

    private Stream<String> broken() {
        return tests.keySet().stream().filter(test -> defect(test).isPresent());
    }

    private void tell(String mode, long seconds) {
        StringBuilder text = new StringBuilder();
        shown.values()
                .forEach(test -> text.append(test.text())
                        .append(defect(test.test())
                                .map(clause -> "\n  Broken on purpose: it " + clause + ".")
                                .orElse(""))
                        .append('\n'));
        System.out.printf(
                Locale.ROOT,
                "%n%sStress (%s): %,d samples of %d real parts, %,d of %d broken variants, in %d s.%n",
                text,
                mode,
                samples(real()),
                real().count(),
                samples(broken()),
                broken().count(),
                seconds);
    }

    private long samples(Stream<String> names) {
        return names.mapToLong(name -> result(name).samples()).sum();
    }

    private Shown result(String test) {
        Shown result = shown.get(test);
        if (result == null) {
            throw new IllegalStateException("every test was run: test=" + test);
        }
        return result;
    }

    @ParameterizedTest
    @MethodSource("real")
    void aRealPartKeepsItsPromise(String test) throws IOException {
        assertThat(result(test).forbidden()).as(result(test).text()).isZero();

        fill(test, SAMPLES_MIN, Shown::samples);

        assertThat(result(test).forbidden()).as(result(test).text()).isZero();
    }

    @ParameterizedTest
    @MethodSource("broken")
    void aBrokenVariantIsCaught(String test) throws IOException {
        fill(test, 1, Shown::forbidden);
    }

    @Test
    void everyPromiseIsMadeByARealPartAndBrokenByAVariant() {
        Map<Class<?>, Long> made = promises(real());
        Map<Class<?>, Long> broken = promises(broken());

        assertThat(made).isNotEmpty();
        assertThat(broken.keySet()).isEqualTo(made.keySet());
    }

    private Map<Class<?>, Long> promises(Stream<String> names) {
        return names.map(name -> tests.get(name).getAnnotation(JCStressMeta.class))
                .collect(Collectors.groupingBy(JCStressMeta::value, Collectors.counting()));
    }
}
