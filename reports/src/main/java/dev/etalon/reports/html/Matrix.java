package dev.etalon.reports.html;

import dev.etalon.core.report.Archive;
import dev.etalon.core.report.StoredRace;
import dev.etalon.core.store.StoredRules;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Properties;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * A table with a row for each promise and a column for each target of one protocol.
 *
 * @param id stable, for example {@code races-http}
 * @param what what a row is: {@code race} or {@code rule}
 * @param protocol HTTP or S3
 * @param servers the columns
 * @param groups the rows, in groups
 */
public record Matrix(String id, String what, String protocol, List<Server> servers, List<Group> groups) {
    /** With more columns only the sign is shown; the word is still there to be heard. */
    private static final int WORDS_COLUMNS_MAX = 8;

    private static final String NO_GROUP = "";

    /** Rows that belong together; the title is empty where there is but one group. */
    public record Group(String id, String title, List<Row> rows) {}

    /**
     * A promise.
     *
     * @param id of the race or the rule
     * @param note what is promised, in one sentence
     * @param more who says so; may be empty
     * @param href its own page; empty when it has none
     * @param cells one for each column; empty where the target was not asked
     */
    public record Row(String id, String note, String more, String href, List<Optional<Cell>> cells) {}

    /**
     * What came of a promise on a target.
     *
     * @param mark how it counts
     * @param found anomalies and how often, the most frequent first; empty for none
     * @param href where the proof is
     */
    public record Cell(Mark mark, String found, String href) {
        /** What is not to be seen where only the sign is. */
        public String title() {
            return found.isEmpty() ? mark.word() : mark.word() + ", " + found;
        }
    }

    /** Whether there is room for signs alone. */
    public boolean dense() {
        return servers.size() > WORDS_COLUMNS_MAX;
    }

    /** How many rows there are. */
    public int rows() {
        return groups.stream().mapToInt(group -> group.rows().size()).sum();
    }

    /** One matrix of races for each protocol that was raced. */
    static List<Matrix> races(List<Server> servers, Map<String, String> promises) {
        return protocols(servers).stream()
                .map(protocol -> {
                    List<Server> columns = servers.stream()
                            .filter(server -> server.protocol().equals(protocol)
                                    && !server.cells().isEmpty())
                            .toList();
                    Map<String, List<Optional<Cell>>> rows = new TreeMap<>();
                    for (Server column : columns) {
                        column.cells().forEach(cell -> rows.put(cell.scenario(), new ArrayList<>()));
                    }
                    rows.forEach((scenario, cells) -> columns.forEach(column -> cells.add(column.cells().stream()
                            .filter(cell -> cell.scenario().equals(scenario))
                            .findFirst()
                            .map(cell -> cell(column, cell)))));
                    return new Matrix(
                            "races-" + Site.fileName(protocol),
                            "race",
                            protocol,
                            columns,
                            List.of(new Group(
                                    NO_GROUP,
                                    NO_GROUP,
                                    rows.entrySet().stream()
                                            .map(row -> new Row(
                                                    row.getKey(),
                                                    promises.getOrDefault(row.getKey(), ""),
                                                    "",
                                                    "",
                                                    row.getValue()))
                                            .toList())));
                })
                .filter(matrix -> matrix.rows() > 0)
                .toList();
    }

    private static Cell cell(Server server, Archive.Cell cell) {
        return new Cell(
                Mark.ofCell(cell.status()),
                cell.race().map(Matrix::found).orElse(""),
                cell.race().map(Site::run).orElse(server.path() + "#races"));
    }

    private static String found(StoredRace race) {
        return race.verdict()
                .map(verdict -> verdict.anomalies().entrySet().stream()
                        .map(entry -> entry.getKey() + " ×"
                                + Figures.count(entry.getValue().count()))
                        .collect(Collectors.joining(", ")))
                .orElse("");
    }

    /** One matrix of rules for each protocol whose rules were asked, grouped by series. */
    static List<Matrix> rules(List<Server> servers) {
        Properties titles = series();
        return protocols(servers).stream()
                .map(protocol -> {
                    List<Server> columns = servers.stream()
                            .filter(server -> server.protocol().equals(protocol)
                                    && server.answers().isPresent())
                            .toList();
                    Map<String, StoredRules.Rule> rules = new LinkedHashMap<>();
                    List<Map<String, StoredRules.Rule>> answers = new ArrayList<>();
                    for (Server column : columns) {
                        Map<String, StoredRules.Rule> own = new LinkedHashMap<>();
                        column.answers().orElseThrow().rules().rules().forEach(rule -> own.put(rule.id(), rule));
                        own.forEach(rules::putIfAbsent);
                        answers.add(own);
                    }
                    Map<String, List<Row>> groups = new LinkedHashMap<>();
                    for (StoredRules.Rule rule : rules.values()) {
                        String page = Site.rule(rule.id());
                        List<Optional<Cell>> cells = new ArrayList<>();
                        for (int i = 0; i < columns.size(); i++) {
                            String href =
                                    page + "#" + Site.anchor(columns.get(i).name());
                            cells.add(Optional.ofNullable(answers.get(i).get(rule.id()))
                                    .map(answer -> new Cell(Mark.ofRule(answer), "", href)));
                        }
                        groups.computeIfAbsent(prefix(rule.id()), name -> new ArrayList<>())
                                .add(new Row(
                                        rule.id(), rule.title(), rule.level() + " · " + rule.source(), page, cells));
                    }
                    return new Matrix(
                            "rules-" + Site.fileName(protocol),
                            "rule",
                            protocol,
                            columns,
                            groups.entrySet().stream()
                                    .map(group -> new Group(
                                            group.getKey(),
                                            group.getKey() + titled(titles, group.getKey()),
                                            group.getValue()))
                                    .toList());
                })
                .filter(matrix -> matrix.rows() > 0)
                .toList();
    }

    private static List<String> protocols(List<Server> servers) {
        return servers.stream().map(Server::protocol).distinct().sorted().toList();
    }

    /** The letters that a rule's id begins with. */
    static String prefix(String id) {
        int end = 0;
        while (end < id.length() && Character.isLetter(id.charAt(end))) {
            end++;
        }
        return id.substring(0, end);
    }

    private static String titled(Properties titles, String prefix) {
        String title = titles.getProperty(prefix);
        return title == null ? "" : " · " + title;
    }

    private static Properties series() {
        Properties titles = new Properties();
        try (InputStream in = Objects.requireNonNull(Matrix.class.getResourceAsStream("series.properties"))) {
            titles.load(in);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return titles;
    }
}
