package dev.etalon.core.session;

import dev.etalon.core.plan.Alignment;
import dev.etalon.core.plan.Budget;
import dev.etalon.core.plan.Capability;
import dev.etalon.core.plan.Scenario;
import dev.etalon.core.run.Stop;
import dev.etalon.core.store.RunFolder;
import dev.etalon.core.store.StoredSession;
import dev.etalon.core.target.Pulse;
import dev.etalon.core.target.RunningTarget;
import dev.etalon.core.target.Settings;
import dev.etalon.core.target.TargetInfo;
import dev.etalon.core.target.TargetProvider;
import dev.etalon.core.target.TargetUnavailableException;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.ServiceLoader;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A series of cells with the targets they share: each target is started when its first cell comes up and stopped when
 * the session closes. Runs one cell at a time; not thread-safe, but may be told to stop from any thread.
 *
 * <p>On Ctrl-C the cell in hand ends after its current round, is judged and reported, and no further one is begun.
 */
public final class Session implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Session.class);

    /** The default seed: fixed, so that two people talk of the same plan; the server's interleaving varies anyway. */
    private static final long SEED = 412;

    private final Settings settings;
    private final List<Reporter> reporters;
    private final Path runs;
    private final ReportFolder reports;
    private final long seed;
    private final Budget budget;
    private final Optional<KnownFindings> known;
    private final Stop stop = new Stop();
    private final Interrupt interrupt;
    private final Map<TargetProvider, Start> targets = new HashMap<>();
    private final Map<TargetProvider, String> gone = new HashMap<>();

    /** What a target was found not to honour, and what there is to say of that in the cells that come after. */
    private final Map<TargetProvider, Map<Capability, String>> refuted = new HashMap<>();

    private final Map<TargetProvider, Set<Capability>> inShapes = new HashMap<>();

    private final List<Path> works = new ArrayList<>();
    private final List<CellResult> results = new ArrayList<>();
    private final Instant begun = Instant.now();
    private int planned;

    /** What came of starting a target. */
    private record Start(
            @Nullable RunningTarget running, @Nullable TargetUnavailableException failure) {}

    /**
     * Opens a session.
     *
     * @throws IllegalArgumentException with a sentence for the user when a setting makes no sense
     */
    public Session(Settings settings, List<Reporter> reporters) {
        this.settings = settings;
        this.reporters = List.copyOf(reporters);
        this.runs = settings.runs();
        this.reports = new ReportFolder(settings, runs);
        // Asked for here only to say at once when it makes no sense.
        settings.callTimeout();
        settings.versioning();
        this.seed = settings.number("etalon.seed", SEED);
        List<String> wanted = settings.list("etalon.alignments");
        this.budget = new Budget(
                whole(settings.number("etalon.rounds", Budget.DEFAULT.rounds())),
                whole(settings.number("etalon.increments", Budget.DEFAULT.increments())),
                wanted.isEmpty() ? EnumSet.allOf(Alignment.class) : Alignment.labelled("etalon.alignments", wanted));
        this.known = KnownFindings.ofUser(settings);
        this.interrupt = new Interrupt(stop);
    }

    /** A number as the budget takes it, which has the sentence for one that is too large. */
    private static int whole(long number) {
        return (int) Math.max(Integer.MIN_VALUE, Math.min(Integer.MAX_VALUE, number));
    }

    /** Every reporter on the class path. */
    public static List<Reporter> reporters() {
        return ServiceLoader.load(Reporter.class).stream()
                .map(ServiceLoader.Provider::get)
                .toList();
    }

    /**
     * The cells on the class path that the settings select, in a fixed order: on each configured target each
     * scenario of its protocol.
     *
     * @throws IllegalArgumentException when {@code etalon.scenarios} or {@code etalon.targets} names something unknown
     */
    public List<Cell> cells() {
        List<Scenario> scenarios = new ArrayList<>();
        ServiceLoader.load(Scenario.class).forEach(scenarios::add);
        return cells(scenarios);
    }

    /**
     * The same for scenarios that are not found on the class path.
     *
     * @throws IllegalArgumentException when {@code etalon.scenarios} or {@code etalon.targets} names something unknown
     */
    public List<Cell> cells(List<Scenario> scenarios) {
        List<TargetProvider> providers = Providers.configured(settings);
        List<String> wantedScenarios =
                known("etalon.scenarios", scenarios.stream().map(Scenario::id).toList());
        boolean named = !settings.list("etalon.scenarios").isEmpty();
        List<Cell> cells = new ArrayList<>();
        for (TargetProvider provider : Providers.chosen(settings, "etalon.targets", providers)) {
            for (Scenario scenario : scenarios) {
                TargetInfo info = provider.info();
                if (wantedScenarios.contains(scenario.id())
                        && info.protocol() == scenario.protocol()
                        && (named || meant(info, scenario))) {
                    cells.add(new Cell(scenario, provider));
                }
            }
        }
        if (settings.get("etalon.url").isPresent()
                && cells.stream().noneMatch(cell -> cell.provider().info().kind() == TargetInfo.Kind.EXTERNAL)) {
            throw new IllegalArgumentException(
                    "etalon.url is set but nothing would race it: etalon.protocol must be http or"
                            + " s3, and etalon.targets, if set, must contain external: etalon.protocol="
                            + settings.get("etalon.protocol", "http") + " etalon.targets="
                            + settings.get("etalon.targets", ""));
        }
        Providers.chosen(settings, "etalon.require", providers);
        planned += cells.size();
        return cells;
    }

    /** Whether a server of the user's, of which it was said what it claims, is meant to be raced so. */
    private static boolean meant(TargetInfo info, Scenario scenario) {
        return info.kind() != TargetInfo.Kind.EXTERNAL
                || info.assumed()
                || info.claims().containsAll(scenario.capabilities());
    }

    /** A cell of its own, of a target that is not found on the class path, say. */
    public Cell cell(Scenario scenario, TargetProvider target) {
        planned++;
        return new Cell(scenario, target);
    }

    /** The names a setting selects; all when it is not set. */
    private List<String> known(String key, List<String> all) {
        List<String> wanted = settings.list(key);
        for (String name : wanted) {
            if (!all.contains(name)) {
                throw Providers.unknown(key, name, all);
            }
        }
        return wanted.isEmpty() ? all : wanted;
    }

    /** Runs a cell and reports it. Never throws for what the target, the network or the disk does. */
    public CellResult run(Cell cell) {
        CellResult result = spoken(result(cell));
        results.add(result);
        report(reporter -> reporter.cellFinished(result));
        Start start = targets.get(cell.provider());
        if (start != null && start.running() != null && !gone.containsKey(cell.provider())) {
            look(cell, result, start.running());
            // Its verdict is stored: what comes now is no part of a race.
            start.running().clean(false, stop::requested);
        }
        return result;
    }

    /** In the words that the user typed. */
    private CellResult spoken(CellResult result) {
        return new CellResult(
                result.scenario(),
                result.target(),
                result.status(),
                settings.spoken(result.sentence()),
                result.ran().orElse(null));
    }

    /** A server that died is not asked again: every further cell would wait for time-outs of its own. */
    private void look(Cell cell, CellResult result, RunningTarget running) {
        if (result.status() == CellResult.Status.VALID || result.status() == CellResult.Status.KNOWN) {
            return;
        }
        Pulse pulse = running.pulse();
        if (pulse.gone()) {
            gone.put(
                    cell.provider(),
                    pulse.sentence() + "; it was there until " + cell.scenario().id() + ", and was not asked again");
        }
    }

    private CellResult result(Cell cell) {
        TargetInfo info = cell.provider().info();
        if (stop.requested()) {
            return notRun(cell, CellResult.Status.UNAVAILABLE, stop.reason().orElseThrow());
        }
        Optional<Capability> unclaimed = cell.scenario().capabilities().stream()
                .filter(capability -> !info.claims().contains(capability))
                .findFirst();
        if (unclaimed.isPresent()) {
            return notRun(
                    cell,
                    CellResult.Status.NOT_RUN,
                    "the target does not claim " + unclaimed.get().label());
        }
        String dead = gone.get(cell.provider());
        if (dead != null) {
            return notRun(cell, CellResult.Status.UNAVAILABLE, dead);
        }
        Start start = targets.computeIfAbsent(cell.provider(), this::start);
        if (start.running() != null) {
            Map<Capability, String> refutedBefore = refuted.computeIfAbsent(cell.provider(), each -> new HashMap<>());
            CellRun run = new CellRun(
                    cell,
                    start.running(),
                    settings,
                    known,
                    runs,
                    seed,
                    budget,
                    stop,
                    Map.copyOf(refutedBefore),
                    inShapes.getOrDefault(cell.provider(), Set.of()),
                    progress -> report(reporter -> reporter.cellBegun(progress)));
            CellResult result = run.result();
            inShapes.put(cell.provider(), run.askedInShapes());
            run.refuted()
                    .ifPresent(capability -> refutedBefore.putIfAbsent(
                            capability,
                            "does not honour " + capability.label() + ", as "
                                    + cell.scenario().id() + " has found"));
            return result;
        }
        TargetUnavailableException failure = start.failure();
        if (failure == null) {
            throw new IllegalStateException("a start either runs or failed: target=" + info.name());
        }
        boolean required =
                !failure.expected() || settings.list("etalon.require").stream().anyMatch(info::isCalled);
        return notRun(
                cell,
                required ? CellResult.Status.UNAVAILABLE : CellResult.Status.NOT_RUN,
                String.valueOf(failure.getMessage()));
    }

    private static CellResult notRun(Cell cell, CellResult.Status status, String sentence) {
        return new CellResult(cell.scenario(), cell.provider().info(), status, sentence, null);
    }

    private Start start(TargetProvider provider) {
        String name = provider.info().name();
        try {
            Path work = WorkFolder.make(runs, name);
            works.add(work);
            return new Start(provider.start(new TargetProvider.Options(settings, work)), null);
        } catch (TargetUnavailableException e) {
            LOG.debug("target not available: {}", name, e);
            return new Start(null, e);
        } catch (IOException e) {
            return new Start(
                    null,
                    TargetUnavailableException.broken(
                            "No working folder for " + name + " could be made (" + e
                                    + "); free space there, or name another folder with etalon.runs.",
                            e));
        } catch (RuntimeException | LinkageError e) {
            return new Start(null, TargetUnavailableException.broken("Starting " + name + " failed: " + e, e));
        }
    }

    /** What the session did so far. */
    public SessionSummary summary() {
        return new SessionSummary(results, planned, seed, runs, stop.reason(), known.isPresent());
    }

    /** Ends the cell in hand after its current round, and begins no other. */
    public void stop(String reason) {
        stop.request(reason);
    }

    /** Stops the targets and reports the whole, with everything that was stored before. */
    @Override
    public void close() {
        List<String> left = new ArrayList<>();
        for (Start start : targets.values()) {
            RunningTarget running = start.running();
            if (running != null) {
                running.clean(true, stop::requested).ifPresent(left::add);
                try {
                    running.close();
                } catch (RuntimeException e) {
                    LOG.warn("a target could not be stopped: {}", running.url(), e);
                }
            }
        }
        if (!settings.keep()) {
            works.forEach(work -> WorkFolder.remove(work).ifPresent(left::add));
        }
        SessionSummary summary = summary();
        if (summary.planned() > 0) {
            store(summary);
            report(reporter -> reporter.sessionFinished(summary));
            left.forEach(sentence -> report(reporter -> reporter.leftBehind(sentence)));
            reports.write().ifPresent(entry -> report(reporter -> reporter.reportWritten(entry)));
        }
        interrupt.close();
    }

    /** What became of every cell: those that were not run leave no folder of their own. */
    private void store(SessionSummary summary) {
        List<StoredSession.Cell> cells = summary.cells().stream()
                .map(cell -> new StoredSession.Cell(
                        cell.scenario().id(),
                        cell.scenario().promise(),
                        cell.target().name(),
                        cell.target().kind().name(),
                        cell.target().protocol().name(),
                        cell.target().dialect().name(),
                        cell.ran()
                                .map(CellResult.Run::version)
                                .orElse(cell.target().product()),
                        cell.target().claims().stream()
                                .map(Capability::name)
                                .sorted()
                                .toList(),
                        cell.status().name(),
                        cell.sentence()))
                .toList();
        try {
            RunFolder.forSession(runs, begun, seed)
                    .writeJson(
                            RunFolder.SESSION,
                            new StoredSession(
                                    StoredSession.VERSION,
                                    begun.toString(),
                                    seed,
                                    summary.planned(),
                                    summary.interrupted().orElse(null),
                                    cells));
        } catch (IOException e) {
            LOG.warn("{}", e.getMessage());
        }
    }

    private interface Report {
        void to(Reporter reporter) throws Exception;
    }

    private void report(Report report) {
        for (Reporter reporter : reporters) {
            try {
                report.to(reporter);
            } catch (Exception e) {
                LOG.warn(
                        "{} could not report everything: {}",
                        reporter.getClass().getSimpleName(),
                        e.toString());
                LOG.debug("reporter failed", e);
            }
        }
    }
}
