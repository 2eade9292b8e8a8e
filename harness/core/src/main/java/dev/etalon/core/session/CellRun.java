package dev.etalon.core.session;

import dev.etalon.core.check.Judge;
import dev.etalon.core.check.OutcomeText;
import dev.etalon.core.check.StrategyText;
import dev.etalon.core.check.WitnessText;
import dev.etalon.core.model.Anomaly;
import dev.etalon.core.model.Finding;
import dev.etalon.core.model.Grade;
import dev.etalon.core.model.Graded;
import dev.etalon.core.model.History;
import dev.etalon.core.model.RoundTally;
import dev.etalon.core.model.Shape;
import dev.etalon.core.model.Verdict;
import dev.etalon.core.plan.Alignment;
import dev.etalon.core.plan.Budget;
import dev.etalon.core.plan.Capability;
import dev.etalon.core.plan.Intent;
import dev.etalon.core.plan.NameForm;
import dev.etalon.core.plan.Plan;
import dev.etalon.core.plan.Versioning;
import dev.etalon.core.plan.Workload;
import dev.etalon.core.run.Progress;
import dev.etalon.core.run.Runner;
import dev.etalon.core.run.Stop;
import dev.etalon.core.store.HistoryReader;
import dev.etalon.core.store.LatencyLog;
import dev.etalon.core.store.Recorder;
import dev.etalon.core.store.RunFolder;
import dev.etalon.core.store.StoredVerdict;
import dev.etalon.core.target.Dialect;
import dev.etalon.core.target.RunningTarget;
import dev.etalon.core.target.Settings;
import dev.etalon.core.target.TargetInfo;
import java.io.IOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One cell on its way through the pipeline: plan, run, history, judge, store. Used once. */
final class CellRun {
    private static final Logger LOG = LoggerFactory.getLogger(CellRun.class);

    /** Anomalies whose text is stored; the counts are always complete, and the cap is stated where it bites. */
    private static final int ANOMALY_TEXTS_MAX = 50;

    private static final Runner.Result AS_PLANNED = new Runner.Result(Runner.Guarded.RACED, "");

    private final Cell cell;
    private final Optional<ForeignRace> foreign;
    private final RunningTarget target;
    private final Settings settings;
    private final Optional<KnownFindings> knownToUser;
    private final Path runs;
    private final long seed;
    private final Budget budget;
    private final Stop stop;
    private final Optional<String> refutedBefore;
    private final List<Capability> left;
    private final Set<Capability> askedInShapes;
    private final Consumer<CellProgress> watcher;
    private Optional<Capability> refuted = Optional.empty();
    private final List<CellResult.Phase> phases = new ArrayList<>();

    CellRun(
            Cell cell,
            RunningTarget target,
            Settings settings,
            Optional<KnownFindings> knownToUser,
            Path runs,
            long seed,
            Budget budget,
            Stop stop,
            Map<Capability, String> refutedBefore,
            Set<Capability> askedInShapes,
            Consumer<CellProgress> watcher) {
        this.cell = cell;
        this.foreign = Optional.of(cell.scenario())
                .filter(ForeignRace.class::isInstance)
                .map(ForeignRace.class::cast);
        this.target = target;
        this.settings = settings;
        this.knownToUser = knownToUser;
        this.runs = runs;
        this.seed = seed;
        this.budget = budget;
        this.stop = stop;
        this.refutedBefore = cell.scenario().capabilities().stream()
                .flatMap(capability -> Optional.ofNullable(refutedBefore.get(capability)).stream())
                .findFirst();
        this.left = cell.scenario().capabilities().stream()
                .filter(capability -> !refutedBefore.containsKey(capability))
                .toList();
        this.askedInShapes = EnumSet.noneOf(Capability.class);
        this.askedInShapes.addAll(askedInShapes);
        this.watcher = watcher;
    }

    /** What the target was found not to honour; empty when it honours all that the scenario needs, or says that it does not. */
    Optional<Capability> refuted() {
        return refuted;
    }

    /** The conditions that were asked in each shape, those from before among them: once is enough for a server. */
    Set<Capability> askedInShapes() {
        return askedInShapes;
    }

    /** What came of a race. */
    private record Raced(Runner.Result result, Optional<Graded> graded) {}

    CellResult result() {
        if (target.endpoints().size() < cell.scenario().endpoints()) {
            return result(
                    CellResult.Status.NOT_RUN,
                    "the target has " + target.endpoints().size() + " of the "
                            + cell.scenario().endpoints() + " endpoints that are raced",
                    null);
        }
        EnumSet<Alignment> alignments = EnumSet.copyOf(budget.alignments());
        alignments.retainAll(target.alignments());
        if (alignments.isEmpty()) {
            return result(
                    CellResult.Status.NOT_RUN,
                    "none of the strategies asked for works on the target: etalon.alignments="
                            + labels(budget.alignments()) + "; it can take " + labels(target.alignments()),
                    null);
        }
        Workload workload =
                cell.scenario().workload(seed, budget.with(alignments).shaped(target.shapes()));
        if (refutedBefore.isPresent() && left.isEmpty() && !withoutConditions(workload)) {
            return result(CellResult.Status.NOT_RUN, "the target " + refutedBefore.get(), null);
        }
        if (target.demandsConditions() && writesPlainly(workload)) {
            return result(
                    CellResult.Status.NOT_RUN,
                    "the target demands a condition of every write that changes something (428), and some of this race have none",
                    null);
        }
        Instant now = Instant.now();
        // Two runs never share keys: the run id mixes the seed with the time, the keys carry the run id.
        long run = (seed * 0x9E3779B97F4A7C15L) ^ (TimeUnit.SECONDS.toNanos(now.getEpochSecond()) + now.getNano());
        Plan plan = new Plan(
                cell.scenario().id(),
                seed,
                run,
                NameForm.of(target.names(), seed, cell.scenario().id()).prefix(String.format("etalon-%016x-", run)),
                workload,
                cell.scenario().expectations(),
                target.versioning());
        try {
            RunFolder folder = RunFolder.create(
                    runs, plan.scenario(), cell.provider().info().name(), now, seed);
            return run(plan, folder, now);
        } catch (IOException e) {
            LOG.debug("run not stored", e);
            return result(CellResult.Status.UNAVAILABLE, String.valueOf(e.getMessage()), null);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return result(CellResult.Status.UNAVAILABLE, "the run was interrupted", null);
        }
    }

    private CellResult run(Plan plan, RunFolder folder, Instant now) throws IOException, InterruptedException {
        String logBefore = target.log();
        folder.writeJson(RunFolder.PLAN, plan);
        folder.writeJson(RunFolder.ENVIRONMENT, environment());
        History.Origin origin = new History.Origin(
                plan.run(),
                plan.keyPrefix(),
                plan.scenario(),
                cell.provider().info().name(),
                host(),
                // Not the folder's time: the two clocks are read together, since histories are merged by them.
                Instant.now().toString(),
                System.nanoTime());
        // A stop of its own: a server that is gone ends this run, not the session.
        Stop here = new Stop(stop, target::pulse);
        Raced raced = race(plan, folder, origin, here);
        long judgeMs = System.currentTimeMillis();
        History history = read(folder, here);
        Optional<String> endedEarly = here.reason();
        Verdict verdict = Judge.judge(plan, history, endedEarly, raced.graded());
        phase("judge", judgeMs);
        String log = target.log();
        String serverLog = log.startsWith(logBefore) ? log.substring(logBefore.length()) : log;
        CellResult.Run run = new CellResult.Run(
                target.version(), target.url(), plan, history, verdict, folder, serverLog, List.copyOf(phases));
        CellResult result = grade(raced, run);
        try {
            store(run, result, endedEarly);
        } catch (IOException e) {
            LOG.warn("the run was judged, but not everything could be stored: {}", e.getMessage());
        }
        return result;
    }

    private static History read(RunFolder folder, Stop here) throws IOException {
        try {
            return HistoryReader.read(folder.history());
        } catch (IOException e) {
            // When not even the beginning of the file could be written, that is the thing to say.
            throw here.reason().isPresent() ? new IOException(here.reason().get(), e) : e;
        }
    }

    private Raced race(Plan plan, RunFolder folder, History.Origin origin, Stop here)
            throws IOException, InterruptedException {
        long raceMs = System.currentTimeMillis();
        Progress progress = new Progress();
        watcher.accept(new CellProgress(
                cell.scenario().id() + " on " + cell.provider().info().name(),
                plan.workload().size(),
                plan.workload().unit(),
                progress::done));
        try {
            return foreign.isPresent()
                    ? new Raced(AS_PLANNED, Optional.of(foreign.get().race(plan, folder, origin, target, here)))
                    : new Raced(run(plan, folder, origin, here, progress), Optional.empty());
        } catch (IOException e) {
            // The disk is full, say. What is recorded is whole and will be judged.
            here.request(String.valueOf(e.getMessage()));
            return new Raced(AS_PLANNED, Optional.empty());
        } catch (RuntimeException e) {
            LOG.error("a defect of the harness ended a race", e);
            here.request("a defect of the harness, please report it: " + e);
            return new Raced(AS_PLANNED, Optional.empty());
        } finally {
            phase("race", raceMs);
        }
    }

    private Runner.Result run(Plan plan, RunFolder folder, History.Origin origin, Stop here, Progress progress)
            throws IOException, InterruptedException {
        try (Recorder recorder = Recorder.create(folder.history(), origin);
                Runner runner = new Runner(
                        plan, target.endpoints(), cell.provider().info().dialect(), recorder, here, progress)) {
            EnumSet<Capability> inShapes = EnumSet.noneOf(Capability.class);
            inShapes.addAll(left);
            inShapes.removeAll(askedInShapes);
            Runner.Result result = runner.run(left, refutedBefore, target.shapes(), inShapes);
            if (result.guarded() == Runner.Guarded.RACED) {
                askedInShapes.addAll(inShapes);
            }
            if (result.guarded() == Runner.Guarded.FAILED_GUARD) {
                refuted = result.of();
            }
            return result;
        }
    }

    /** Whether something is left to race on a target that honours no condition. */
    private static boolean withoutConditions(Workload workload) {
        return workload instanceof Workload.FreeRun free && free.plain().isPresent();
    }

    /** Whether some racers write or delete without a condition. */
    private static boolean writesPlainly(Workload workload) {
        return withoutConditions(workload)
                || workload instanceof Workload.Rounds rounds
                        && rounds.rounds().stream()
                                .flatMap(round -> round.racers().stream())
                                .anyMatch(intent -> intent == Intent.OVERWRITE || intent == Intent.REMOVE);
    }

    /** What was not raced, and why. */
    private static String unraced(Raced raced, CellResult.Run run) {
        return (withoutConditions(run.plan().workload()) ? "raced without conditions only" : "not raced")
                + ": the target " + raced.result().sentence();
    }

    /** Weighs the verdict against what is known of the target. */
    private CellResult grade(Raced raced, CellResult.Run run) {
        TargetInfo info = cell.provider().info();
        Verdict verdict = run.verdict();
        if (raced.result().guarded() == Runner.Guarded.NOT_OFFERED
                && verdict.findings().isEmpty()) {
            boolean claimed = !info.assumed() && refutedBefore.isEmpty();
            return result(
                    claimed ? CellResult.Status.UNDECIDED : CellResult.Status.NOT_RUN,
                    unraced(raced, run)
                            + (claimed
                                    ? ", though it claims "
                                            + labels(cell.scenario().capabilities())
                                    : ""),
                    run);
        }
        if (raced.result().guarded() != Runner.Guarded.RACED
                && verdict.findings().isEmpty()) {
            return result(
                    CellResult.Status.UNDECIDED,
                    "not raced: the target " + raced.result().sentence(),
                    run);
        }
        String reservations = String.join("; ", verdict.reservations());
        Set<Anomaly> found = verdict.counts().keySet();
        boolean complete = verdict.reservations().isEmpty();
        KnownFindings known =
                KnownFindings.of(info, cell.provider().getClass().getClassLoader(), run.version(), knownToUser);
        List<String> surprises = known.surprises(cell.scenario().id(), found, complete && budget.atLeastDefault());
        String counts = verdict.counts().keySet().stream()
                .map(anomaly -> rate(anomaly, run))
                .collect(Collectors.joining(", "));
        if (raced.result().guarded() != Runner.Guarded.RACED) {
            counts += "; " + unraced(raced, run);
            complete = true;
        }
        if (!surprises.isEmpty()) {
            // Where nothing was known before, everything found is new, and there is no need to say so.
            String news = known.findings().isEmpty() ? "" : String.join("; ", surprises);
            return result(
                    CellResult.Status.VIOLATION,
                    news + (news.isEmpty() || counts.isEmpty() ? "" : "; found: ") + counts,
                    run);
        }
        if (raced.graded().map(Graded::forbidden).orElse(0) > Finding.rounds(verdict.findings())) {
            return result(
                    CellResult.Status.VIOLATION, forbidden(run) + (counts.isEmpty() ? "" : "; found: " + counts), run);
        }
        if (!complete) {
            return result(
                    CellResult.Status.UNDECIDED, reservations + (counts.isEmpty() ? "" : "; found: " + counts), run);
        }
        if (!found.isEmpty()) {
            return result(
                    CellResult.Status.KNOWN,
                    "known: " + counts
                            + known.where().map(page -> "; see " + page).orElse("") + strangers(run),
                    run);
        }
        String clean = "everything planned was raced, nothing forbidden was seen"
                + run.verdict().unjudged() + strangers(run);
        // A client that knows 412 only would not know what to do.
        boolean remark = !strangers(info.dialect(), run).isEmpty()
                && !known.contains(cell.scenario().id(), Anomaly.AMBIGUOUS_LOSER);
        return result(remark ? CellResult.Status.UNDECIDED : CellResult.Status.VALID, clean, run);
    }

    /** What the author of a test forbade and was seen, more often than anomalies of ours explain. */
    private static String forbidden(CellResult.Run run) {
        RoundTally rounds = run.verdict().rounds();
        return Shape.of(Grade.FORBIDDEN, rounds.shapes()).stream()
                .map(shape -> "forbidden: " + shape.outcome() + " in " + shape.count() + " of " + rounds.raced() + " "
                        + run.plan().workload().unit() + " (" + shape.description() + ")")
                .collect(Collectors.joining("; "));
    }

    /** Answers to losers that the dialect does not name: allowed, but worth a remark, because clients must cope (A16). */
    private String strangers(CellResult.Run run) {
        Dialect dialect = cell.provider().info().dialect();
        String strangers = strangers(dialect, run);
        return strangers.isEmpty()
                ? ""
                : "; interesting: losers were also answered " + strangers + ", which dialect " + dialect.name()
                        + " does not name";
    }

    /** {@code 405 ×2, no answer ×1}; empty where all losers were answered as the dialect says. */
    static String strangers(Dialect dialect, CellResult.Run run) {
        return run.verdict().rounds().losers().entrySet().stream()
                .filter(entry -> !dialect.losers().contains(entry.getKey()))
                .map(entry -> (entry.getKey() == 0 ? "no answer" : entry.getKey()) + " ×" + entry.getValue())
                .collect(Collectors.joining(", "));
    }

    /** {@code A1 lost update in 37 of 150 rounds (25 %)}. */
    static String rate(Anomaly anomaly, CellResult.Run run) {
        String name = anomaly.label();
        List<Finding> findings = run.verdict().findings().stream()
                .filter(finding -> finding.anomaly() == anomaly)
                .toList();
        int rounds = Finding.rounds(findings);
        if (rounds == 0 || !run.plan().workload().repeated()) {
            return name + " ×" + findings.size();
        }
        int raced = Math.max(1, run.verdict().rounds().raced());
        return name + " in " + rounds + " of " + raced + " "
                + run.plan().workload().unit() + " (" + percent(100.0 * rounds / raced) + " %)";
    }

    /** Two digits that count: 4 of 150 is 2.7, 37 of 150 is 25. */
    private static String percent(double share) {
        return String.format(Locale.ROOT, share < 10 && share != Math.rint(share) ? "%.1f" : "%.0f", share);
    }

    private static String labels(List<Capability> capabilities) {
        return capabilities.stream().map(Capability::label).collect(Collectors.joining(" and "));
    }

    private CellResult result(CellResult.Status status, String sentence, CellResult.@Nullable Run run) {
        return new CellResult(cell.scenario(), cell.provider().info(), status, sentence, run);
    }

    private void phase(String name, long startMs) {
        phases.add(new CellResult.Phase(name, startMs, System.currentTimeMillis()));
    }

    private void store(CellResult.Run run, CellResult result, Optional<String> endedEarly) throws IOException {
        RunFolder folder = run.folder();
        folder.writeJson(
                RunFolder.VERDICT,
                StoredVerdict.of(
                        result.scenario().id(),
                        result.target().name(),
                        run.version(),
                        result.status().name(),
                        result.sentence(),
                        endedEarly,
                        run.verdict()));
        String outcomes = OutcomeText.of(run.verdict().rounds());
        if (!outcomes.isEmpty()) {
            folder.writeText("outcomes.txt", outcomes);
        }
        String strategies = StrategyText.of(run.verdict().rounds());
        if (!strategies.isEmpty()) {
            folder.writeText("strategies.txt", strategies);
        }
        for (int key : run.verdict().undecided()) {
            folder.writeHistory("undecided/key-" + key + ".jsonl", run.history().only(key));
        }
        String repeat = foreign.map(race -> race.repeat(cell.provider().info(), target, budget))
                .orElseGet(this::repeat);
        folder.writeText(RunFolder.REPEAT, repeat + "\n");
        if (!run.serverLog().isEmpty()) {
            folder.writeText("server.log", run.serverLog());
        }
        LatencyLog.write(folder.latencies(), run.history());
        List<Finding> findings = run.verdict().findings();
        for (int i = 0; i < Math.min(findings.size(), ANOMALY_TEXTS_MAX); i++) {
            folder.writeText(
                    String.format("anomalies/%03d.txt", i + 1),
                    WitnessText.of(findings.get(i), run.plan(), run.history()));
        }
        if (findings.size() > ANOMALY_TEXTS_MAX) {
            folder.writeText(
                    "anomalies/more.txt",
                    (findings.size() - ANOMALY_TEXTS_MAX) + " more are in the history but not written out\n");
        }
    }

    private static String labels(Collection<Alignment> alignments) {
        return alignments.stream().sorted().map(Alignment::label).collect(Collectors.joining(","));
    }

    /** The command that repeats this cell's plan. */
    private String repeat() {
        return new RepeatCommand(cell.provider().info(), target, settings)
                .race(
                        cell.scenario().id(),
                        "--seed 0x" + Long.toHexString(seed) + " --rounds " + budget.rounds() + " --increments "
                                + budget.increments()
                                + (budget.alignments().size() == Alignment.values().length
                                        ? ""
                                        : " --alignments " + labels(budget.alignments()))
                                + (target.versioning().equals(List.of(Versioning.OFF))
                                        ? ""
                                        : " --versioning " + Versioning.labels(target.versioning())));
    }

    private Map<String, Object> environment() {
        Map<String, Object> environment = new LinkedHashMap<>();
        String version = CellRun.class.getPackage().getImplementationVersion();
        environment.put("etalon", Optional.ofNullable(version).orElse("from source"));
        environment.put("target", target.version());
        environment.put("url", target.url());
        Map<String, String> address = target.addresses().stream().findFirst().orElse(Map.of());
        if (address.containsKey("etalon.user")) {
            environment.put("login", "basic");
        }
        for (String name : List.of("bucket", "region")) {
            Optional.ofNullable(address.get("etalon." + name)).ifPresent(value -> environment.put(name, value));
        }
        environment.put("java", Runtime.version().toString());
        environment.put("vm", System.getProperty("java.vm.name") + ", " + System.getProperty("java.vm.vendor"));
        environment.put("os", System.getProperty("os.name") + " " + System.getProperty("os.version"));
        environment.put("processors", Runtime.getRuntime().availableProcessors());
        environment.put("heapBytesMax", Runtime.getRuntime().maxMemory());
        environment.put("host", host());
        return environment;
    }

    private static String host() {
        try {
            return InetAddress.getLocalHost().getHostName();
        } catch (UnknownHostException e) {
            return "localhost";
        }
    }
}
