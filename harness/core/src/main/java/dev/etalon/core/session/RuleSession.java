package dev.etalon.core.session;

import dev.etalon.core.conformance.RuleRun;
import dev.etalon.core.conformance.RuleVerdict;
import dev.etalon.core.conformance.RuleVerdict.Status;
import dev.etalon.core.rule.Rule;
import dev.etalon.core.rule.RuleBook;
import dev.etalon.core.target.RawClient;
import dev.etalon.core.target.RunningTarget;
import dev.etalon.core.target.Settings;
import dev.etalon.core.target.TargetInfo;
import dev.etalon.core.target.TargetProvider;
import dev.etalon.core.target.TargetUnavailableException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.ServiceLoader;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;

/** Puts the rules of the catalogue to targets, one target after the other. */
public final class RuleSession {
    private final Settings settings;
    private final List<Rule> rules;
    private final List<TargetProvider> targets;
    private final int repetitions;

    /**
     * What came of one target.
     *
     * @param target the target
     * @param version what answered; empty when nothing did
     * @param planned how many rules were to be put to it
     * @param verdicts one for each rule that was
     * @param unavailable why it could not be asked; empty when it could
     */
    public record Report(
            TargetInfo target, String version, int planned, List<RuleVerdict> verdicts, Optional<String> unavailable) {
        public Report {
            verdicts = List.copyOf(verdicts);
        }

        /** How a command that made this report ends. */
        public ExitCode exitCode() {
            if (verdicts.stream().anyMatch(RuleVerdict::broken)) {
                return ExitCode.ANOMALY;
            }
            if (unavailable.isPresent()) {
                return ExitCode.TARGET_UNAVAILABLE;
            }
            if (verdicts.stream().anyMatch(verdict -> verdict.status() == Status.UNDECIDED)) {
                return ExitCode.UNDECIDED;
            }
            return verdicts.size() < planned ? ExitCode.FEWER_CELLS : ExitCode.VALID;
        }
    }

    /**
     * Plans a session.
     *
     * @param settings names the targets ({@code etalon.targets}), the rules ({@code etalon.rules}, ids or beginnings of
     *     ids) and how often each is put to a target ({@code etalon.repetitions})
     * @throws IllegalArgumentException with a sentence for the user when a setting makes no sense
     */
    public RuleSession(Settings settings) {
        this.settings = settings;
        this.rules = chosen(catalogue(), settings.list("etalon.rules"));
        this.targets = chosenTargets(settings);
        long times = settings.number("etalon.repetitions", RuleRun.REPETITIONS);
        if (times < 1 || times > Integer.MAX_VALUE) {
            throw new IllegalArgumentException("etalon.repetitions must be 1 or more: etalon.repetitions=" + times
                    + "; the default is " + RuleRun.REPETITIONS);
        }
        this.repetitions = (int) times;
    }

    /** Every rule on the class path, in reading order. */
    public static List<Rule> catalogue() {
        List<Rule> all = new ArrayList<>();
        ServiceLoader.load(RuleBook.class).forEach(book -> all.addAll(book.rules()));
        return all;
    }

    private static List<Rule> chosen(List<Rule> all, List<String> wanted) {
        for (String id : wanted) {
            if (all.stream().noneMatch(rule -> rule.id().startsWith(id))) {
                throw new IllegalArgumentException(
                        "etalon.rules must name rules or beginnings of their ids: etalon.rules=" + id
                                + "; etalon rules prints them");
            }
        }
        return all.stream()
                .filter(rule -> wanted.isEmpty() || wanted.stream().anyMatch(rule.id()::startsWith))
                .toList();
    }

    private static List<TargetProvider> chosenTargets(Settings settings) {
        List<TargetProvider> providers = new ArrayList<>();
        ServiceLoader.load(TargetProvider.class).forEach(provider -> {
            if (provider.configured(settings)) {
                providers.add(provider);
            }
        });
        List<String> wanted = settings.list("etalon.targets");
        List<String> names =
                providers.stream().map(provider -> provider.info().name()).toList();
        for (String name : wanted) {
            if (!names.contains(name)) {
                throw new IllegalArgumentException(
                        "etalon.targets must name some of " + String.join(", ", names) + ": etalon.targets=" + name);
            }
        }
        return providers.stream()
                .filter(provider -> wanted.contains(provider.info().name()))
                .toList();
    }

    /** The chosen rules. */
    public List<Rule> rules() {
        return rules;
    }

    /** The targets that were named. */
    public List<TargetProvider> targets() {
        return targets;
    }

    /**
     * Puts the chosen rules of its protocol to a target.
     *
     * @param each told every verdict as it comes
     * @param stop asked between repetitions
     */
    public Report run(TargetProvider provider, Consumer<RuleVerdict> each, BooleanSupplier stop) {
        TargetInfo info = provider.info();
        List<Rule> planned = rules.stream()
                .filter(rule -> rule.protocol() == info.protocol())
                .toList();
        Path work = Path.of(settings.get("etalon.runs", "target/etalon"))
                .toAbsolutePath()
                .normalize()
                .resolve(".targets")
                .resolve(info.name() + "-rules-" + ProcessHandle.current().pid());
        try {
            Files.createDirectories(work);
        } catch (IOException e) {
            return unavailable(
                    info,
                    planned.size(),
                    "No working folder for " + info.name() + " could be made (" + e
                            + "); free space there, or name another folder with etalon.runs.");
        }
        try (RunningTarget target = provider.start(new TargetProvider.Options(settings, work))) {
            RawClient client = target.raw().orElse(null);
            if (client == null) {
                return unavailable(
                        info,
                        planned.size(),
                        info.name() + " takes no requests of any shape; rules need RunningTarget.raw.");
            }
            RuleRun run = new RuleRun(
                    client,
                    info.dialect(),
                    repetitions,
                    Long.toString(System.currentTimeMillis(), Character.MAX_RADIX),
                    stop);
            List<RuleVerdict> verdicts = new ArrayList<>();
            for (Rule rule : planned) {
                if (stop.getAsBoolean()) {
                    break;
                }
                RuleVerdict verdict = run.run(rule);
                verdicts.add(verdict);
                each.accept(verdict);
            }
            return new Report(info, target.version(), planned.size(), verdicts, Optional.empty());
        } catch (TargetUnavailableException e) {
            return unavailable(info, planned.size(), String.valueOf(e.getMessage()));
        }
    }

    private static Report unavailable(TargetInfo info, int planned, String sentence) {
        return new Report(info, "", planned, List.of(), Optional.of(sentence));
    }
}
