package dev.etalon.reports.console;

import dev.etalon.core.check.StrategyText;
import dev.etalon.core.check.WitnessText;
import dev.etalon.core.model.Anomaly;
import dev.etalon.core.model.Finding;
import dev.etalon.core.model.Invocation;
import dev.etalon.core.model.Method;
import dev.etalon.core.model.Operation;
import dev.etalon.core.model.RoundTally;
import dev.etalon.core.model.Timing;
import dev.etalon.core.plan.Capability;
import dev.etalon.core.plan.RequestShape;
import dev.etalon.core.plan.Workload;
import dev.etalon.core.session.CellResult;
import dev.etalon.core.session.SessionSummary;
import dev.etalon.reports.html.Mark;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** The closing table as text: a matrix for ten seconds, a line per cell, a witness per target and anomaly. */
final class SummaryText {
    private static final String LEGEND = """

            ✓ valid: all planned was raced, nothing forbidden seen   ✗ anomaly, known   ✗! anomaly, new   ? undecided
            – not run, as is to be expected here   –! not run, though it should have been

            """;

    /** Operations of S3 that its users can do without. */
    private static final Set<Method> OTHER_WAYS = EnumSet.of(Method.COPY, Method.COMPLETE, Method.DELETE_OBJECTS);

    private SummaryText() {}

    static String of(SessionSummary session) {
        StringBuilder text = new StringBuilder();
        text.append("\nEtalon · does it keep the promise of If-Match? · seed 0x")
                .append(Long.toHexString(session.seed()))
                .append("\n\n");
        matrix(text, session);
        text.append(LEGEND);
        cells(text, session);
        shapes(text, session);
        notRun(text, session);
        witnesses(text, session);
        footer(text, session);
        return text.toString();
    }

    /**
     * One line for one cell, while others are still to come.
     *
     * @param said why cells of a target were not run, as far as that was said; grows
     */
    static String line(CellResult cell, Set<String> said) {
        boolean again = cell.ran().isEmpty() && !said.add(cell.target().name() + ": " + cell.sentence());
        return again ? line(cell, "as before") : line(cell, cell.sentence());
    }

    private static String line(CellResult cell, String notRun) {
        return String.format(
                "%-2s %s: %s",
                Mark.ofCell(cell.status().name()).sign(),
                cell.name(),
                cell.ran().map(run -> found(cell, run, run.verdict().rounds())).orElse(notRun));
    }

    /** The same with signs of ASCII only, for consoles that know no others. */
    static String plain(String text) {
        return text.replace('✓', '+')
                .replace('✗', 'x')
                .replace('–', '-')
                .replace('×', 'x')
                .replace('·', '-')
                .replace('µ', 'u')
                .replace("…", "..")
                .replace("≤", "<=");
    }

    private static void matrix(StringBuilder text, SessionSummary session) {
        Map<String, Map<String, String>> rows = new LinkedHashMap<>();
        Set<String> columns = new java.util.LinkedHashSet<>();
        for (CellResult cell : session.cells()) {
            String column = cell.scenario().id().substring(cell.scenario().id().indexOf('/') + 1);
            columns.add(column);
            rows.computeIfAbsent(cell.target().name(), name -> new TreeMap<>())
                    .put(column, Mark.ofCell(cell.status().name()).sign());
        }
        List<List<String>> table = new ArrayList<>();
        List<String> head = new ArrayList<>(List.of("target"));
        head.addAll(columns);
        table.add(head);
        rows.forEach((target, marks) -> {
            List<String> row = new ArrayList<>(List.of(target));
            columns.forEach(column -> row.add(marks.getOrDefault(column, "")));
            table.add(row);
        });
        print(text, table);
    }

    private static void cells(StringBuilder text, SessionSummary session) {
        List<List<String>> table = new ArrayList<>();
        table.add(List.of(
                "",
                "target",
                "scenario",
                "raced",
                "winners per round",
                "losers",
                "same outcome",
                "aligned within",
                "what was found"));
        for (CellResult cell : session.cells()) {
            cell.ran().ifPresent(run -> {
                RoundTally tally = run.verdict().rounds();
                table.add(List.of(
                        Mark.ofCell(cell.status().name()).sign(),
                        cell.target().name(),
                        cell.scenario().id(),
                        tally.raced() + "/" + tally.planned(),
                        winners(run, tally),
                        histogram(tally.losers()),
                        tally.shapes().isEmpty() ? "" : same(tally),
                        aligned(tally.timing()),
                        found(cell, run, tally)));
            });
        }
        if (table.size() > 1) {
            print(text, table);
        }
    }

    /** How the requests of rounds looked, for each target that was sent others than plain ones. */
    private static void shapes(StringBuilder text, SessionSummary session) {
        Map<String, Set<RequestShape>> shapes = new LinkedHashMap<>();
        for (CellResult cell : session.cells()) {
            cell.ran().ifPresent(run -> {
                Set<RequestShape> sent =
                        shapes.computeIfAbsent(cell.target().name(), target -> EnumSet.noneOf(RequestShape.class));
                if (run.plan().workload() instanceof Workload.Rounds rounds) {
                    rounds.rounds().forEach(round -> sent.add(round.shape()));
                }
                // What the guard asked came first.
                run.history().operations().stream()
                        .takeWhile(op -> op.round() < 0)
                        .forEach(op -> sent.add(run.plan().shape(op.round())));
            });
        }
        shapes.values().removeIf(sent -> EnumSet.of(RequestShape.PLAIN).containsAll(sent));
        shapes.forEach((target, sent) -> text.append('\n')
                .append(target)
                .append(" was sent requests of these shapes in turn: ")
                .append(sent.stream().map(RequestShape::label).collect(Collectors.joining(", "))));
        if (!shapes.isEmpty()) {
            text.append('\n');
        }
        reads(text, session);
    }

    /** How each target was read, if otherwise than by GET too. */
    private static void reads(StringBuilder text, SessionSummary session) {
        Map<String, Set<Method>> reads = new LinkedHashMap<>();
        session.cells()
                .forEach(cell -> cell.ran()
                        .ifPresent(run -> run.history().operations().stream()
                                .map(Operation::method)
                                .filter(Method::reads)
                                .forEach(reads.computeIfAbsent(
                                        cell.target().name(), target -> EnumSet.noneOf(Method.class))::add)));
        reads.values().removeIf(Set.of(Method.GET)::containsAll);
        reads.forEach((target, ways) -> text.append(target)
                .append(" was read in these ways in turn: ")
                .append(ways.stream().map(SummaryText::way).collect(Collectors.joining(", ")))
                .append('\n'));
    }

    private static String way(Method read) {
        return switch (read) {
            case GET_RANGE -> "GET of a range";
            case HEAD -> "HEAD under If-None-Match";
            default -> "GET, also under If-None-Match";
        };
    }

    /** {@code 1×84 2×20} reads: 84 rounds with one winner, 20 with two. */
    private static String winners(CellResult.Run run, RoundTally tally) {
        if (run.plan().workload() instanceof Workload.Counter) {
            return tally.raced() + " acknowledged, " + tally.lost() + " lost";
        }
        if (run.plan().workload() instanceof Workload.FreeRun free) {
            return free.clients() + " clients, " + free.keys() + " keys at a time";
        }
        return tally.winners().entrySet().stream()
                .map(entry -> entry.getKey() + "×" + entry.getValue())
                .collect(Collectors.joining(" "));
    }

    /** In how many of the rounds the most frequent outcome was seen; 100 % is said of all of them only. */
    private static String same(RoundTally tally) {
        return (int) Math.floor(100 * tally.determinism()) + " %";
    }

    private static String histogram(Map<Integer, Integer> statuses) {
        return statuses.entrySet().stream()
                .map(entry -> (entry.getKey() == 0 ? "none" : entry.getKey()) + "×" + entry.getValue())
                .collect(Collectors.joining(" "));
    }

    /** {@code 29/54 µs} reads: half the rounds within 29 µs, nine of ten within 54. */
    private static String aligned(Timing timing) {
        return timing.measured()
                ? String.format(Locale.ROOT, "%.0f/%.0f µs", timing.p50Ns() / 1e3, timing.p90Ns() / 1e3)
                : "";
    }

    private static String found(CellResult cell, CellResult.Run run, RoundTally tally) {
        if (cell.status() != CellResult.Status.VALID) {
            return cell.sentence();
        }
        String remark = cell.sentence().contains(";")
                ? cell.sentence().substring(cell.sentence().indexOf(';'))
                : "";
        return String.format(
                        Locale.ROOT,
                        "clean: 0 of %d %s, under %.1f %% at 95 %%%s",
                        tally.raced(),
                        run.plan().workload().unit(),
                        100 * tally.bound(),
                        tally.timing().measured() ? "; " + StrategyText.of(tally.timing()) : "")
                + remark;
    }

    private static void notRun(StringBuilder text, SessionSummary session) {
        Map<String, List<String>> reasons = new LinkedHashMap<>();
        for (CellResult cell : session.cells()) {
            if (cell.ran().isEmpty()) {
                reasons.computeIfAbsent(
                                Mark.ofCell(cell.status().name()).sign() + " "
                                        + cell.target().name() + " was not run: " + cell.sentence(),
                                reason -> new ArrayList<>())
                        .add(cell.scenario().id());
            }
        }
        if (!reasons.isEmpty()) {
            text.append('\n');
            reasons.forEach((reason, scenarios) -> text.append(reason)
                    .append(" (")
                    .append(scenarios.size())
                    .append(scenarios.size() == 1 ? " cell)\n" : " cells)\n"));
        }
    }

    /** What is shown of a cell. */
    private record Shown(CellResult cell, CellResult.Run run, Finding finding) {
        String target() {
            return cell.target().name();
        }

        Operation accused() {
            return finding.witness().get(finding.witness().size() - 1);
        }

        /** Whether it is about an operation of S3 that its users can do without: a line is enough. */
        boolean ofAnotherWayToWrite() {
            return finding.anomaly() == Anomaly.CONDITION_IGNORED
                    && OTHER_WAYS.contains(accused().invocation().method());
        }

        /** Lost data first, then other broken promises, last what is not there. */
        int rank() {
            if (finding.anomaly().dimension() == Anomaly.Dimension.CAPABILITY) {
                return 2;
            }
            return finding.anomaly().severity() == Anomaly.Severity.S1 ? 0 : 1;
        }
    }

    /** A witness of each anomaly of a target, the worst first; of operations that ignore conditions a line each. */
    private static void witnesses(StringBuilder text, SessionSummary session) {
        Map<String, List<Shown>> targets = new LinkedHashMap<>();
        for (CellResult cell : session.cells()) {
            cell.ran()
                    .ifPresent(run -> run.verdict().findings().forEach(finding -> {
                        Shown shown = new Shown(cell, run, finding);
                        targets.computeIfAbsent(shown.target(), target -> new ArrayList<>())
                                .add(shown);
                    }));
        }
        targets.forEach((target, all) -> {
            Set<Anomaly> said = EnumSet.noneOf(Anomaly.class);
            all.stream()
                    .filter(shown -> !shown.ofAnotherWayToWrite()
                            && said.add(shown.finding().anomaly()))
                    .sorted(Comparator.comparingInt(Shown::rank))
                    .forEach(shown -> witness(text, shown));
            List<String> ignored = all.stream()
                    .filter(Shown::ofAnotherWayToWrite)
                    .map(SummaryText::ignored)
                    .distinct()
                    .toList();
            if (!ignored.isEmpty()) {
                text.append("\ncapability of ").append(target).append('\n');
                ignored.forEach(line -> text.append("  ").append(line).append('\n'));
            }
        });
    }

    private static void witness(StringBuilder text, Shown shown) {
        text.append('\n')
                .append(shown.target())
                .append(", ")
                .append(shown.run().version())
                .append(", ")
                .append(shown.cell().scenario().id())
                .append('\n')
                .append(WitnessText.of(
                        shown.finding(), shown.run().plan(), shown.run().history()));
    }

    /** {@code CopyObject If-Match is ignored: answered 200 (A17, s3/copy)}. */
    private static String ignored(Shown shown) {
        Invocation asked = shown.accused().invocation();
        String label = Arrays.stream(Capability.values())
                .filter(capability -> capability.method() == asked.method()
                        && capability.condition() == asked.precondition().kind())
                .findFirst()
                .map(Capability::label)
                .orElse(asked.method() + " with a condition");
        return label + " is ignored: answered " + shown.accused().status() + " ("
                + shown.finding().anomaly().code() + ", "
                + shown.cell().scenario().id() + ")";
    }

    private static void footer(StringBuilder text, SessionSummary session) {
        text.append('\n');
        session.interrupted()
                .ifPresent(reason ->
                        text.append("The session ended early (").append(reason).append("). "));
        text.append(session.planned())
                .append(" cells planned: ")
                .append(session.count(CellResult.Status.VALID))
                .append(" valid, ")
                .append(session.count(CellResult.Status.KNOWN))
                .append(" with known anomalies, ")
                .append(session.count(CellResult.Status.VIOLATION))
                .append(" with new ones, ")
                .append(session.count(CellResult.Status.UNDECIDED))
                .append(" undecided, ")
                .append(session.planned()
                        - session.count(CellResult.Status.VALID)
                        - session.count(CellResult.Status.KNOWN)
                        - session.count(CellResult.Status.VIOLATION)
                        - session.count(CellResult.Status.UNDECIDED))
                .append(" not run.\nRuns, histories and witnesses: ")
                .append(session.runs())
                .append('\n');
    }

    /** Columns sized from their content; the last one is not padded. */
    private static void print(StringBuilder text, List<List<String>> table) {
        int columns = table.get(0).size();
        int[] widths = new int[columns];
        for (List<String> row : table) {
            for (int c = 0; c < columns; c++) {
                widths[c] = Math.max(widths[c], row.get(c).length());
            }
        }
        for (List<String> row : table) {
            StringBuilder line = new StringBuilder();
            for (int c = 0; c < columns; c++) {
                line.append(row.get(c)).append(" ".repeat(widths[c] - row.get(c).length() + 2));
            }
            text.append(line.toString().stripTrailing()).append('\n');
        }
    }
}
