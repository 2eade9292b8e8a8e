package dev.etalon.cli;

import dev.etalon.core.conformance.CapabilityText;
import dev.etalon.core.conformance.RuleText;
import dev.etalon.core.conformance.RuleVerdict;
import dev.etalon.core.conformance.RuleVerdict.Status;
import dev.etalon.core.rule.Rule;
import dev.etalon.core.run.Stop;
import dev.etalon.core.session.ExitCode;
import dev.etalon.core.session.Interrupt;
import dev.etalon.core.session.KnownFindings;
import dev.etalon.core.session.RuleSession;
import dev.etalon.core.session.RuleSession.Question;
import dev.etalon.core.target.Settings;
import dev.etalon.core.target.TargetProvider;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Prints the catalogue of sequential rules, or puts it to targets. */
@Command(
        name = "rules",
        description = {
            "Without a target, prints the series of rules that one client alone is owed; with --rule, those, with level and source.",
            "With a target, puts each of them to it many times, at rest and under load, and prints what came of it.",
            "Without --rule, also finds out which conditions it heeds on which operations."
        })
final class Rules implements Callable<Integer> {
    /** From the best end to the worst: a proof weighs more than a target that could not be asked. */
    private static final List<ExitCode> ENDS = List.of(
            ExitCode.VALID,
            ExitCode.FEWER_CELLS,
            ExitCode.UNDECIDED,
            ExitCode.TARGET_UNAVAILABLE,
            ExitCode.ANOMALY,
            ExitCode.INTERRUPTED);

    @CommandLine.Spec
    private CommandLine.Model.@Nullable CommandSpec spec;

    @Option(
            names = "--target",
            paramLabel = "NAME",
            description = "bundled target to ask; may be repeated (see: etalon targets)")
    private List<String> targets = new ArrayList<>();

    @Option(
            names = "--rule",
            paramLabel = "ID",
            description = "rule, or beginning of ids (IM-, P); may be repeated; default: all")
    private List<String> rules = new ArrayList<>();

    @Option(
            names = "--repetitions",
            description = "how often each example is put to a target, at rest and again under load (default: 100)")
    private @Nullable String repetitions;

    @Option(
            names = "--load",
            paramLabel = "WORKERS",
            description =
                    "how many requests at a time keep the server busy when it is asked again; 0 for none (default: 2)")
    private @Nullable String load;

    @Option(
            names = "--capabilities",
            description =
                    "only finds out which conditions the target heeds on which operations, unless --rule asks more")
    private boolean capabilities;

    @Option(names = "--runs", paramLabel = "DIR", description = "where run folders go (default: target/etalon)")
    private @Nullable String runs;

    @Option(names = "--keep", description = "leaves what it makes on the server and on this machine")
    private boolean keep;

    @Option(names = "--details", description = "prints the examples of every rule: state, request and what is owed")
    private boolean details;

    @CommandLine.Mixin
    private final ServerOptions server = new ServerOptions();

    @Override
    public Integer call() {
        Map<String, String> flags = server.flags();
        ServerOptions.put(flags, "etalon.repetitions", repetitions);
        ServerOptions.put(flags, "etalon.load", load);
        ServerOptions.put(flags, "etalon.runs", runs);
        ServerOptions.put(flags, "etalon.keep", keep ? "true" : null);
        ServerOptions.put(flags, "etalon.rules", String.join(",", rules));
        ServerOptions.put(flags, "etalon.targets", server.targets(targets));
        Settings settings = ServerOptions.settings(spec(), flags);
        RuleSession session = new RuleSession(settings);
        PrintWriter out = out();
        ExitCode worst = ExitCode.VALID;
        if (session.targets().isEmpty()) {
            if (rules.isEmpty() && !details) {
                printSeries(out);
            } else {
                print(out, session.rules());
            }
        }
        server.checkWriteKnown(
                session.targets().stream().map(target -> target.info().name()));
        Set<Question> questions = questions(settings.list("etalon.rules").isEmpty());
        boolean stored = false;
        Stop stop = new Stop();
        // Closed when everything is printed: until then Ctrl-C has to wait.
        try (Interrupt interrupt = new Interrupt(stop)) {
            for (TargetProvider target : session.targets()) {
                if (!stop.requested()) {
                    RuleSession.Report report = run(session, target, questions, stop, out);
                    server.writeKnown()
                            .ifPresent(file -> KnownFindings.broken(report).addTo(file));
                    worst = ENDS.indexOf(report.exitCode()) > ENDS.indexOf(worst) ? report.exitCode() : worst;
                    stored |= report.folder().isPresent();
                }
            }
            if (stored) {
                out.flush();
                session.report().ifPresent(entry -> out.println("Report: " + entry));
            }
            out.flush();
        }
        return worst.code();
    }

    private Set<Question> questions(boolean allRules) {
        if (capabilities) {
            return allRules ? EnumSet.of(Question.CAPABILITIES) : EnumSet.allOf(Question.class);
        }
        return allRules ? EnumSet.allOf(Question.class) : EnumSet.of(Question.RULES);
    }

    private CommandLine.Model.CommandSpec spec() {
        if (spec == null) {
            throw new IllegalStateException("picocli injects the spec before it runs a command");
        }
        return spec;
    }

    private PrintWriter out() {
        return spec().commandLine().getOut();
    }

    /** A screen: two hundred rules are for those who ask for them. */
    private static void printSeries(PrintWriter out) {
        List<Rule> all = RuleSession.catalogue();
        out.println(all.size()
                + " rules, in series. Those of a series: rules --rule IM-   One with its examples: rules --rule"
                + " IM-02 --details   All: rules --details");
        RuleSession.series().forEach((beginning, subject) -> {
            List<Rule> rules = all.stream()
                    .filter(rule -> rule.id().matches(beginning + "\\d+"))
                    .toList();
            out.printf(
                    Locale.ROOT,
                    "%-4s %-5s %2d rules  %s%n",
                    rules.get(0).protocol(),
                    beginning,
                    rules.size(),
                    subject);
        });
    }

    private void print(PrintWriter out, List<Rule> all) {
        for (Rule rule : all) {
            if (details) {
                out.println(RuleText.of(rule));
            } else {
                out.println(RuleText.row(rule));
            }
        }
    }

    private static RuleSession.Report run(
            RuleSession session, TargetProvider target, Set<Question> questions, Stop stop, PrintWriter out) {
        String name = target.info().name();
        out.println(name + " (" + target.info().dialect().name() + ")");
        Map<String, String> said = new HashMap<>();
        RuleSession.Report report = session.run(
                target,
                questions,
                verdict -> {
                    out.println("  " + RuleText.row(sayingItOnce(verdict, said)));
                    out.flush();
                },
                stop);
        report.unavailable()
                .ifPresent(sentence ->
                        out.println((report.verdicts().isEmpty() ? "  not asked: " : "  no more asked: ") + sentence));
        report.verdicts().forEach(verdict -> out.print(RuleText.witness(verdict)));
        if (!report.discoveries().isEmpty()) {
            out.println("What " + name + " does with conditions:");
            out.print(CapabilityText.table(report.discoveries()));
            out.print(CapabilityText.discrepancies(report.discrepancies(), report.assumed()));
        }
        report.endedEarly().ifPresent(reason -> out.println("ended early: " + reason));
        report.left().ifPresent(out::println);
        report.folder().ifPresent(folder -> out.println("stored: " + folder.rules()));
        if (questions.contains(Question.RULES)) {
            out.println(counted(report));
        }
        return report;
    }

    /** Why a rule was not asked is told in full of the first one, and by that one's id of the others. */
    private static RuleVerdict sayingItOnce(RuleVerdict verdict, Map<String, String> said) {
        String first = said.putIfAbsent(verdict.sentence(), verdict.rule().id());
        return first == null || !verdict.examples().isEmpty()
                ? verdict
                : new RuleVerdict(verdict.rule(), verdict.status(), "as " + first, List.of());
    }

    private static String counted(RuleSession.Report report) {
        Map<Status, Long> counts = new EnumMap<>(Status.class);
        report.verdicts().stream()
                .filter(verdict -> !verdict.differs())
                .forEach(verdict -> counts.merge(verdict.status(), 1L, Long::sum));
        Map<String, Long> named = new LinkedHashMap<>();
        counts.forEach((status, count) -> named.put(status.name(), count));
        long differs = report.verdicts().stream().filter(RuleVerdict::differs).count();
        if (differs > 0) {
            named.put("DIFFERS", differs);
        }
        long broken = report.verdicts().stream().filter(RuleVerdict::broken).count();
        return String.format(
                Locale.ROOT,
                "%s %s: %d of %d rules asked, %d broken%s; %s",
                report.target().name(),
                report.version(),
                report.verdicts().size(),
                report.planned(),
                broken,
                report.accepted().isEmpty() ? "" : " (" + report.accepted().size() + " of them known)",
                named);
    }
}
