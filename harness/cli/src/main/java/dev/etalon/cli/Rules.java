package dev.etalon.cli;

import dev.etalon.core.conformance.RuleText;
import dev.etalon.core.conformance.RuleVerdict;
import dev.etalon.core.conformance.RuleVerdict.Status;
import dev.etalon.core.rule.Rule;
import dev.etalon.core.session.ExitCode;
import dev.etalon.core.session.RuleSession;
import dev.etalon.core.target.Settings;
import dev.etalon.core.target.TargetProvider;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Prints the catalogue of sequential rules, or puts it to targets. */
@Command(
        name = "rules",
        description = {
            "Without a target, prints the rules that one client alone is owed, with level and source.",
            "With a target, puts each of them to it many times and prints what came of it."
        })
final class Rules implements Callable<Integer> {
    /** From the best end to the worst: a proof weighs more than a target that could not be asked. */
    private static final List<ExitCode> ENDS = List.of(
            ExitCode.VALID, ExitCode.FEWER_CELLS, ExitCode.UNDECIDED, ExitCode.TARGET_UNAVAILABLE, ExitCode.ANOMALY);

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

    @Option(names = "--repetitions", description = "how often each example is put to a target (default: 100)")
    private @Nullable String repetitions;

    @Option(names = "--details", description = "prints the examples of every rule: state, request and what is owed")
    private boolean details;

    @CommandLine.Mixin
    private final ServerOptions server = new ServerOptions();

    @Override
    public Integer call() {
        Map<String, String> flags = server.flags();
        ServerOptions.put(flags, "etalon.repetitions", repetitions);
        ServerOptions.put(flags, "etalon.rules", String.join(",", rules));
        ServerOptions.put(flags, "etalon.targets", server.targets(targets));
        RuleSession session = new RuleSession(Settings.ofProcess().with(flags));
        PrintWriter out = out();
        ExitCode worst = ExitCode.VALID;
        if (session.targets().isEmpty()) {
            print(out, session.rules());
        }
        for (TargetProvider target : session.targets()) {
            RuleSession.Report report = run(session, target, out);
            worst = ENDS.indexOf(report.exitCode()) > ENDS.indexOf(worst) ? report.exitCode() : worst;
        }
        out.flush();
        return worst.code();
    }

    private PrintWriter out() {
        if (spec == null) {
            throw new IllegalStateException("picocli injects the spec before it runs a command");
        }
        return spec.commandLine().getOut();
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

    private static RuleSession.Report run(RuleSession session, TargetProvider target, PrintWriter out) {
        out.println(target.info().name() + " (" + target.info().dialect().name() + ")");
        RuleSession.Report report = session.run(
                target,
                verdict -> {
                    out.println("  " + RuleText.row(verdict));
                    out.flush();
                },
                () -> false);
        report.unavailable().ifPresent(sentence -> out.println("  not asked: " + sentence));
        report.verdicts().forEach(verdict -> out.print(RuleText.witness(verdict)));
        Map<Status, Long> counts = new EnumMap<>(Status.class);
        report.verdicts().forEach(verdict -> counts.merge(verdict.status(), 1L, Long::sum));
        long broken = report.verdicts().stream().filter(RuleVerdict::broken).count();
        out.printf(
                Locale.ROOT,
                "%s %s: %d of %d rules asked, %d broken; %s%n",
                target.info().name(),
                report.version(),
                report.verdicts().size(),
                report.planned(),
                broken,
                counts);
        return report;
    }
}
