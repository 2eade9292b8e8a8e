package dev.etalon.scenarios.mutants;

import static org.assertj.core.api.Assertions.assertThat;

import dev.etalon.core.model.Anomaly;
import dev.etalon.core.plan.Budget;
import dev.etalon.core.target.TargetUnavailableException;
import dev.etalon.junit.Sample;
import dev.etalon.targets.mutant.Mutant;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Collection;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Mutants are caught, by what is to be named first, within a minute.
 *
 * <p>The gate hunts one mutant for each check; {@code .ci/nightly mutants} hunts all. {@code -Detalon.mutants=<regular
 * expression>} chooses others; {@code -Detalon.seeds=20} hunts each with twenty seeds. The table of what was seen is written
 * to {@code etalon.kills}.
 */
class KillMatrixIT {
    private static final Duration BUDGET = Duration.ofSeconds(60);

    /** Every mutant is caught within this on an idle machine. */
    private static final Duration IDLE = BUDGET.dividedBy(4);

    private static final long SEED = Long.getLong("etalon.seed", 412);
    private static final int SEEDS = Integer.getInteger("etalon.seeds", 1);
    private static final String TABLE = System.getProperty("etalon.kills", "target/kills.md");
    private static final KillTable KILLS = new KillTable(SEEDS);

    @TempDir
    private Path runs;

    @BeforeAll
    static void warmUp(@TempDir Path work) throws TargetUnavailableException {
        Warm.up(work);
    }

    static Collection<Mutant> mutants() {
        String chosen = System.getProperty("etalon.mutants");
        return chosen == null
                ? sample()
                : Mutant.all().stream()
                        .filter(mutant -> mutant.name().matches(chosen))
                        .toList();
    }

    /**
     * The first mutant for each anomaly, and for each dialect the first that rules catch. That every rule is broken by a
     * server that is wrong, {@code HttpRulesTest} and {@code S3RulesTest} show.
     */
    private static Collection<Mutant> sample() {
        Map<String, Mutant> first = new LinkedHashMap<>();
        for (Mutant mutant : Mutant.all()) {
            String name = mutant.names().get(0);
            first.putIfAbsent(raced(mutant) || name.equals("flapping") ? name : "rules of " + mutant.manner(), mutant);
        }
        return first.values();
    }

    @ParameterizedTest
    @MethodSource("mutants")
    @Execution(ExecutionMode.CONCURRENT)
    void isCaughtByWhatIsToBeNamedFirst(Mutant mutant) throws TargetUnavailableException {
        for (int i = 0; i < SEEDS; i++) {
            Hunt hunt = new Hunt(mutant, runs);
            // Far apart, for a hunt takes as many seeds as it makes passes.
            long seed = SEED + 1000L * i;
            Optional<Sighting> seen = hunted(hunt, mutant, seed);
            KILLS.add(mutant, seen);
            assertThat(seen)
                    .as("seed " + seed)
                    .hasValueSatisfying(sighting ->
                            assertThat(mutant.names()).as(sighting.toString()).contains(sighting.by()));
        }
    }

    private static Optional<Sighting> hunted(Hunt hunt, Mutant mutant, long seed) throws TargetUnavailableException {
        AtomicReference<Optional<Sighting>> seen = new AtomicReference<>(Optional.empty());
        Sample.of(1, IDLE).fill(() -> {
            seen.set(raced(mutant) ? hunt.race(seed, BUDGET) : hunt.rules(BUDGET));
            return seen.get().isPresent() ? 1 : 0;
        });
        return seen.get();
    }

    /** Whether it takes a race, or at least a history, to catch it. */
    private static boolean raced(Mutant mutant) {
        return mutant.names().get(0).matches("A\\d+");
    }

    @Test
    void everyCheckHasAMutantThatItNamesFirst() {
        Set<String> named = Mutant.all().stream()
                .map(mutant -> mutant.names().get(0))
                .collect(Collectors.toCollection(TreeSet::new));
        assertThat(named).containsAll(checks());
    }

    /** What a server can be accused of, and odd answers to losers; a late application is what any slow network does. */
    private static List<String> checks() {
        return Arrays.stream(Anomaly.values())
                .filter(anomaly -> anomaly != Anomaly.LATE_APPLICATION)
                .map(Anomaly::code)
                .toList();
    }

    /**
     * What finds an anomaly in a race; a name is what the diagnosis then calls it. A success on a stale validator is found
     * by either of two.
     */
    private enum Check {
        CAPABILITY("A17"),
        BODIES("A10", "A11"),
        TAGS("A8", "A18", "A20"),
        SINGLE_ANSWERS("A23", "A24"),
        REFUSED_VERSIONS("A4"),
        FORKS("A1", "A2", "A3"),
        ORDER("A3", "A5", "A6", "A7", "A9", "A12", "A13", "A14", "A19", "A21", "A25"),
        ANSWERS("A16");

        private final Set<String> names;

        Check(String... names) {
            this.names = Set.of(names);
        }

        /** Whether nothing but this check can have found all of that. */
        private boolean alone(Set<String> found) {
            return !found.isEmpty()
                    && names.containsAll(found)
                    && Arrays.stream(values()).noneMatch(other -> other != this && other.names.containsAll(found));
        }
    }

    /** The whole matrix takes minutes, so it is made when asked for: every race of the default length on every mutant. */
    @Test
    @EnabledIfSystemProperty(named = "etalon.matrix", matches = "true", disabledReason = "part of .ci/nightly mutants")
    void everyCheckCatchesAMutantThatNoOtherCheckCatches() throws IOException {
        Map<Mutant, Set<String>> caught = new LinkedHashMap<>();
        for (Mutant mutant : mutants()) {
            if (raced(mutant)) {
                caught.put(
                        mutant, new Hunt(mutant, runs).all(SEED, Budget.DEFAULT).keySet());
            }
        }
        Set<Check> needed = EnumSet.noneOf(Check.class);
        StringBuilder text =
                new StringBuilder("| mutant | named by the races | which one check alone finds |\n|---|---|---|\n");
        caught.forEach((mutant, names) -> {
            Optional<Check> alone = Arrays.stream(Check.values())
                    .filter(check -> check.alone(names))
                    .findFirst();
            alone.ifPresent(needed::add);
            text.append("| " + mutant.name() + " | " + String.join(", ", names) + " | "
                    + alone.map(check -> check.name().toLowerCase(Locale.ROOT).replace('_', ' '))
                            .orElse("")
                    + " |\n");
        });
        Files.writeString(Path.of(TABLE + ".matrix"), text);
        System.out.println(text);
        assertThat(needed).containsExactlyInAnyOrder(Check.values());
    }

    @Test
    void everyNameBelongsToACheck() {
        assertThat(Arrays.stream(Check.values()).flatMap(check -> check.names.stream()))
                .containsAll(checks());
    }

    @Test
    void mutantsAreToldApartByNameAndSayWhatTheyRebuild() {
        assertThat(Mutant.all())
                .extracting(Mutant::name)
                .doesNotHaveDuplicates()
                .hasSizeGreaterThanOrEqualTo(35);
        assertThat(Mutant.all()).allSatisfy(mutant -> {
            assertThat(mutant.defect().value()).endsWith(".");
            assertThat(mutant.defect().like()).isNotBlank();
        });
    }

    @AfterAll
    static void writeTheTable() throws IOException {
        Path table = Path.of(TABLE);
        Files.createDirectories(table.toAbsolutePath().getParent());
        Files.writeString(table, KILLS.text());
        System.out.println(KILLS.text());
    }
}
