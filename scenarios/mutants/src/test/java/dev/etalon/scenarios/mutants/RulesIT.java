package dev.etalon.scenarios.mutants;

import static org.assertj.core.api.Assertions.assertThat;

import dev.etalon.core.conformance.RuleVerdict;
import dev.etalon.core.session.RuleSession;
import dev.etalon.core.target.Settings;
import dev.etalon.targets.embedded.ReferenceTarget;
import dev.etalon.targets.mutant.Mutant;
import dev.etalon.targets.reference.ReferenceServer;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every mutant that one client alone can catch breaks the rule that it is said to break. */
class RulesIT {
    @TempDir
    private Path runs;

    static List<Mutant> ruled() {
        return Mutant.all().stream()
                .filter(mutant -> !mutant.defect().caughtBy().matches("A\\d+"))
                .toList();
    }

    @ParameterizedTest
    @MethodSource("ruled")
    void breaksItsRuleFirst(Mutant mutant) {
        RuleSession session = new RuleSession(Settings.of(Map.of("etalon.runs", runs.toString())));
        AtomicBoolean found = new AtomicBoolean();
        long startNs = System.nanoTime();

        RuleSession.Report report = session.run(
                new ReferenceTarget(mutant.name(), mutant.manner(), ReferenceServer.Options.PLAIN, mutant.server()),
                verdict -> found.compareAndSet(false, verdict.broken()),
                found::get);

        double seconds = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - startNs) / 1000.0;
        Optional<Sighting> seen = report.verdicts().stream()
                .filter(RuleVerdict::broken)
                .findFirst()
                .map(verdict -> new Sighting(
                        verdict.rule().id(), "rules", report.verdicts().size(), seconds));
        System.out.println("HUNT " + mutant.name() + " " + mutant.defect().caughtBy() + " " + seen);
        assertThat(seen)
                .hasValueSatisfying(sighting ->
                        assertThat(sighting.by()).isEqualTo(mutant.defect().caughtBy()));
    }
}
