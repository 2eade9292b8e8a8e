package dev.etalon.scenarios.mutants;

import static org.assertj.core.api.Assertions.assertThat;

import dev.etalon.targets.mutant.Mutant;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every mutant is caught, by what is named first, within the time that anybody would give it. */
class KillMatrixIT {
    private static final Duration BUDGET = Duration.ofSeconds(60);

    private static final long SEED = Long.getLong("etalon.seed", 412);

    @TempDir
    private Path runs;

    static List<Mutant> raced() {
        return Mutant.all().stream()
                .filter(mutant -> mutant.defect().caughtBy().matches("A\\d+"))
                .filter(mutant -> mutant.name().matches(System.getProperty("etalon.mutants", ".*")))
                .toList();
    }

    @ParameterizedTest
    @MethodSource("raced")
    void isCaught(Mutant mutant) {
        Optional<Sighting> seen = new Hunt(mutant, runs).race(SEED, BUDGET);
        System.out.println("HUNT " + mutant.name() + " " + mutant.defect().caughtBy() + " " + seen);
        assertThat(seen)
                .hasValueSatisfying(sighting ->
                        assertThat(sighting.by()).isEqualTo(mutant.defect().caughtBy()));
    }
}
