package dev.etalon.reports.html;

import dev.etalon.core.model.Anomaly;
import dev.etalon.core.model.Grade;
import dev.etalon.core.model.Shape;
import dev.etalon.core.model.Verdict;
import dev.etalon.core.report.StoredAnswers;
import dev.etalon.core.store.StoredRules;
import dev.etalon.core.store.StoredVerdict;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * One of the claims about a server that are judged apart and never merged.
 *
 * @param id stable, for example {@code read-integrity}
 * @param title its name
 * @param question what it answers
 * @param mark the answer
 * @param lines what the answer rests on
 */
public record Aspect(String id, String title, String question, Mark mark, List<String> lines) {
    public Aspect {
        lines = List.copyOf(lines);
    }

    private static final Mark KEPT = new Mark("KEPT", "✓", "clean", "ok");
    private static final Mark BROKEN = new Mark("BROKEN", "✗", "broken", "bad");
    private static final Mark VARIES = new Mark("VARIES", "≠", "varies", "odd");
    private static final Mark OPEN = new Mark("UNDECIDED", "?", "undecided", "unk");
    private static final Mark NOT_ASKED = new Mark("NOT_ASKED", "–", "not asked", "off");

    private static final int NAMES_MAX = 6;

    /**
     * All of them, in the order in which people ask.
     *
     * @param verdicts of the last race of every scenario
     * @param answers the last answers to rules
     */
    static List<Aspect> of(List<StoredVerdict> verdicts, Optional<StoredAnswers> answers) {
        List<StoredRules.Rule> rules = answers.map(each -> each.rules().rules()).orElse(List.of());
        return List.of(
                raced(
                        Anomaly.Dimension.SAFETY,
                        "Safety",
                        "The chain of versions never forks, and nothing acknowledged is lost.",
                        verdicts),
                raced(Anomaly.Dimension.LIVENESS, "Liveness", "A fresh validator gets through.", verdicts),
                statuses(verdicts, rules),
                raced(
                        Anomaly.Dimension.READ_INTEGRITY,
                        "Read integrity",
                        "No torn body; what is read is what was written, and not older than what was shown.",
                        verdicts),
                capability(verdicts, answers),
                raced(
                        Anomaly.Dimension.VALIDATOR_QUALITY,
                        "Validator quality",
                        "A tag names one version, and a version has one tag.",
                        verdicts),
                conformance(rules));
    }

    private static Aspect raced(
            Anomaly.Dimension dimension, String title, String question, List<StoredVerdict> verdicts) {
        List<String> found = found(dimension, verdicts);
        String id = dimension.name().toLowerCase(Locale.ROOT).replace('_', '-');
        if (!found.isEmpty()) {
            return new Aspect(id, title, question, BROKEN, found);
        }
        List<StoredVerdict> valid = verdicts.stream()
                .filter(verdict -> verdict.verdict() == Verdict.Status.VALID)
                .toList();
        if (!valid.isEmpty()) {
            int raced =
                    valid.stream().mapToInt(verdict -> verdict.rounds().raced()).sum();
            return new Aspect(
                    id,
                    title,
                    question,
                    KEPT,
                    List.of(Figures.count(valid.size()) + " of " + Figures.count(verdicts.size(), "race")
                            + " valid, with " + Figures.count(raced) + " rounds or operations"));
        }
        return verdicts.isEmpty()
                ? new Aspect(id, title, question, NOT_ASKED, List.of("nothing was raced"))
                : new Aspect(
                        id,
                        title,
                        question,
                        OPEN,
                        List.of("no race was valid as a whole, and none shows a breach of this kind"));
    }

    /** What was found of one dimension, the most frequent first. */
    private static List<String> found(Anomaly.Dimension dimension, List<StoredVerdict> verdicts) {
        Map<String, int[]> found = new TreeMap<>();
        for (StoredVerdict verdict : verdicts) {
            verdict.anomalies().forEach((code, count) -> {
                if (count.dimension() == dimension) {
                    int[] sum = found.computeIfAbsent(code + " " + count.title(), name -> new int[2]);
                    sum[0] += count.count();
                    sum[1]++;
                }
            });
        }
        return found.entrySet().stream()
                .sorted(Map.Entry.comparingByValue((a, b) -> Integer.compare(b[0], a[0])))
                .map(entry -> entry.getKey() + " ×" + Figures.count(entry.getValue()[0]) + ", in "
                        + Figures.count(entry.getValue()[1], "race"))
                .toList();
    }

    private static Aspect statuses(List<StoredVerdict> verdicts, List<StoredRules.Rule> rules) {
        String question = "Losers are answered as the dialect says, each time the same.";
        TreeMap<Integer, Integer> losers = new TreeMap<>();
        verdicts.forEach(verdict ->
                verdict.rounds().losers().forEach((status, count) -> losers.merge(status, count, Integer::sum)));
        List<Shape> shapes = verdicts.stream()
                .flatMap(verdict -> verdict.rounds().shapes().stream())
                .toList();
        long odd = Shape.rounds(Shape.of(Grade.ACCEPTABLE_INTERESTING, shapes));
        long unknown = Shape.rounds(Shape.of(Grade.UNKNOWN, shapes));
        long flapping =
                rules.stream().filter(rule -> rule.status().equals("FLAPPING")).count();
        List<String> lines = new ArrayList<>();
        if (!losers.isEmpty()) {
            lines.add("losers were told: " + Figures.losers(losers));
        }
        if (odd > 0) {
            lines.add(Figures.count(odd, "round") + " with an answer that is allowed, but not the plain one");
        }
        if (unknown > 0) {
            lines.add(Figures.count(unknown, "round") + " with an outcome that nobody wrote down");
        }
        if (flapping > 0) {
            lines.add(Figures.count(flapping, "rule") + " answered now so, now otherwise");
        }
        if (lines.isEmpty()) {
            return new Aspect(
                    "status-profile", "Status profile", question, NOT_ASKED, List.of("no losers, and no rules asked"));
        }
        Mark mark = flapping > 0 ? BROKEN : unknown > 0 ? OPEN : odd > 0 ? VARIES : losers.isEmpty() ? NOT_ASKED : KEPT;
        return new Aspect("status-profile", "Status profile", question, mark, lines);
    }

    private static Aspect capability(List<StoredVerdict> verdicts, Optional<StoredAnswers> answers) {
        String question = "Conditions are honoured or refused, and none is silently ignored.";
        List<StoredRules.Capability> all =
                answers.map(each -> each.rules().capabilities()).orElse(List.of());
        List<String> lines = new ArrayList<>(found(Anomaly.Dimension.CAPABILITY, verdicts));
        boolean broken = !lines.isEmpty();
        List<String> contradicting = all.stream()
                .filter(each -> Boolean.FALSE.equals(each.asClaimed()))
                .map(each -> each.operation() + " " + each.condition())
                .toList();
        if (!contradicting.isEmpty()) {
            lines.add("not as claimed: " + String.join(", ", contradicting));
        }
        broken |= all.stream().anyMatch(each -> Mark.ofCapability(each).tone().equals("bad"));
        if (!all.isEmpty()) {
            lines.add(all.stream()
                    .collect(Collectors.groupingBy(
                            each -> Mark.ofCapability(each).word(), TreeMap::new, Collectors.counting()))
                    .entrySet()
                    .stream()
                    .map(entry -> entry.getValue() + " " + entry.getKey())
                    .collect(Collectors.joining(", ")));
        }
        List<String> ignored = all.stream()
                .filter(each -> each.state().equals("IGNORED")
                        && !Mark.ofCapability(each).tone().equals("off"))
                .map(each -> each.operation() + " " + each.condition())
                .toList();
        if (!ignored.isEmpty()) {
            lines.add("silently ignored: "
                    + ignored.stream().limit(NAMES_MAX).collect(Collectors.joining(", "))
                    + (ignored.size() > NAMES_MAX
                            ? " and " + Figures.count(ignored.size() - NAMES_MAX) + " more"
                            : ""));
        }
        boolean odd =
                all.stream().anyMatch(each -> Mark.ofCapability(each).tone().equals("odd"));
        if (lines.isEmpty()) {
            return new Aspect(
                    "capability", "Capability", question, NOT_ASKED, List.of("its capabilities were not asked for"));
        }
        return new Aspect(
                "capability",
                "Capability",
                question,
                broken
                        ? BROKEN
                        : odd
                                ? new Mark(
                                        "IGNORES",
                                        "∅",
                                        ignored.isEmpty() ? "in part" : "ignores " + Figures.count(ignored.size()),
                                        "odd")
                                : KEPT,
                lines);
    }

    private static Aspect conformance(List<StoredRules.Rule> rules) {
        String question = "What one client alone is owed, by RFC or vendor. No race has a part in it.";
        if (rules.isEmpty()) {
            return new Aspect("conformance", "Conformance", question, NOT_ASKED, List.of("no rules were asked"));
        }
        Map<String, Long> counts = rules.stream()
                .collect(Collectors.groupingBy(rule -> Mark.ofRule(rule).word(), TreeMap::new, Collectors.counting()));
        long broken = rules.stream().filter(StoredRules.Rule::broken).count();
        boolean passes = rules.stream().anyMatch(rule -> rule.status().equals("PASS"));
        return new Aspect(
                "conformance",
                "Conformance",
                question,
                broken > 0
                        ? new Mark("BROKEN", "✗", Figures.count(broken) + " broken", "bad")
                        : passes ? new Mark("KEPT", "✓", "clean", "ok") : OPEN,
                List.of(Figures.count(rules.size(), "rule") + ": "
                        + counts.entrySet().stream()
                                .map(entry -> entry.getValue() + " " + entry.getKey())
                                .collect(Collectors.joining(", "))));
    }
}
