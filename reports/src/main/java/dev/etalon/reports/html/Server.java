package dev.etalon.reports.html;

import dev.etalon.core.report.Archive;
import dev.etalon.core.report.StoredAnswers;
import dev.etalon.core.report.StoredRace;
import dev.etalon.core.store.StoredRules;
import dev.etalon.core.store.StoredSession;
import dev.etalon.core.store.StoredVerdict;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * All that an archive tells of one target.
 *
 * @param name its name
 * @param kind where it runs, in lower case: embedded, container, external; empty when that was not stored
 * @param protocol HTTP or S3
 * @param dialect the statuses it is held to; empty when that was not stored
 * @param products name and version of whatever answered, sorted
 * @param url where it was last reached; empty when that was not stored
 * @param claims names of the capabilities it claims
 * @param cells the last word on every scenario, sorted by scenario
 * @param answers the last answers to rules
 * @param aspects the claims that are judged apart
 */
public record Server(
        String name,
        String kind,
        String protocol,
        String dialect,
        List<String> products,
        String url,
        List<String> claims,
        List<Archive.Cell> cells,
        Optional<StoredAnswers> answers,
        List<Aspect> aspects) {
    /** The command that asks the rules again; empty when none were asked. */
    public String rulesAgain() {
        return answers.map(each -> Optional.ofNullable(each.rules().run().repeat())
                        .orElseGet(() -> "java -jar harness/cli/target/etalon.jar rules --target " + name
                                + " --repetitions " + each.rules().run().repetitions()))
                .orElse("");
    }

    /** Lines of one kind on one page: more of them are left out, with a notice. */
    public static final int LINES_MAX = 20;

    private static final int SENTENCE_CHARACTERS_MAX = 600;
    private static final int PRODUCT_CHARACTERS_MAX = 200;

    /** All of an archive, sorted by name. */
    static List<Server> of(Archive archive) {
        Map<String, List<Archive.Cell>> cells = new TreeMap<>();
        archive.cells()
                .forEach(cell -> cells.computeIfAbsent(cell.target(), name -> new ArrayList<>())
                        .add(cell));
        Map<String, StoredSession.Cell> planned = new TreeMap<>();
        archive.sessions().forEach(session -> session.cells().forEach(cell -> planned.put(cell.target(), cell)));
        Map<String, StoredAnswers> answers = archive.latestAnswers();
        TreeSet<String> names = new TreeSet<>(cells.keySet());
        names.addAll(answers.keySet());
        return names.stream()
                .map(name -> of(
                        name,
                        cells.getOrDefault(name, List.of()),
                        Optional.ofNullable(planned.get(name)),
                        Optional.ofNullable(answers.get(name))))
                .toList();
    }

    private static Server of(
            String name,
            List<Archive.Cell> cells,
            Optional<StoredSession.Cell> planned,
            Optional<StoredAnswers> answers) {
        Optional<StoredRules.Target> asked = answers.map(each -> each.rules().target());
        List<StoredRace> races =
                cells.stream().flatMap(cell -> cell.race().stream()).toList();
        TreeSet<String> products = new TreeSet<>();
        asked.ifPresent(target -> products.add(target.product()));
        planned.ifPresent(cell -> products.add(cell.product()));
        races.forEach(race -> race.verdict().ifPresent(verdict -> products.add(verdict.product())));
        return new Server(
                name,
                asked.map(StoredRules.Target::kind)
                        .or(() -> planned.map(StoredSession.Cell::kind))
                        .orElse("")
                        .toLowerCase(Locale.ROOT),
                asked.map(StoredRules.Target::protocol)
                        .or(() -> planned.map(StoredSession.Cell::protocol))
                        .orElseGet(() -> cells.stream()
                                .findFirst()
                                .map(cell -> protocol(cell.scenario()))
                                .orElse("")),
                asked.map(StoredRules.Target::dialect)
                        .or(() -> planned.map(StoredSession.Cell::dialect))
                        .orElse(""),
                products.stream().filter(product -> !product.isEmpty()).toList(),
                races.stream()
                        .reduce((a, b) -> a.begun().isAfter(b.begun()) ? a : b)
                        .map(race -> race.environment().get("url"))
                        .or(() -> asked.map(StoredRules.Target::url))
                        .orElse(""),
                asked.map(StoredRules.Target::claims)
                        .or(() -> planned.map(StoredSession.Cell::claims))
                        .orElse(List.of()),
                List.copyOf(cells),
                answers,
                Aspect.of(verdicts(races), answers));
    }

    private static List<StoredVerdict> verdicts(List<StoredRace> races) {
        return races.stream().flatMap(race -> race.verdict().stream()).toList();
    }

    /** The protocol that a scenario's id begins with. */
    static String protocol(String scenario) {
        int slash = scenario.indexOf('/');
        return slash < 0 ? "" : scenario.substring(0, slash).toUpperCase(Locale.ROOT);
    }

    /** The last race of every scenario that was raced, sorted by scenario. */
    public List<StoredRace> races() {
        return cells.stream().flatMap(cell -> cell.race().stream()).toList();
    }

    /** The rules that it broke when it was last asked. */
    public List<StoredRules.Rule> broken() {
        return answers.stream()
                .flatMap(each -> each.rules().rules().stream())
                .filter(StoredRules.Rule::broken)
                .toList();
    }

    /** How often losers of its races were told which status. */
    public SortedMap<Integer, Integer> losers() {
        SortedMap<Integer, Integer> losers = new TreeMap<>();
        verdicts(races())
                .forEach(verdict -> verdict.rounds()
                        .losers()
                        .forEach((status, count) -> losers.merge(status, count, Integer::sum)));
        return losers;
    }

    /** How a cell counts. */
    public static Mark mark(Archive.Cell cell) {
        return Mark.ofCell(cell.status());
    }

    /** How a rule counts. */
    public static Mark mark(StoredRules.Rule rule) {
        return Mark.ofRule(rule);
    }

    /** A sentence that may hold what a server said, and is cut where nobody reads on. */
    public static String brief(String sentence) {
        return Visible.of(sentence, SENTENCE_CHARACTERS_MAX);
    }

    /** Its page. */
    public String path() {
        return Site.target(name);
    }

    /** Its products in one line. */
    public String product() {
        return products.isEmpty()
                ? "version unknown"
                : Visible.of(String.join(" and ", products), PRODUCT_CHARACTERS_MAX);
    }
}
