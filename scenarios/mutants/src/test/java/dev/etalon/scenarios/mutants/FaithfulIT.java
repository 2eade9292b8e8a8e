package dev.etalon.scenarios.mutants;

import static org.assertj.core.api.Assertions.assertThat;

import dev.etalon.core.model.Operation;
import dev.etalon.core.plan.Scenario;
import dev.etalon.core.session.Cell;
import dev.etalon.core.session.CellResult;
import dev.etalon.core.session.Session;
import dev.etalon.core.target.Settings;
import dev.etalon.core.target.TargetProvider;
import dev.etalon.core.target.TargetUnavailableException;
import dev.etalon.targets.embedded.ReferenceTarget;
import dev.etalon.targets.reference.Disturbances;
import dev.etalon.targets.reference.Faithful;
import dev.etalon.targets.reference.Manner;
import dev.etalon.targets.reference.ReferenceServer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.ServiceLoader;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A faithful server is never accused, however its network behaves. {@code -Detalon.operations=1000000} is the long form.
 */
class FaithfulIT {
    private static final long OPERATIONS = Long.getLong("etalon.operations", 15_000);
    private static final long SEED = Long.getLong("etalon.seed", 412);
    private static final int ROUNDS = OPERATIONS < 100_000 ? 30 : 600;
    private static final int INCREMENTS = OPERATIONS < 100_000 ? 8 : 250;

    /** Of a thousand requests one is cut or late. */
    private static final double DISTURBED = 0.001;

    private static final Duration TIMEOUT = Duration.ofMillis(600);
    private static final Duration LATE = Duration.ofMillis(800);

    @TempDir
    private Path runs;

    private long operations;
    private long unknown;
    private final Map<String, Long> perScenario = new TreeMap<>();

    /** The first request of a virtual machine loads classes for longer than any other takes. */
    @BeforeEach
    void loadTheClasses() throws TargetUnavailableException {
        for (Manner manner : Manner.values()) {
            TargetProvider target =
                    new ReferenceTarget("warm", manner, ReferenceServer.Options.PLAIN, () -> new Faithful(manner));
            target.start(new TargetProvider.Options(Settings.of(Map.of()), runs))
                    .close();
        }
    }

    @Test
    void aFaithfulServerIsNeverAccusedWhileConnectionsBreakAndAnswersComeLate() {
        for (int pass = 0; operations < OPERATIONS; pass++) {
            for (Manner manner : Manner.values()) {
                race(manner, SEED + pass);
            }
        }
        perScenario.forEach((scenario, count) -> System.out.printf("%-28s %,12d operations%n", scenario, count));
        System.out.printf(
                "%,d operations on a faithful server, %,d of them with an unknown outcome: 0 findings, 0 undecided%n",
                operations, unknown);
        assertThat(unknown).as("the disturbances did disturb").isPositive();
    }

    private void race(Manner manner, long seed) {
        Settings settings = Settings.of(Map.of(
                "etalon.runs", runs.toString(),
                "etalon.seed", Long.toString(seed),
                "etalon.rounds", Integer.toString(ROUNDS),
                "etalon.increments", Integer.toString(INCREMENTS),
                "etalon.timeout", TIMEOUT.toString()));
        ReferenceServer.Options options =
                new ReferenceServer.Options(0, 1, null, new Disturbances(DISTURBED, LATE, seed));
        TargetProvider target = new ReferenceTarget(
                "faithful-" + manner.name().toLowerCase(Locale.ROOT), manner, options, () -> new Faithful(manner));
        try (Session session = new Session(settings, List.of())) {
            for (Scenario scenario : ServiceLoader.load(Scenario.class)) {
                if (scenario.protocol() == target.info().protocol()) {
                    judged(session.run(new Cell(scenario, target)));
                }
            }
        }
    }

    private void judged(CellResult result) {
        CellResult.Run run = result.ran().orElseThrow(() -> new AssertionError(result.sentence()));
        assertThat(run.verdict().findings()).as(result.name()).isEmpty();
        assertThat(run.verdict().undecided()).as(result.name()).isEmpty();
        assertThat(result.sentence()).as(result.name()).startsWith("everything planned was raced");
        List<Operation> all = run.history().operations();
        operations += all.size();
        unknown += all.stream().filter(Operation::unknown).count();
        perScenario.merge(run.plan().scenario(), (long) all.size(), Long::sum);
    }
}
