package dev.etalon.core.check;

import dev.etalon.core.model.Anomaly;
import dev.etalon.core.model.Finding;
import dev.etalon.core.model.History;
import dev.etalon.core.model.Operation;
import dev.etalon.core.model.Printable;
import dev.etalon.core.model.Version;
import dev.etalon.core.plan.Plan;
import dev.etalon.core.plan.RequestShape;
import dev.etalon.core.plan.RoundPlan;
import dev.etalon.core.plan.Versioning;
import dev.etalon.core.plan.Workload;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Writes a finding as the few lines a maintainer needs: who sent what, what came back, when, what follows, and what else
 * than the server may have answered so.
 */
public final class WitnessText {
    /** Where it matters how long the accepted writes were in flight together. */
    private static final Set<Anomaly> RACES =
            EnumSet.of(Anomaly.LOST_UPDATE, Anomaly.DUPLICATE_CREATE, Anomaly.STALE_SUCCESS);

    private static final String GUARD = "guard, one client, no race";

    /** Explanations quote whole tags, and a tag may be as long as a server likes. */
    private static final int EXPLANATION_CHARS_MAX = 1_000;

    private WitnessText() {}

    /** The text of one finding of a planned run, with a line break at its end. */
    public static String of(Finding finding, Plan plan, History history) {
        return text(finding, where(finding, plan) + "  [seed 0x" + Long.toHexString(plan.seed()) + "]", history);
    }

    /** The text of one finding in a history whose plan nobody has. */
    public static String of(Finding finding, History history) {
        return text(finding, finding.round() < 0 ? GUARD : "round=" + finding.round(), history);
    }

    /** What follows from the witness, with nothing in it that a server could have meant for a terminal. */
    public static String explanation(Finding finding) {
        return Printable.of(finding.explanation(), EXPLANATION_CHARS_MAX);
    }

    private static String text(Finding finding, String where, History history) {
        StringBuilder text = new StringBuilder();
        text.append(finding.anomaly().forbidden() ? "FORBIDDEN " : "INTERESTING ")
                .append(finding.anomaly().title().replace(' ', '-'))
                .append(" (")
                .append(finding.anomaly().code())
                .append(")  key=")
                .append(history.origin().keyName(finding.key()))
                .append(' ')
                .append(where)
                .append('\n');
        finding.witness().forEach(op -> text.append(line(op, history.origin())));
        text.append("  => ").append(explanation(finding)).append('\n');
        if (RACES.contains(finding.anomaly())) {
            overlap(finding.witness()).ifPresent(text::append);
        }
        consequences(finding).ifPresent(text::append);
        clocks(finding, history.clocks()).ifPresent(text::append);
        OtherCause.of(finding)
                .forEach(each ->
                        text.append("  or else: ").append(each.sentence()).append('\n'));
        return text.toString();
    }

    /** In which round it happened, how that was planned, and whether versions are kept there. */
    public static String where(Finding finding, Plan plan) {
        return planned(finding.round(), plan) + bucket(plan.versioning(finding.key()));
    }

    private static String planned(int round, Plan plan) {
        if (round < 0) {
            return GUARD + shape(plan.shape(round));
        }
        if (plan.workload() instanceof Workload.Rounds rounds
                && round < rounds.rounds().size()) {
            RoundPlan planned = rounds.rounds().get(round);
            return "round=" + round + "  strategy=" + planned.alignment().label() + "/"
                    + planned.racers().size() + " bodies=" + planned.bodyBytes() + " B"
                    + shape(planned.shape());
        }
        if (plan.workload() instanceof Workload.Samples samples) {
            return "sample=" + round + " of litmus test " + samples.test();
        }
        return "closed loop, " + plan.workload().concurrency() + " clients";
    }

    private static String shape(RequestShape shape) {
        return shape == RequestShape.PLAIN ? "" : " shape=" + shape.label();
    }

    private static String bucket(Versioning versioning) {
        return versioning == Versioning.OFF ? "" : " versioning=" + versioning.label();
    }

    private static String line(Operation op, History.Origin origin) {
        String line = String.format(
                Locale.ROOT,
                "  %-4s %s -> %s   [%s … %s]   %s",
                "w" + op.actor(),
                OperationText.request(op),
                OperationText.answer(op),
                seconds(op.startNs(), origin),
                op.answer() == null ? "never" : seconds(op.endNs(), origin),
                OperationText.said(op)
                        + (op.invocation().endpoint() > 0
                                ? "  endpoint " + op.invocation().endpoint()
                                : ""));
        return line.stripTrailing() + "\n";
    }

    private static String seconds(long ns, History.Origin origin) {
        return String.format(Locale.ROOT, "%.6f", (ns - origin.startNs()) / 1e9);
    }

    private static Optional<String> consequences(Finding finding) {
        int count = finding.consequences();
        return count == 0
                ? Optional.empty()
                : Optional.of("  consequences: " + count + (count == 1 ? " further answer" : " further answers")
                        + " on this key fell behind what had been shown\n");
    }

    /** What the times of different machines are worth. */
    private static Optional<String> clocks(Finding finding, History.Clocks clocks) {
        List<String> hosts = finding.witness().stream()
                .map(op -> op.host())
                .distinct()
                .filter(host -> host < clocks.hosts().size())
                .map(clocks.hosts()::get)
                .toList();
        return hosts.size() < 2
                ? Optional.empty()
                : Optional.of(String.format(
                        Locale.ROOT,
                        "  hosts %s · clock bound %.3f ms\n",
                        String.join(", ", hosts),
                        clocks.boundNs() / 1e6));
    }

    /** How long the accepted writes of the witness were in flight together. */
    private static Optional<String> overlap(List<Operation> witness) {
        // Who made what the others changed did not race with them.
        Set<Version> bases = witness.stream()
                .filter(op -> op.write() && op.conditional())
                .map(Operation::parent)
                .collect(Collectors.toSet());
        List<Operation> accepted = witness.stream()
                .filter(op -> op.write() && op.applied() && !bases.contains(op.version()))
                .collect(Collectors.toList());
        long hosts = accepted.stream().map(op -> op.host()).distinct().count();
        if (accepted.size() < 2 || hosts > 1) {
            return Optional.empty();
        }
        long from = accepted.stream().mapToLong(Operation::startNs).max().orElse(0);
        long to = accepted.stream().mapToLong(Operation::endNs).min().orElse(0);
        return Optional.of(
                to >= from
                        ? String.format(Locale.ROOT, "  overlap %.3f ms\n", (to - from) / 1e6)
                        : String.format(Locale.ROOT, "  no overlap: %.3f ms apart\n", (from - to) / 1e6));
    }
}
