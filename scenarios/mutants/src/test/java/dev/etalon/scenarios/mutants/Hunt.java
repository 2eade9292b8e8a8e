package dev.etalon.scenarios.mutants;

import dev.etalon.core.conformance.RuleRun;
import dev.etalon.core.conformance.RuleVerdict;
import dev.etalon.core.model.Finding;
import dev.etalon.core.model.Operation;
import dev.etalon.core.plan.Budget;
import dev.etalon.core.plan.Scenario;
import dev.etalon.core.plan.Workload;
import dev.etalon.core.rule.Rule;
import dev.etalon.core.session.Cell;
import dev.etalon.core.session.CellResult;
import dev.etalon.core.session.RuleSession;
import dev.etalon.core.session.Session;
import dev.etalon.core.target.RunningTarget;
import dev.etalon.core.target.Settings;
import dev.etalon.core.target.TargetProvider;
import dev.etalon.core.target.TargetUnavailableException;
import dev.etalon.targets.embedded.ReferenceTarget;
import dev.etalon.targets.mutant.Mutant;
import dev.etalon.targets.reference.ReferenceServer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.ServiceLoader;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;

/**
 * Races a mutant, as {@code etalon race} would: every scenario of its protocol, in short passes with one seed after the
 * other, until something is found or the time is up.
 */
final class Hunt {
    /** Small, so that a mutant that only one scenario can catch is there soon. */
    private static final int ROUNDS = 48;

    private static final int INCREMENTS = 10;

    /** The client's time limit: shorter than what a mutant that writes late takes, longer than any honest answer. */
    private static final Duration TIMEOUT = Duration.ofSeconds(1);

    /** A fixed defect shows at the first; the longer series are for answers that change now and then. */
    private static final int[] REPETITIONS = {2, 30, 100, 100, 100, 100};

    /** What is broken in one of two may be broken always, or now and then. */
    private static final int REPETITIONS_TO_NAME = 20;

    private final Mutant mutant;
    private final TargetProvider target;
    private final Path runs;

    Hunt(Mutant mutant, Path runs) {
        this.mutant = mutant;
        this.target =
                new ReferenceTarget(mutant.name(), mutant.manner(), ReferenceServer.Options.PLAIN, mutant.server());
        this.runs = runs;
    }

    /** What is seen first; empty when nothing is within the time. */
    Optional<Sighting> race(long seed, Duration budget) {
        long startNs = System.nanoTime();
        int rounds = 0;
        for (int pass = 0; System.nanoTime() - startNs < budget.toNanos(); pass++) {
            try (Session session = new Session(settings(seed + pass, ROUNDS, INCREMENTS), List.of())) {
                for (Scenario scenario : scenarios()) {
                    double before = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - startNs) / 1000.0;
                    Optional<CellResult.Run> run = run(session, new Cell(scenario, target));
                    int raced = rounds;
                    Optional<Sighting> seen = run.flatMap(one -> seen(one, raced, before));
                    if (seen.isPresent()) {
                        return seen;
                    }
                    rounds += run.map(one -> one.verdict().rounds().raced()).orElse(0);
                    if (System.nanoTime() - startNs >= budget.toNanos()) {
                        return Optional.empty();
                    }
                }
            }
        }
        return Optional.empty();
    }

    /** Everything that is found in one whole pass of the default length: how often each anomaly was named. */
    Map<String, Integer> all(long seed, Budget budget) {
        Map<String, Integer> all = new TreeMap<>();
        try (Session session = new Session(settings(seed, budget.rounds(), budget.increments()), List.of())) {
            for (Scenario scenario : scenarios()) {
                run(session, new Cell(scenario, target)).ifPresent(run -> {
                    run.verdict().counts().forEach((anomaly, times) -> all.merge(anomaly.code(), times, Integer::sum));
                    if (strange(run)) {
                        all.merge("A16", 1, Integer::sum);
                    }
                });
            }
        }
        return all;
    }

    /** What the rules see first, put to the mutant a few times and then many; empty when nothing is within the time. */
    Optional<Sighting> rules(Duration budget) throws TargetUnavailableException {
        long startNs = System.nanoTime();
        int put = 0;
        try (RunningTarget running = started()) {
            for (int repetitions : REPETITIONS) {
                for (RuleVerdict verdict : verdicts(running, repetitions)) {
                    put++;
                    if (verdict.broken()) {
                        String by = named(running, verdict.rule());
                        return Optional.of(new Sighting(by, "rules", put, (System.nanoTime() - startNs) / 1e9));
                    }
                    if (System.nanoTime() - startNs >= budget.toNanos()) {
                        return Optional.empty();
                    }
                }
            }
        }
        return Optional.empty();
    }

    /** The rule, if it is broken again and again; else it is the change that is to be named. */
    private String named(RunningTarget running, Rule rule) {
        RuleVerdict again = ruleRun(running, REPETITIONS_TO_NAME).run(rule);
        return again.status() == RuleVerdict.Status.FAIL ? rule.id() : "flapping";
    }

    /** Every rule that the mutant breaks. */
    List<String> broken(int repetitions) throws TargetUnavailableException {
        List<String> broken = new ArrayList<>();
        try (RunningTarget running = started()) {
            for (RuleVerdict verdict : verdicts(running, repetitions)) {
                if (verdict.broken()) {
                    broken.add(verdict.rule().id());
                }
            }
        }
        return broken;
    }

    private RunningTarget started() throws TargetUnavailableException {
        return target.start(new TargetProvider.Options(settings(0, ROUNDS, INCREMENTS), runs));
    }

    /** The verdicts on the rules of the mutant's protocol, each as it is asked for. */
    private Iterable<RuleVerdict> verdicts(RunningTarget running, int repetitions) {
        RuleRun run = ruleRun(running, repetitions);
        return RuleSession.catalogue().stream()
                .filter(rule -> rule.protocol() == target.info().protocol())
                .map(run::run)::iterator;
    }

    private RuleRun ruleRun(RunningTarget running, int repetitions) {
        return new RuleRun(
                running.raw().orElseThrow(),
                target.info().dialect(),
                repetitions,
                Long.toString(System.nanoTime(), Character.MAX_RADIX),
                () -> false);
    }

    /** Empty where an earlier scenario has shown that nothing is left to race: what it found says so. */
    private static Optional<CellResult.Run> run(Session session, Cell cell) {
        CellResult result = session.run(cell);
        if (result.ran().isEmpty() && result.status() != CellResult.Status.NOT_RUN) {
            throw new AssertionError(result.name() + ": " + result.sentence());
        }
        return result.ran();
    }

    private Settings settings(long seed, int rounds, int increments) {
        return Settings.of(Map.of(
                "etalon.runs", runs.toString(),
                "etalon.seed", Long.toString(seed),
                "etalon.rounds", Integer.toString(rounds),
                "etalon.increments", Integer.toString(increments),
                "etalon.timeout", TIMEOUT.toString()));
    }

    private List<Scenario> scenarios() {
        List<Scenario> scenarios = new ArrayList<>();
        ServiceLoader.load(Scenario.class).forEach(scenarios::add);
        return scenarios.stream()
                .filter(scenario -> scenario.protocol() == target.info().protocol())
                .toList();
    }

    private Optional<Sighting> seen(CellResult.Run run, int rounds, double before) {
        String where = run.plan().scenario();
        List<Finding> findings = run.verdict().findings();
        if (findings.isEmpty()) {
            // A remark accuses nobody; it is what to look for only where nothing else is wrong.
            boolean remark = mutant.names().contains("A16") && strange(run);
            return remark
                    ? Optional.of(new Sighting(
                            "A16", where, rounds + run.verdict().rounds().raced(), before))
                    : Optional.empty();
        }
        // Findings are in order of diagnosis; what is named first of the earliest round is what a reader sees first.
        Finding first = findings.get(0);
        long beginNs = run.history().operations().stream()
                .mapToLong(Operation::startNs)
                .min()
                .orElse(0);
        long seenNs = first.witness().stream()
                .filter(op -> op.endNs() != Long.MAX_VALUE)
                .mapToLong(Operation::endNs)
                .max()
                .orElse(beginNs);
        boolean loop = !(run.plan().workload() instanceof Workload.Rounds);
        int inside = loop
                ? (int) run.history().operations().stream()
                        .filter(op -> op.startNs() <= seenNs)
                        .count()
                : Math.max(0, first.round() + 1);
        double seconds = before + TimeUnit.NANOSECONDS.toMicros(seenNs - beginNs) / 1e6;
        return Optional.of(new Sighting(first.anomaly().code(), where, rounds + inside, seconds));
    }

    /** Whether losers were answered in a way the dialect does not name (A16). */
    private boolean strange(CellResult.Run run) {
        Set<Integer> named = target.info().dialect().losers();
        return run.verdict().rounds().losers().keySet().stream()
                .anyMatch(status -> status != 0 && !named.contains(status));
    }
}
