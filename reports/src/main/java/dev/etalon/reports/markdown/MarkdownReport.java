package dev.etalon.reports.markdown;

import dev.etalon.core.report.Archive;
import dev.etalon.core.report.Report;
import dev.etalon.core.report.StoredAnswers;
import dev.etalon.core.report.Trend;
import dev.etalon.core.store.StoredRules;
import dev.etalon.reports.html.Mark;
import dev.etalon.reports.text.Witnesses;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * {@code report.md}: the summary for a pull request or a job's page. A table for ten seconds, then what is new, known and
 * undecided, each with its first witness. Hosts cut long comments off, so it ends before that and says so.
 */
public final class MarkdownReport implements Report {
    private static final String FILE = "report.md";

    /** GitHub refuses comments of 65,536 characters and more. */
    private static final int BYTES_MAX = 60_000;

    private static final int NOTICE_BYTES = 300;
    private static final int SENTENCE_MAX = 500;

    private static final String LEGEND = """

            ✓ valid · ✗ anomaly, known · ✗! anomaly, new · ? undecided · – not run, as is to be expected · –! not run, though it should have been

            """;

    /** The statuses with a part of their own, in the order that they matter. */
    private enum Part {
        VIOLATION("New anomalies"),
        UNDECIDED("Undecided"),
        UNAVAILABLE("Not run, though it should have been"),
        KNOWN("Known anomalies");

        private final String heading;

        Part(String heading) {
            this.heading = heading;
        }
    }

    @Override
    public String name() {
        return "markdown";
    }

    @Override
    public Path write(Archive archive, Path folder) throws IOException {
        CappedText text = new CappedText(BYTES_MAX - NOTICE_BYTES);
        List<Archive.Cell> cells = archive.cells();
        Map<String, StoredAnswers> answers = archive.latestAnswers();
        text.add("## Etalon: " + summary(cells, answers) + "\n\n");
        table(text, cells, answers);
        cells(text, Part.VIOLATION, cells);
        cells(text, Part.UNDECIDED, cells);
        cells(text, Part.UNAVAILABLE, cells);
        trends(text, Trend.of(archive));
        cells(text, Part.KNOWN, cells);
        broken(text, answers);
        sentences(text, "Not read", archive.unreadable());
        String notice = text.left() == 0
                ? ""
                : "\n\n> **Cut off here: " + text.left()
                        + " more parts.** `report.json` beside this file has everything.\n";
        Path file = folder.resolve(FILE);
        Files.writeString(file, text + notice);
        return file;
    }

    private static String summary(List<Archive.Cell> cells, Map<String, StoredAnswers> answers) {
        Map<String, Long> counts =
                cells.stream().collect(Collectors.groupingBy(Archive.Cell::status, Collectors.counting()));
        List<String> parts = new ArrayList<>();
        parts.add(counts.getOrDefault("VIOLATION", 0L) + " with new anomalies");
        parts.add(counts.getOrDefault("KNOWN", 0L) + " with known ones");
        parts.add(counts.getOrDefault("UNDECIDED", 0L) + " undecided");
        parts.add(counts.getOrDefault("VALID", 0L) + " valid");
        parts.add(counts.getOrDefault("NOT_RUN", 0L) + counts.getOrDefault("UNAVAILABLE", 0L) + " not run");
        String races = cells.isEmpty() ? "" : cells.size() + " cells, " + String.join(", ", parts);
        if (answers.isEmpty()) {
            return races;
        }
        long rules = answers.values().stream()
                .mapToLong(each -> each.rules().rules().size())
                .sum();
        long broken =
                answers.values().stream().mapToLong(each -> broken(each).size()).sum();
        return races + (races.isEmpty() ? "" : "; ") + broken + " of " + rules + " rules broken";
    }

    private static List<StoredRules.Rule> broken(StoredAnswers answers) {
        return answers.rules().rules().stream().filter(StoredRules.Rule::broken).toList();
    }

    private static void table(CappedText text, List<Archive.Cell> cells, Map<String, StoredAnswers> answers) {
        Set<String> columns =
                cells.stream().map(cell -> column(cell.scenario())).collect(Collectors.toCollection(TreeSet::new));
        Map<String, Map<String, String>> rows = new TreeMap<>();
        for (Archive.Cell cell : cells) {
            rows.computeIfAbsent(cell.target(), target -> new TreeMap<>())
                    .put(column(cell.scenario()), Mark.ofCell(cell.status()).sign());
        }
        answers.keySet().forEach(target -> rows.computeIfAbsent(target, each -> new TreeMap<>()));
        StringBuilder head = new StringBuilder("| target |");
        columns.forEach(column -> head.append(' ').append(Md.text(column)).append(" |"));
        head.append(answers.isEmpty() ? "\n|---|" : " rules broken |\n|---|");
        head.append(":-:|".repeat(columns.size())).append(answers.isEmpty() ? "\n" : "---|\n");
        text.add(head.toString());
        rows.forEach((target, signs) -> {
            StringBuilder row = new StringBuilder("| " + Md.text(target) + " |");
            columns.forEach(column ->
                    row.append(' ').append(signs.getOrDefault(column, "")).append(" |"));
            if (!answers.isEmpty()) {
                StoredAnswers asked = answers.get(target);
                row.append(' ')
                        .append(
                                asked == null
                                        ? ""
                                        : broken(asked).size() + " of "
                                                + asked.rules().rules().size())
                        .append(" |");
            }
            text.add(row.append('\n').toString());
        });
        text.add(LEGEND);
    }

    private static String column(String scenario) {
        return scenario.substring(scenario.indexOf('/') + 1);
    }

    private static void cells(CappedText text, Part part, List<Archive.Cell> all) {
        List<Archive.Cell> cells =
                all.stream().filter(cell -> cell.status().equals(part.name())).toList();
        String title = "### " + part.heading + "\n\n";
        for (Archive.Cell cell : cells) {
            StringBuilder block = new StringBuilder(title);
            title = "";
            block.append("**").append(Md.text(cell.target())).append("**, ").append(Md.text(cell.scenario()));
            block.append(": ").append(Md.text(cell.sentence(), SENTENCE_MAX)).append("\n\n");
            Witnesses witnesses = Witnesses.of(cell);
            witnesses.first().values().stream()
                    .findFirst()
                    .ifPresent(witness -> block.append(Md.details("first witness", witness.lines())));
            witnesses
                    .missing()
                    .ifPresent(sentence -> block.append(Md.text(sentence)).append("\n\n"));
            text.add(block.toString());
        }
    }

    private static void broken(CappedText text, Map<String, StoredAnswers> answers) {
        String title = "### Broken rules\n\n";
        for (StoredAnswers each : answers.values()) {
            for (StoredRules.Rule rule : broken(each)) {
                StringBuilder block = new StringBuilder(title);
                title = "";
                block.append("**").append(Md.text(each.target())).append("**, ").append(Md.text(rule.id()));
                block.append(' ').append(Md.text(rule.title()));
                block.append(" (")
                        .append(Md.text(rule.level() + ", " + rule.source()))
                        .append("): ");
                block.append(Md.text(rule.sentence(), SENTENCE_MAX)).append("\n\n");
                Witnesses.of(rule).ifPresent(witness -> block.append(Md.details("first wrong answer", witness)));
                text.add(block.toString());
            }
        }
    }

    private static void trends(CappedText text, List<Trend> trends) {
        sentences(
                text,
                "What changed from run to run",
                trends.stream()
                        .filter(trend -> trend.change() != Trend.Change.STEADY)
                        .map(trend -> trend.target() + ", " + trend.subject() + ", " + trend.code() + " "
                                + trend.title() + ": " + trend.sentence())
                        .toList());
    }

    private static void sentences(CappedText text, String heading, List<String> sentences) {
        String title = "### " + heading + "\n\n";
        for (String sentence : sentences) {
            text.add(title + "- " + Md.text(sentence, 2 * SENTENCE_MAX) + "\n");
            title = "";
        }
        if (!sentences.isEmpty()) {
            text.add("\n");
        }
    }
}
