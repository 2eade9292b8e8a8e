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
import dev.etalon.junit.RaceResult;
import dev.etalon.targets.client.WireOptions;
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
import java.util.Optional;
import java.util.ServiceLoader;
import java.util.TreeMap;
import okhttp3.tls.HandshakeCertificates;
import okhttp3.tls.HeldCertificate;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A faithful server is never accused, however its network behaves. {@code -Detalon.operations=1000000} is the whole.
 */
class FaithfulIT {
    /** One pass is a sample of some thousands; {@code .ci/nightly faithful} makes it a million. */
    private static final long OPERATIONS = Long.getLong("etalon.operations", 1);

    private static final long SEED = Long.getLong("etalon.seed", 412);
    private static final boolean SAMPLE = OPERATIONS < 100_000;
    private static final int ROUNDS = SAMPLE ? 4 : 200;
    private static final int INCREMENTS = SAMPLE ? 2 : 125;

    /** Of a thousand requests this many are cut or late: enough for some of them in a sample, too. */
    private static final double DISTURBED = SAMPLE ? 0.004 : 0.001;

    private static final Duration TIMEOUT = Duration.ofMillis(600);
    private static final Duration LATE = Duration.ofMillis(800);

    @TempDir
    private Path runs;

    private final HandshakeCertificates certificates = certificates();
    private long operations;
    private long unknown;
    private final Map<String, Long> perScenario = new TreeMap<>();
    private final Map<String, Long> perStrategy = new TreeMap<>();

    @BeforeEach
    void warmUp() throws TargetUnavailableException {
        Warm.up(runs);
    }

    @Test
    void aFaithfulServerIsNeverAccusedWhileConnectionsBreakAndAnswersComeLate() {
        for (int pass = 0; operations < OPERATIONS; pass++) {
            for (Manner manner : Manner.values()) {
                race(manner, Way.values()[pass % Way.values().length], SEED + pass);
            }
        }
        perScenario.forEach((scenario, count) -> System.out.printf("%-28s %,12d operations%n", scenario, count));
        perStrategy.forEach((strategy, count) -> System.out.printf("%-28s %,12d rounds%n", strategy, count));
        System.out.printf(
                "%,d operations on a faithful server, %,d of them with an unknown outcome: 0 findings, 0 undecided%n",
                operations, unknown);
        assertThat(unknown).as("the disturbances did disturb").isPositive();
    }

    private static HandshakeCertificates certificates() {
        HeldCertificate own = new HeldCertificate.Builder()
                .addSubjectAlternativeName("127.0.0.1")
                .build();
        return new HandshakeCertificates.Builder()
                .heldCertificate(own)
                .addTrustedCertificate(own.certificate())
                .build();
    }

    /** How it is spoken to: one after the other, from pass to pass. */
    private enum Way {
        HTTP_1(WireOptions.Version.HTTP_1_1, false),
        HTTP_2(WireOptions.Version.HTTP_2_CLEARTEXT, false),
        HTTP_1_TLS(WireOptions.Version.HTTP_1_1, true),
        HTTP_2_TLS(WireOptions.Version.HTTP_2, true);

        private final WireOptions.Version version;
        private final boolean tls;

        Way(WireOptions.Version version, boolean tls) {
            this.version = version;
            this.tls = tls;
        }
    }

    private void race(Manner manner, Way way, long seed) {
        Settings settings = Settings.of(Map.of(
                "etalon.runs", runs.toString(),
                "etalon.seed", Long.toString(seed),
                "etalon.rounds", Integer.toString(ROUNDS),
                "etalon.increments", Integer.toString(INCREMENTS),
                "etalon.timeout", TIMEOUT.toString()));
        ReferenceServer.Options options = new ReferenceServer.Options(
                0, 1, way.tls ? certificates.sslContext() : null, new Disturbances(DISTURBED, LATE, seed));
        WireOptions wire = new WireOptions(way.version, TIMEOUT, Optional.of(certificates.trustManager()));
        String name = ("faithful-" + manner + "-" + way).toLowerCase(Locale.ROOT);
        TargetProvider target = new ReferenceTarget(name, manner, options, wire, () -> new Faithful(manner));
        try (Session session = new Session(settings, List.of())) {
            for (Scenario scenario : ServiceLoader.load(Scenario.class)) {
                if (scenario.protocol() == target.info().protocol()) {
                    judged(RaceResult.of(() -> notAccused(session.run(new Cell(scenario, target))))
                            .cell());
                }
            }
        }
    }

    private static CellResult notAccused(CellResult result) {
        CellResult.Run run = result.ran().orElseThrow(() -> new AssertionError(result.sentence()));
        assertThat(run.verdict().findings()).as(result.name()).isEmpty();
        assertThat(run.verdict().undecided()).as(result.name()).isEmpty();
        return result;
    }

    private void judged(CellResult result) {
        CellResult.Run run = result.ran().orElseThrow();
        assertThat(result.sentence()).as(result.name()).startsWith("everything planned was raced");
        List<Operation> all = run.history().operations();
        operations += all.size();
        unknown += all.stream().filter(Operation::unknown).count();
        run.verdict()
                .rounds()
                .strategies()
                .forEach(tally -> perStrategy.merge(tally.strategy(), (long) tally.raced(), Long::sum));
        perScenario.merge(run.plan().scenario(), (long) all.size(), Long::sum);
    }
}
