package dev.etalon.reports.html;

import dev.etalon.core.store.StoredRules;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A rule, and what came of it on every target that was asked.
 *
 * @param id stable and unique
 * @param title what is promised
 * @param level how binding it is, as a word
 * @param meaning what that level means
 * @param source who says so
 * @param examples how it was put to servers, the first of them
 * @param examplesLeftOut how many more there are
 * @param answers what came of it, in the order of the targets
 */
public record RuleView(
        String id,
        String title,
        String level,
        String meaning,
        List<Link> source,
        List<StoredRules.Example> examples,
        int examplesLeftOut,
        List<Answer> answers) {
    private static final int EXAMPLES_MAX = 30;
    private static final int ANSWERS_MAX = 8;
    private static final int ANSWER_CHARACTERS_MAX = 300;

    /**
     * What came of it on one target.
     *
     * @param server the target
     * @param mark how it counts
     * @param sentence why
     * @param example the one that shows it: the first that was not answered as owed, or else the first
     * @param quiet how often each answer came while nothing else was asked
     * @param loaded the same under load
     * @param witness the first repetition that shows it
     */
    public record Answer(
            Server server,
            Mark mark,
            String sentence,
            Optional<StoredRules.Example> example,
            Sample quiet,
            Sample loaded,
            Optional<StoredRules.Witness> witness) {}

    /**
     * How often each answer came.
     *
     * @param rows answers and counts, the most frequent first
     * @param leftOut how many more answers there were
     * @param note how many repetitions were answered, and what that leaves open; empty when it was not done
     */
    public record Sample(Map<String, Integer> rows, int leftOut, String note) {}

    /** Every rule that any of the targets was asked, in the order they were asked. */
    static List<RuleView> of(List<Server> servers) {
        Map<String, StoredRules.Rule> rules = new LinkedHashMap<>();
        Map<String, List<Answer>> answers = new LinkedHashMap<>();
        for (Server server : servers) {
            server.answers()
                    .ifPresent(asked -> asked.rules().rules().forEach(rule -> {
                        // Whoever lacks what a rule needs was put no example.
                        rules.merge(
                                rule.id(), rule, (old, now) -> old.examples().isEmpty() ? now : old);
                        answers.computeIfAbsent(rule.id(), id -> new ArrayList<>())
                                .add(answer(server, rule));
                    }));
        }
        return rules.values().stream()
                .map(rule -> new RuleView(
                        rule.id(),
                        rule.title(),
                        rule.level(),
                        meaning(rule.level()),
                        Link.source(rule.source()),
                        rule.examples().stream().limit(EXAMPLES_MAX).toList(),
                        Math.max(0, rule.examples().size() - EXAMPLES_MAX),
                        answers.getOrDefault(rule.id(), List.of())))
                .toList();
    }

    private static String meaning(String level) {
        return switch (level) {
            case "MUST" -> "A MUST or MUST NOT of an RFC. A server that answers otherwise is wrong.";
            case "DOCUMENTED" ->
                "What a vendor documents of its own interface. A server that offers this interface and answers"
                        + " otherwise is wrong.";
            case "SHOULD" -> "A SHOULD of an RFC. A server that answers otherwise differs, and is not wrong.";
            case "MAY" -> "Left to the server. What it does is told, and whether it is always the same.";
            case "DIALECT" ->
                "A peculiarity of one dialect. A server that answers otherwise differs, and is not wrong.";
            case "HAZARD" -> "A limit of the protocol, which no server can help. What comes is counted.";
            default -> "";
        };
    }

    private static Answer answer(Server server, StoredRules.Rule rule) {
        Optional<StoredRules.Example> example = rule.examples().stream()
                .filter(each -> each.status().equals(rule.status()))
                .findFirst()
                .or(() -> rule.examples().stream().findFirst());
        return new Answer(
                server,
                Mark.ofRule(rule),
                rule.sentence(),
                example,
                sample(example.map(StoredRules.Example::quiet).orElse(null)),
                sample(example.map(StoredRules.Example::loaded).orElse(null)),
                example.flatMap(each -> each.witnesses().stream()
                        .filter(witness -> each.status().equals("PASS")
                                || !witness.faults().isEmpty())
                        .findFirst()
                        .or(() -> each.witnesses().stream().findFirst())));
    }

    private static Sample sample(StoredRules.@Nullable Sample sample) {
        if (sample == null) {
            return new Sample(Map.of(), 0, "");
        }
        Map<String, Integer> rows = new LinkedHashMap<>();
        sample.distribution().entrySet().stream()
                .limit(ANSWERS_MAX)
                .forEach(entry ->
                        rows.merge(Visible.of(entry.getKey(), ANSWER_CHARACTERS_MAX), entry.getValue(), Integer::sum));
        int unknown =
                sample.unknown().values().stream().mapToInt(Integer::intValue).sum();
        String note = Figures.count(sample.answered()) + " of " + Figures.count(sample.planned()) + " answered"
                + (sample.distribution().size() == 1 && sample.bound() < 1
                        ? "; any other in under " + Figures.bound(sample.bound()) + " at 95 %"
                        : "")
                + (unknown == 0 ? "" : "; nothing follows from " + Figures.count(unknown));
        return new Sample(rows, Math.max(0, sample.distribution().size() - ANSWERS_MAX), note);
    }

    /** Its page. */
    public String path() {
        return Site.rule(id);
    }

    /** How many targets it counts so on, by mark, in the order of the signs' weight. */
    public Map<Mark, Integer> counts() {
        Map<Mark, Integer> counts = new LinkedHashMap<>();
        for (String tone : List.of("bad", "odd", "unk", "ok", "off")) {
            answers.stream()
                    .map(Answer::mark)
                    .filter(mark -> mark.tone().equals(tone))
                    .forEach(mark -> counts.merge(mark, 1, Integer::sum));
        }
        return counts;
    }
}
