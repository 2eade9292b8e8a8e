package dev.etalon.core.session;

import dev.etalon.core.conformance.Discovery;
import dev.etalon.core.conformance.Discovery.Discrepancy;
import dev.etalon.core.conformance.RuleRun;
import dev.etalon.core.conformance.RuleVerdict;
import dev.etalon.core.conformance.RuleVerdict.Status;
import dev.etalon.core.rule.Probe;
import dev.etalon.core.rule.Rule;
import dev.etalon.core.rule.RuleBook;
import dev.etalon.core.run.Stop;
import dev.etalon.core.store.RunFolder;
import dev.etalon.core.store.StoredRules;
import dev.etalon.core.target.RawClient;
import dev.etalon.core.target.RunningTarget;
import dev.etalon.core.target.Settings;
import dev.etalon.core.target.TargetInfo;
import dev.etalon.core.target.TargetProvider;
import dev.etalon.core.target.TargetUnavailableException;
import dev.etalon.core.target.UnknownNameException;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.ServiceLoader;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Puts the rules of the catalogue to targets, one target after the other. */
public final class RuleSession {
    private static final Logger LOG = LoggerFactory.getLogger(RuleSession.class);

    private final Settings settings;
    private final List<Rule> rules;
    private final List<TargetProvider> targets;
    private final List<Probe> probes;
    private final int repetitions;
    private final int load;
    private final Path runs;
    private final Map<TargetProvider, CompletableFuture<Report>> answered = new HashMap<>();
    private final ReportFolder reports;
    private final Optional<KnownFindings> knownToUser;

    /** What to ask of a target. */
    public enum Question {
        /** The chosen rules. */
        RULES,
        /** Which conditions it heeds on which operations. */
        CAPABILITIES
    }

    /**
     * What came of one target.
     *
     * @param target the target
     * @param version what answered; empty when nothing did
     * @param planned how many rules were to be put to it
     * @param verdicts one for each rule that was
     * @param discoveries what it does with each condition on each operation; empty when that was not asked
     * @param unavailable why it could not be asked, or not any more; empty when it could
     * @param lacking whether that is to be expected here and nobody required the target ({@code etalon.require})
     * @param endedEarly why fewer rules were asked than planned; empty when all were
     * @param folder where all this is stored; empty when nothing was asked, or the disk did not take it
     * @param accepted ids of the rules that are broken, as the user says is known ({@code etalon.known}), so that it passes
     * @param left what could not be removed from the target again, in one sentence; empty when nothing is left
     */
    public record Report(
            TargetInfo target,
            String version,
            int planned,
            List<RuleVerdict> verdicts,
            List<Discovery> discoveries,
            Optional<String> unavailable,
            boolean lacking,
            Optional<String> endedEarly,
            Optional<RunFolder> folder,
            Set<String> accepted,
            Optional<String> left) {
        public Report {
            verdicts = List.copyOf(verdicts);
            discoveries = List.copyOf(discoveries);
            accepted = Set.copyOf(accepted);
        }

        /** Of a target of which the user says nothing, and on which nothing is left. */
        public Report(
                TargetInfo target,
                String version,
                int planned,
                List<RuleVerdict> verdicts,
                List<Discovery> discoveries,
                Optional<String> unavailable,
                boolean lacking,
                Optional<String> endedEarly,
                Optional<RunFolder> folder) {
            this(
                    target,
                    version,
                    planned,
                    verdicts,
                    discoveries,
                    unavailable,
                    lacking,
                    endedEarly,
                    folder,
                    Set.of(),
                    Optional.empty());
        }

        private Report leaving(Optional<String> sentence) {
            return new Report(
                    target,
                    version,
                    planned,
                    verdicts,
                    discoveries,
                    unavailable,
                    lacking,
                    endedEarly,
                    folder,
                    accepted,
                    sentence);
        }

        /** Where claim and conduct do not agree. */
        public List<Discrepancy> discrepancies() {
            return discoveries.stream()
                    .flatMap(discovery -> discovery.against(target.claims()).stream())
                    .toList();
        }

        /** Whether the claims are what we take for granted of a server that nobody told us about. */
        public boolean assumed() {
            return target.assumed();
        }

        /**
         * How a command that made this report ends. A claim that is not kept counts where only capabilities were asked
         * for: where rules were, it is they that say whether the server is wrong.
         */
        public ExitCode exitCode() {
            if (endedEarly.isPresent()) {
                return ExitCode.INTERRUPTED;
            }
            boolean unkept =
                    planned == 0 && !assumed() && discrepancies().stream().anyMatch(Discrepancy::claimed);
            if (unkept
                    || verdicts.stream()
                            .anyMatch(verdict -> verdict.broken()
                                    && !accepted.contains(verdict.rule().id()))) {
                return ExitCode.ANOMALY;
            }
            if (unavailable.isPresent()) {
                return ExitCode.TARGET_UNAVAILABLE;
            }
            if (verdicts.stream().anyMatch(verdict -> verdict.status() == Status.UNDECIDED)
                    || discoveries.stream().anyMatch(discovery -> discovery.state() == Discovery.State.UNDECIDED)) {
                return ExitCode.UNDECIDED;
            }
            return verdicts.size() < planned ? ExitCode.FEWER_CELLS : ExitCode.VALID;
        }
    }

    /**
     * Plans a session.
     *
     * @param settings names the targets ({@code etalon.targets}), the rules ({@code etalon.rules}, ids or beginnings of
     *     ids), how often each is put to a target ({@code etalon.repetitions}), how many workers keep it busy when it is
     *     asked again ({@code etalon.load}), and where verdicts are stored ({@code etalon.runs})
     * @throws IllegalArgumentException with a sentence for the user when a setting makes no sense
     */
    public RuleSession(Settings settings) {
        this(settings, false);
    }

    private RuleSession(Settings settings, boolean everywhere) {
        this.settings = settings;
        this.rules = chosen(catalogue(), settings.list("etalon.rules"));
        this.probes = books().flatMap(book -> book.probes().stream()).toList();
        this.targets = chosenTargets(settings, everywhere);
        long times = settings.number("etalon.repetitions", RuleRun.REPETITIONS);
        if (times < 1 || times > Integer.MAX_VALUE) {
            throw new IllegalArgumentException("etalon.repetitions must be 1 or more: etalon.repetitions=" + times
                    + "; the default is " + RuleRun.REPETITIONS);
        }
        this.repetitions = (int) times;
        long workers = settings.number("etalon.load", RuleRun.LOAD);
        if (workers < 0 || workers > RuleRun.LOAD_MAX) {
            throw new IllegalArgumentException("etalon.load must be 0.." + RuleRun.LOAD_MAX
                    + " workers that keep the server busy: etalon.load=" + workers + "; the default is "
                    + RuleRun.LOAD + ", 0 is none");
        }
        this.load = (int) workers;
        this.runs = settings.runs();
        this.reports = new ReportFolder(settings, runs);
        this.knownToUser = KnownFindings.ofUser(settings);
    }

    /**
     * A session with every configured target where {@code etalon.targets} names none.
     *
     * @throws IllegalArgumentException with a sentence for the user when a setting makes no sense
     */
    public static RuleSession everywhere(Settings settings) {
        return new RuleSession(settings, true);
    }

    /** Every rule on the class path, in reading order. */
    public static List<Rule> catalogue() {
        return books().flatMap(book -> book.rules().stream()).toList();
    }

    /** What the ids that begin alike are about, by that beginning, in reading order. */
    public static Map<String, String> series() {
        Map<String, String> series = new LinkedHashMap<>();
        books().forEach(book -> series.putAll(book.series()));
        return series;
    }

    private static Stream<RuleBook> books() {
        return ServiceLoader.load(RuleBook.class).stream().map(ServiceLoader.Provider::get);
    }

    private static List<Rule> chosen(List<Rule> all, List<String> wanted) {
        for (String id : wanted) {
            if (all.stream().noneMatch(rule -> rule.id().startsWith(id))) {
                throw new UnknownNameException(
                        "etalon.rules must name rules or beginnings of their ids: etalon.rules=" + id
                                + "; etalon rules prints them",
                        id,
                        all.stream().map(Rule::id).toList());
            }
        }
        return all.stream()
                .filter(rule -> wanted.isEmpty() || wanted.stream().anyMatch(rule.id()::startsWith))
                .toList();
    }

    private static List<TargetProvider> chosenTargets(Settings settings, boolean everywhere) {
        List<TargetProvider> chosen = Providers.chosen(settings, "etalon.targets", Providers.configured(settings));
        return everywhere || !settings.list("etalon.targets").isEmpty() ? chosen : List.of();
    }

    /** The chosen rules. */
    public List<Rule> rules() {
        return rules;
    }

    /** The targets that were named. */
    public List<TargetProvider> targets() {
        return targets;
    }

    /** The chosen rules of a target's protocol. */
    public List<Rule> rules(TargetProvider provider) {
        return rules.stream()
                .filter(rule -> rule.protocol() == provider.info().protocol())
                .toList();
    }

    /** The name of a rule on a target, in tests. */
    public static String name(Rule rule, TargetProvider provider) {
        return RuleResult.name(rule, provider.info().name());
    }

    /**
     * What comes of a rule on a target, held against what is known of it. All chosen rules are put to all targets when the
     * first is wanted: to each target one after the other, to different targets at the same time, since most of the time of a
     * rule is spent waiting for a second of the server's date to be over. Not thread-safe.
     */
    public RuleResult result(Rule rule, TargetProvider provider) {
        if (answered.isEmpty()) {
            for (TargetProvider one : targets) {
                answered.put(one, CompletableFuture.supplyAsync(() -> ask(one), RuleSession::inThreadOfItsOwn));
            }
        }
        Report report = answered.computeIfAbsent(provider, one -> CompletableFuture.completedFuture(ask(one)))
                .join();
        KnownFindings known =
                KnownFindings.of(report.target(), provider.getClass().getClassLoader(), report.version(), knownToUser);
        return RuleResult.of(rule, report, known);
    }

    private static void inThreadOfItsOwn(Runnable task) {
        Thread thread = new Thread(task, "etalon-rules");
        thread.setDaemon(true);
        thread.start();
    }

    private Report ask(TargetProvider provider) {
        return run(provider, EnumSet.of(Question.RULES), verdict -> {}, new Stop());
    }

    /**
     * Puts the chosen rules of its protocol to a target, or asks what it does with conditions, and stores what came of it.
     *
     * @param questions what to ask
     * @param each told every verdict on a rule as it comes
     * @param stop asked between repetitions
     */
    public Report run(TargetProvider provider, Set<Question> questions, Consumer<RuleVerdict> each, Stop stop) {
        TargetInfo info = provider.info();
        List<Rule> planned = questions.contains(Question.RULES) ? rules(provider) : List.of();
        Path work;
        try {
            work = WorkFolder.make(runs, info.name() + "-rules");
        } catch (IOException e) {
            return unavailable(
                    info,
                    planned.size(),
                    "No working folder for " + info.name() + " could be made (" + e
                            + "); free space there, or name another folder with etalon.runs.",
                    false);
        }
        try {
            return run(provider, work, planned, questions, each, stop);
        } finally {
            if (!settings.keep()) {
                WorkFolder.remove(work).ifPresent(LOG::warn);
            }
        }
    }

    private Report run(
            TargetProvider provider,
            Path work,
            List<Rule> planned,
            Set<Question> questions,
            Consumer<RuleVerdict> each,
            Stop stop) {
        TargetInfo info = provider.info();
        try (RunningTarget target = provider.start(new TargetProvider.Options(settings, work))) {
            RawClient raw = target.raw().orElse(null);
            if (raw == null) {
                return unavailable(
                        info,
                        planned.size(),
                        info.name() + " takes no requests of any shape; rules need RunningTarget.raw.",
                        false);
            }
            WatchedClient client = new WatchedClient(raw, target::pulse);
            BooleanSupplier over = () -> stop.requested() || client.gone().isPresent();
            Instant begun = Instant.now();
            RuleRun run = new RuleRun(
                    client,
                    info.dialect(),
                    repetitions,
                    load,
                    Long.toString(begun.toEpochMilli(), Character.MAX_RADIX),
                    over);
            List<RuleVerdict> verdicts = new ArrayList<>();
            for (Rule rule : planned) {
                if (over.getAsBoolean()) {
                    break;
                }
                RuleVerdict verdict = run.run(rule);
                verdicts.add(verdict);
                each.accept(verdict);
                if (!over.getAsBoolean()) {
                    target.clean(false, stop::requested);
                }
            }
            List<Discovery> discoveries = new ArrayList<>();
            for (Probe probe : probes) {
                if (questions.contains(Question.CAPABILITIES)
                        && probe.rule().protocol() == info.protocol()
                        && !over.getAsBoolean()) {
                    discoveries.add(Discovery.of(probe, run.run(probe.rule())));
                }
            }
            StoredRules.Run asked = new StoredRules.Run(
                    begun.toString(),
                    Instant.now().toString(),
                    repetitions,
                    load,
                    planned.size(),
                    stop.reason().or(client::gone).orElse(null),
                    RuleRecord.environment(),
                    new RepeatCommand(info, target, settings).rules(settings.list("etalon.rules"), repetitions, load));
            Set<String> accepted = accepted(verdicts);
            Report report = new Report(
                    info,
                    target.version(),
                    planned.size(),
                    verdicts,
                    discoveries,
                    client.gone(),
                    false,
                    stop.reason(),
                    stored(begun, RuleRecord.of(info, target, asked, verdicts, discoveries, accepted)),
                    accepted,
                    Optional.empty());
            return report.leaving(target.clean(true, stop::requested));
        } catch (TargetUnavailableException e) {
            boolean lacking =
                    e.expected() && settings.list("etalon.require").stream().noneMatch(info::isCalled);
            return unavailable(info, planned.size(), String.valueOf(e.getMessage()), lacking);
        }
    }

    /** The rules that are broken as the user says is known. */
    private Set<String> accepted(List<RuleVerdict> verdicts) {
        return knownToUser
                .map(known -> verdicts.stream()
                        .filter(verdict ->
                                verdict.broken() && known.surprise(verdict).isEmpty())
                        .map(verdict -> verdict.rule().id())
                        .collect(Collectors.toSet()))
                .orElse(Set.of());
    }

    /**
     * Shows everything that is stored, of this session and of earlier ones, in {@code <runs>/report}.
     *
     * @return what a person opens first; empty when {@code etalon.reports} is {@code none}, or it could not be written
     */
    public Optional<Path> report() {
        return reports.write();
    }

    private Optional<RunFolder> stored(Instant begun, StoredRules verdicts) {
        try {
            RunFolder folder = RunFolder.forRules(runs, verdicts.target().name(), begun);
            folder.writeJson(RunFolder.RULES, verdicts);
            return Optional.of(folder);
        } catch (IOException e) {
            LOG.warn("{}", e.getMessage());
            return Optional.empty();
        }
    }

    private Report unavailable(TargetInfo info, int planned, String sentence, boolean lacking) {
        return new Report(
                info,
                "",
                planned,
                List.of(),
                List.of(),
                Optional.of(settings.spoken(sentence)),
                lacking,
                Optional.empty(),
                Optional.empty());
    }
}
