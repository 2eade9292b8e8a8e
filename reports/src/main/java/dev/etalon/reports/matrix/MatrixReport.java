package dev.etalon.reports.matrix;

import dev.etalon.core.report.Archive;
import dev.etalon.core.report.Report;
import dev.etalon.core.report.StoredAnswers;
import dev.etalon.core.store.StoredRules;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Writes {@code matrix.md}: a table of rules × targets for each protocol, with what each target does with conditions, in
 * Markdown. What it says of a target is the last that it was asked.
 */
public final class MatrixReport implements Report {
    /** Longer names of products are cut; nobody's table survives a megabyte in a cell. */
    private static final int PRODUCT_CHARS_MAX = 200;

    /** The words of the cells, and what they mean, in the order of the legend. */
    private static final Map<String, String> WORDS = words();

    private static Map<String, String> words() {
        Map<String, String> words = new LinkedHashMap<>();
        words.put("PASS", "yes");
        words.put("FAIL", "**no**");
        words.put("FLAPPING", "**flaps**");
        words.put("COUNTED", "counted");
        words.put("UNDECIDED", "?");
        words.put("NOT_SUPPORTED", "–");
        words.put("NOT_APPLICABLE", "n/a");
        return words;
    }

    @Override
    public String name() {
        return "matrix";
    }

    @Override
    public Path write(Archive archive, Path folder) throws IOException {
        Path file = folder.resolve("matrix.md");
        Collection<StoredAnswers> answers = archive.latestAnswers().values();
        String tables = answers.stream()
                .map(each -> each.rules().target().protocol())
                .distinct()
                .sorted()
                .map(protocol -> of(
                        protocol,
                        answers.stream()
                                .filter(each -> each.rules().target().protocol().equals(protocol))
                                .toList()))
                .collect(Collectors.joining("\n"));
        return Files.writeString(file, tables.isEmpty() ? "No rule was put to any target.\n" : tables);
    }

    private static String of(String protocol, List<StoredAnswers> targets) {
        StringBuilder text = new StringBuilder("## " + protocol + "\n\n");
        text.append("| target | server | asked | repetitions | kept | broken | not offered | undecided |\n");
        text.append("|---|---|---|---|---|---|---|---|\n");
        for (StoredAnswers target : targets) {
            StoredRules rules = target.rules();
            text.append(row(
                    rules.target().name(),
                    product(rules.target().product()),
                    rules.rules().size() + " of " + rules.run().planned(),
                    rules.run().repetitions()
                            + (rules.run().load() > 0 ? " at rest, and again under load" : " at rest"),
                    count(rules, "PASS", "COUNTED"),
                    Long.toString(rules.rules().stream()
                            .filter(StoredRules.Rule::broken)
                            .count()),
                    count(rules, "NOT_SUPPORTED", "NOT_APPLICABLE"),
                    count(rules, "UNDECIDED")));
        }
        text.append('\n').append(rules(targets)).append('\n').append(capabilities(targets));
        return text.toString();
    }

    private static String count(StoredRules rules, String... statuses) {
        return Long.toString(rules.rules().stream()
                .filter(rule -> List.of(statuses).contains(rule.status()))
                .count());
    }

    private static String rules(List<StoredAnswers> targets) {
        Map<String, StoredRules.Rule> rows = new LinkedHashMap<>();
        targets.forEach(target -> target.rules().rules().forEach(rule -> rows.putIfAbsent(rule.id(), rule)));
        StringBuilder text = new StringBuilder();
        text.append(heading(List.of("rule", "level", "what is promised"), targets));
        for (StoredRules.Rule rule : rows.values()) {
            Stream<String> cells = targets.stream()
                    .map(target -> target.rules().rules().stream()
                            .filter(each -> each.id().equals(rule.id()))
                            .findFirst()
                            .map(MatrixReport::word)
                            .orElse(""));
            text.append(row(Stream.concat(Stream.of(rule.id(), rule.level(), rule.title()), cells)
                    .toArray(String[]::new)));
        }
        return text.toString();
    }

    /** A MAY or SHOULD that is not followed breaks nothing. */
    private static String word(StoredRules.Rule rule) {
        String word = WORDS.getOrDefault(rule.status(), rule.status());
        return rule.status().equals("FAIL") && !rule.broken() ? "no" : word;
    }

    private static String capabilities(List<StoredAnswers> targets) {
        Set<String> rows = new LinkedHashSet<>();
        targets.forEach(target ->
                target.rules().capabilities().forEach(each -> rows.add(each.operation() + " " + each.condition())));
        if (rows.isEmpty()) {
            return "";
        }
        StringBuilder text = new StringBuilder(heading(List.of("condition"), targets));
        for (String name : rows) {
            Stream<String> cells = targets.stream()
                    .map(target -> target.rules().capabilities().stream()
                            .filter(each -> name.equals(each.operation() + " " + each.condition()))
                            .findFirst()
                            .map(each -> each.state()
                                    .toLowerCase(java.util.Locale.ROOT)
                                    .replace('_', ' '))
                            .orElse(""));
            text.append(row(Stream.concat(Stream.of(name), cells).toArray(String[]::new)));
        }
        return text.toString();
    }

    private static String heading(List<String> first, List<StoredAnswers> targets) {
        String[] cells = Stream.concat(first.stream(), targets.stream().map(StoredAnswers::target))
                .toArray(String[]::new);
        return row(cells) + "|" + "---|".repeat(cells.length) + "\n";
    }

    private static String row(String... cells) {
        return Stream.of(cells).map(cell -> cell.replace("|", "\\|")).collect(Collectors.joining(" | ", "| ", " |\n"));
    }

    /** What a server calls itself, harmless in Markdown. */
    private static String product(String product) {
        String plain = product.replaceAll("[\\p{C}<>\\[\\]`*\\\\&]", "?");
        return plain.length() <= PRODUCT_CHARS_MAX ? plain : plain.substring(0, PRODUCT_CHARS_MAX) + "… (cut)";
    }
}
