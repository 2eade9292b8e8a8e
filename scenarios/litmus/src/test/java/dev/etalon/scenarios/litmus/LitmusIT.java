package dev.etalon.scenarios.litmus;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.etalon.core.model.Grade;
import dev.etalon.core.model.Shape;
import dev.etalon.core.plan.Protocol;
import dev.etalon.core.plan.Scenario;
import dev.etalon.core.session.Cell;
import dev.etalon.core.session.CellResult;
import dev.etalon.core.session.Session;
import dev.etalon.core.target.Settings;
import dev.etalon.core.target.TargetProvider;
import dev.etalon.junit.RaceResult;
import dev.etalon.junit.Sample;
import dev.etalon.litmus.run.Coverage;
import dev.etalon.litmus.run.LitmusRaces;
import dev.etalon.targets.embedded.ReferenceTarget;
import dev.etalon.targets.mutant.Mutant;
import dev.etalon.targets.reference.ReferenceServer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.ServiceLoader;
import java.util.concurrent.atomic.AtomicReference;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The litmus tests on live servers: every test on faithful servers, and on broken ones those that are to catch them. {@code
 * -Detalon.litmus.targets} races other targets instead, {@code external} being what {@code etalon.url} names; {@code
 * -Detalon.litmus.samples} says how many samples each test has, and {@code -Detalon.litmus} which tests are raced.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class LitmusIT {
    /** Enough for every outcome that a faithful server has; the gate takes twice as many, for a bound of 10 %. */
    private static final String SAMPLES = "16";

    /** What is nothing but a condition looked at too early or without a lock that all writers share. */
    private static final Pattern CHECK_THEN_ACT =
            Pattern.compile("checks-then-acts-\\d+us|checks-at-.*|.*-without-lock|locks-per-.*|shares-lock-.*");

    /** A window of no length is met by one sample of ten to sixty; one run takes less than a second. */
    private static final Duration IDLE = Duration.ofSeconds(15);

    private final List<CellResult> results = new ArrayList<>();
    private final LitmusRaces races;
    private final Session session;
    private final boolean usual;

    LitmusIT() {
        Settings process = Settings.ofProcess();
        String url = process.get("etalon.url").isPresent() ? "external" : "";
        String chosen = process.get("etalon.litmus.targets", url);
        usual = chosen.isEmpty();
        // Names of their own: who picks scenarios and targets of the races for a build does not speak of these.
        Settings settings = process.with(Map.of(
                "etalon.rounds", process.get("etalon.litmus.samples", SAMPLES),
                "etalon.targets", usual ? faithful(process) : chosen,
                "etalon.scenarios", process.get("etalon.litmus", "")));
        races = new LitmusRaces(settings);
        session = new Session(settings, Session.reporters());
    }

    /** Both where somebody says how many samples; else a sample of the servers too, since a laptop waits for it. */
    private static String faithful(Settings process) {
        return process.get("etalon.litmus.samples").isPresent() ? "reference-http,reference-s3" : "reference-http";
    }

    @AfterAll
    void report() {
        session.close();
        races.close();
        System.out.println(Coverage.of(results));
    }

    private CellResult run(Cell cell) {
        CellResult result = RaceResult.of(() -> session.run(cell)).cell();
        results.add(result);
        return result;
    }

    private Scenario scenario(String id) {
        return races.scenarios().stream()
                .filter(scenario -> scenario.id().equals(id))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("no such litmus test: id=" + id));
    }

    List<Cell> cells() {
        return session.cells(races.scenarios());
    }

    @ParameterizedTest
    @MethodSource("cells")
    void aServerShowsNothingThatIsForbidden(Cell cell) {
        CellResult result = run(cell);

        new RaceResult(result).assertAsExpected();
        assertThat(forbidden(result)).isEmpty();
    }

    @Test
    void s3ProxyLosesAnUpdateOfTwoWritersThatHoldOneTag() {
        assumeTrue(usual, "other targets are raced");
        TargetProvider s3Proxy = ServiceLoader.load(TargetProvider.class).stream()
                .map(ServiceLoader.Provider::get)
                .filter(target -> target.info().name().equals("s3proxy-memory"))
                .findFirst()
                .orElseThrow();

        CellResult result = caught(scenario("s3/litmus-two-writers-one-tag"), s3Proxy);

        assertThat(result.status()).as(result.sentence()).isEqualTo(CellResult.Status.KNOWN);
        assertThat(forbidden(result)).anyMatch(shape -> shape.outcome().startsWith("applied, applied"));
    }

    static List<Mutant> checkThenAct() {
        return Mutant.all().stream()
                .filter(mutant -> CHECK_THEN_ACT.matcher(mutant.name()).matches())
                .toList();
    }

    @ParameterizedTest
    @MethodSource("checkThenAct")
    void aServerThatChecksAndThenActsIsCaught(Mutant mutant) {
        assumeTrue(usual, "other targets are raced");
        TargetProvider target =
                new ReferenceTarget(mutant.name(), mutant.manner(), ReferenceServer.Options.PLAIN, mutant.server());
        String protocol = target.info().protocol() == Protocol.S3 ? "s3" : "http";

        caught(scenario(protocol + "/litmus-" + catcher(mutant.name())), target);
    }

    /** The litmus test that a mutant is caught by. */
    private static String catcher(String mutant) {
        return switch (mutant) {
            case "creates-without-lock" -> "two-creators";
            case "locks-per-node" -> "two-endpoints";
            case "completes-without-lock" -> "complete-against-put";
            case "copies-without-lock" -> "copy-against-put";
            case "deletes-without-lock" -> "writer-against-deleter";
            case "deletes-objects-without-lock" -> "writer-against-delete-objects";
            default -> "three-writers-one-tag";
        };
    }

    /** A test on a target that is known to be wrong, again until it shows; what it shows, the judge must find, too. */
    private CellResult caught(Scenario scenario, TargetProvider target) {
        AtomicReference<CellResult> last = new AtomicReference<>();
        Sample.of(1, IDLE).fill(() -> {
            last.set(run(session.cell(scenario, target)));
            return forbidden(last.get()).isEmpty() ? 0 : 1;
        });
        CellResult result = last.get();
        assertThat(forbidden(result)).as(result.sentence()).isNotEmpty();
        assertThat(result.ran().orElseThrow().verdict().findings())
                .as(result.sentence())
                .isNotEmpty();
        return result;
    }

    private static List<Shape> forbidden(CellResult result) {
        return result.ran()
                .map(run -> Shape.of(Grade.FORBIDDEN, run.verdict().rounds().shapes()))
                .orElse(List.of());
    }
}
