package dev.etalon.cli;

import dev.etalon.core.check.LaneText;
import dev.etalon.core.check.Lanes;
import dev.etalon.core.check.OutcomeText;
import dev.etalon.core.check.StrategyText;
import dev.etalon.core.check.WitnessText;
import dev.etalon.core.model.Finding;
import dev.etalon.core.model.History;
import dev.etalon.core.model.Operation;
import dev.etalon.core.model.Verdict;
import dev.etalon.core.store.StoredRun;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What is printed of one judged history. */
final class JudgementText {
    private JudgementText() {}

    /** A way to draw a witness. */
    enum Drawn {
        /** With the signs that terminals have for lines. */
        LINES,
        /** With ASCII alone. */
        ASCII;

        private String of(Lanes lanes, History.Origin origin) {
            return this == LINES ? LaneText.of(lanes, origin) : LaneText.ascii(lanes, origin);
        }
    }

    /**
     * The text, with a line break at its end.
     *
     * @param name what the user called it
     * @param run the history and what lies beside it
     * @param verdict what follows from it
     * @param differences from the verdict of its run; empty when there is none to compare with
     * @param witnessesMax how many witnesses to print
     * @param lanes how to draw each of them; empty to leave it at words
     */
    static String of(
            String name,
            StoredRun run,
            Verdict verdict,
            Optional<List<String>> differences,
            int witnessesMax,
            Optional<Drawn> lanes) {
        StringBuilder text = new StringBuilder(name).append('\n');
        History history = run.history();
        History.Origin origin = history.origin();
        if (!origin.scenario().isEmpty()) {
            line(text, "recorded", (origin.scenario() + " on " + origin.target() + " " + origin.startedAt()).strip());
        }
        line(text, "operations", counts(history));
        if (history.clocks().several()) {
            line(
                    text,
                    "clocks",
                    String.join(", ", history.clocks().hosts())
                            + String.format(
                                    Locale.ROOT,
                                    ", at most %.6f ms apart",
                                    history.clocks().boundNs() / 1e6));
        }
        run.plan()
                .ifPresent(plan -> line(
                        text,
                        "raced",
                        verdict.rounds().raced() + " of " + verdict.rounds().planned() + " "
                                + plan.workload().unit()));
        line(text, "verdict", verdict.status() + ": " + sentence(verdict));
        differences.ifPresent(list -> line(
                text,
                "compared",
                list.isEmpty() ? "same verdict as the run" : "differs from the run: " + String.join("; ", list)));
        verdict.reservations().forEach(reservation -> line(text, "reservation", reservation));
        verdict.notJudged().forEach((reason, count) -> line(text, "not judged", count + " × " + reason));
        text.append(OutcomeText.of(verdict.rounds()));
        text.append(StrategyText.of(verdict.rounds()));
        List<Finding> findings = Stream.concat(verdict.findings().stream(), verdict.remarks().stream())
                .toList();
        for (Finding finding : findings.subList(0, Math.min(witnessesMax, findings.size()))) {
            text.append(run.plan()
                    .map(plan -> WitnessText.of(finding, plan, history))
                    .orElseGet(() -> WitnessText.of(finding, history)));
            lanes.ifPresent(drawn -> text.append(drawn.of(Lanes.of(finding, history), history.origin())));
        }
        if (findings.size() > witnessesMax) {
            text.append("witnesses shown: ")
                    .append(witnessesMax)
                    .append(" of ")
                    .append(findings.size())
                    .append("; --witnesses ")
                    .append(findings.size())
                    .append(" shows all\n");
        }
        return text.toString();
    }

    private static void line(StringBuilder text, String name, String value) {
        text.append(String.format(Locale.ROOT, "  %-12s %s\n", name, value));
    }

    private static String counts(History history) {
        List<Operation> operations = history.operations();
        Set<Integer> keys = new HashSet<>();
        Set<Integer> clients = new HashSet<>();
        int unknown = 0;
        for (Operation op : operations) {
            keys.add(op.key());
            clients.add(op.actor());
            unknown += op.unknown() ? 1 : 0;
        }
        return operations.size() + ", keys " + keys.size() + ", clients " + clients.size() + ", outcome unknown "
                + unknown;
    }

    private static String sentence(Verdict verdict) {
        return switch (verdict.status()) {
            case VALID -> "nothing forbidden was seen" + verdict.unjudged();
            case UNDECIDED -> "no anomaly, but something keeps it from being a pass";
            case VIOLATION ->
                verdict.counts().entrySet().stream()
                        .map(entry -> entry.getKey().label() + " ×" + entry.getValue())
                        .collect(Collectors.joining(", "));
        };
    }
}
