package dev.etalon.scenarios.soak;

import dev.etalon.core.model.Operation;
import dev.etalon.core.plan.Scenario;
import dev.etalon.core.session.CellResult;
import dev.etalon.core.session.Session;
import dev.etalon.core.target.Settings;
import dev.etalon.core.target.TargetProvider;
import dev.etalon.junit.RaceResult;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.ServiceLoader;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.opentest4j.TestAbortedException;

/**
 * The free runs of one target, one after the other and each with a seed of its own, for a length of time. Every run is judged
 * when it is over. The first run of each scenario is kept, and each that is not as expected; the folders of the others are
 * deleted once they are counted, since a night of them fills a disk. Used once, by one thread.
 */
final class Soak {
    /** The seed of the first runs; each later set takes the next one. */
    private static final long SEED = 412;

    private static final int UNEXPECTED_MAX = 20;

    private final Settings settings;
    private final Path runs;
    private final Set<String> kept = new HashSet<>();
    private final Map<String, Long> findings = new TreeMap<>();
    private final List<String> unexpected = new ArrayList<>();
    private final List<String> undecided = new ArrayList<>();
    private String version = "";
    private int passes;
    private int starved;
    private long operations;
    private long unknown;
    private long seconds;

    /**
     * A soak.
     *
     * @param settings as for a session; says how long one run is ({@code etalon.increments})
     * @param runs where runs are stored
     */
    Soak(Settings settings, Path runs) {
        this.settings = settings;
        this.runs = runs;
    }

    /**
     * Runs every free run of the target's protocol at least once, and all of them again until the time is up.
     *
     * @throws TestAbortedException if a scenario was not raced once because other programs had the processors
     */
    void run(TargetProvider provider, Duration length) throws IOException {
        long beginNs = System.nanoTime();
        Path work = Files.createTempDirectory("etalon-soak-");
        try (StartedOnce target = new StartedOnce(provider, work)) {
            for (long seed = SEED; seed == SEED || System.nanoTime() - beginNs < length.toNanos(); seed++) {
                for (Scenario scenario : scenarios(target)) {
                    pass(scenario, target, seed);
                }
            }
            int needed = scenarios(target).size();
            if (starved > 0 && unexpected.isEmpty() && kept.size() < needed) {
                throw new TestAbortedException("no processor time: needed " + needed + ", got " + kept.size());
            }
        } finally {
            delete(work);
        }
        seconds = Duration.ofNanos(System.nanoTime() - beginNs).toSeconds();
    }

    private static List<Scenario> scenarios(TargetProvider target) {
        return ServiceLoader.load(Scenario.class).stream()
                .map(ServiceLoader.Provider::get)
                .filter(scenario -> scenario.id().contains("/free-run")
                        && scenario.protocol() == target.info().protocol()
                        && target.info().claims().containsAll(scenario.capabilities()))
                .toList();
    }

    private void pass(Scenario scenario, TargetProvider target, long seed) throws IOException {
        Settings here = settings.with(
                Map.of("etalon.runs", runs.toString(), "etalon.seed", Long.toString(seed), "etalon.reports", "none"));
        CellResult result;
        try (Session session = new Session(here, List.of())) {
            result = RaceResult.of(() -> session.run(session.cell(scenario, target)))
                    .cell();
        } catch (TestAbortedException e) {
            // One run of many; the next one may have more of the processors.
            starved++;
            return;
        }
        passes++;
        if (!result.asExpected()) {
            List<String> where = result.status() == CellResult.Status.UNDECIDED ? undecided : unexpected;
            where.add(result.status() + " " + result.name() + ", seed " + seed + ": " + result.sentence());
        }
        CellResult.Run run = result.ran().orElse(null);
        if (run == null) {
            return;
        }
        version = run.version();
        operations += run.history().operations().size();
        unknown +=
                run.history().operations().stream().filter(Operation::unknown).count();
        run.verdict().counts().forEach((anomaly, count) -> findings.merge(anomaly.label(), (long) count, Long::sum));
        boolean first = kept.add(scenario.id());
        if (!first && (result.asExpected() || unexpected.size() + undecided.size() > UNEXPECTED_MAX)) {
            delete(run.folder().path());
        }
    }

    private static void delete(Path folder) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }

    /** Runs that showed what is not known of the target, one sentence each. */
    List<String> unexpected() {
        return unexpected;
    }

    /** Runs that did not come to a verdict, one sentence each. */
    List<String> undecided() {
        return undecided;
    }

    /** How many runs there were. */
    int passes() {
        return passes;
    }

    /** What was measured, in one line. */
    String text() {
        String found = findings.isEmpty()
                ? "no findings"
                : findings.entrySet().stream()
                        .map(entry -> entry.getKey() + " ×" + entry.getValue())
                        .collect(Collectors.joining(", "));
        return String.format(
                Locale.ROOT,
                "%-42s %,6d s  %,5d runs  %,11d operations  %,7d unknown  %s%s",
                version,
                seconds,
                passes,
                operations,
                unknown,
                found,
                starved == 0 ? "" : "  (" + starved + " more runs had no processor time)");
    }
}
