package dev.etalon.core.report;

import dev.etalon.core.model.Anomaly;
import dev.etalon.core.store.StoredRules;
import dev.etalon.core.store.StoredVerdict;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * One thing that was wrong with a target at least once, and how often it was seen each time it was looked for.
 *
 * @param target the target's name
 * @param subject the scenario's id, or {@link #RULES}
 * @param code the anomaly's, or the rule's id
 * @param title its name for people
 * @param unit what a trial is, in the plural: rounds, increments, operations, answers
 * @param points every run that could have shown it, the oldest first; at least one, and at least one shows it
 */
public record Trend(String target, String subject, String code, String title, String unit, List<Point> points) {
    /** The subject of the rules that one client alone is owed. */
    public static final String RULES = "rules";

    public Trend {
        points = List.copyOf(points);
    }

    /**
     * One run.
     *
     * @param at when it was
     * @param product name and version of the server that answered
     * @param found how often it was found; a guard finds without a trial
     * @param rate in how many of the trials it was seen
     */
    public record Point(Instant at, String product, int found, Rate rate) {
        /** Whether it was found. */
        public boolean seen() {
            return found > 0;
        }
    }

    /** What became of it, from the oldest run to the newest. */
    public enum Change {
        /** Seen in every run. */
        STEADY("steady"),
        /** Not seen at first, seen since. */
        NEW("new"),
        /** Seen at first, not seen since. */
        GONE("gone"),
        /** Seen, not seen, seen again, or the other way round. */
        FLAPPING("flapping");

        private final String word;

        Change(String word) {
            this.word = word;
        }

        /** The word for people. */
        public String word() {
            return word;
        }
    }

    /** Where two runs next to each other differ: the index of the later one, for each such pair. */
    private List<Integer> turns() {
        List<Integer> turns = new ArrayList<>();
        for (int i = 1; i < points.size(); i++) {
            if (points.get(i).seen() != points.get(i - 1).seen()) {
                turns.add(i);
            }
        }
        return turns;
    }

    /** What became of it. */
    public Change change() {
        int turns = turns().size();
        if (turns == 0) {
            return Change.STEADY;
        }
        return turns > 1 ? Change.FLAPPING : newest().seen() ? Change.NEW : Change.GONE;
    }

    /** The newest run. */
    public Point newest() {
        return points.get(points.size() - 1);
    }

    /**
     * Whether the runs differ by more than chance explains: no one true rate lies within the 95 % bounds of all of them. Of
     * many trends a few do that by chance as well.
     */
    public boolean beyondChance() {
        double low =
                points.stream().mapToDouble(point -> point.rate().low()).max().orElse(0);
        double high =
                points.stream().mapToDouble(point -> point.rate().high()).min().orElse(1);
        return low > high;
    }

    /** The change with its figures, as a sentence without a full stop. */
    public String sentence() {
        long seen = points.stream().filter(Point::seen).count();
        String times = "seen in " + seen + " of " + points.size() + (points.size() == 1 ? " run" : " runs");
        String now = "last " + newest().rate().text(unit);
        if (change() == Change.STEADY) {
            return times + "; " + now;
        }
        List<Integer> turns = turns();
        Point turn = points.get(turns.get(turns.size() - 1));
        Point before = points.get(turns.get(turns.size() - 1) - 1);
        return change().word()
                + (change() == Change.FLAPPING ? ", " + times : " since " + turn.at())
                + "; " + now + ", before that " + before.rate().text(unit)
                + (beyondChance() ? "" : "; chance alone may explain it")
                + (before.product().equals(turn.product())
                        ? ""
                        : "; the server was " + before.product() + " and is " + turn.product());
    }

    /** Every trend of an archive, sorted by target, subject and code. */
    public static List<Trend> of(Archive archive) {
        List<Trend> trends = new ArrayList<>();
        Map<String, List<StoredRace>> cells = archive.races().stream()
                .filter(race -> race.verdict().isPresent())
                .collect(Collectors.groupingBy(StoredRace::cell, TreeMap::new, Collectors.toList()));
        cells.values().forEach(runs -> trends.addAll(ofRuns(runs)));
        Map<String, List<StoredAnswers>> targets = archive.answers().stream()
                .collect(Collectors.groupingBy(StoredAnswers::target, TreeMap::new, Collectors.toList()));
        targets.values().forEach(times -> trends.addAll(ofAnswers(times)));
        trends.sort(Comparator.comparing(Trend::target)
                .thenComparing(Trend::subject)
                .thenComparing(trend -> trend.code().length())
                .thenComparing(Trend::code));
        return List.copyOf(trends);
    }

    private static List<Trend> ofRuns(List<StoredRace> runs) {
        Set<String> codes = new TreeSet<>();
        runs.forEach(run -> codes.addAll(verdict(run).anomalies().keySet()));
        List<Trend> trends = new ArrayList<>();
        for (String code : codes) {
            List<Point> points = runs.stream()
                    .map(run -> point(run, code))
                    .filter(point -> point.seen() || point.rate().trials() > 0)
                    .toList();
            StoredRace newest = runs.get(runs.size() - 1);
            trends.add(new Trend(
                    newest.target(),
                    newest.scenario(),
                    code,
                    title(code),
                    newest.plan().workload().unit(),
                    points));
        }
        return trends;
    }

    private static StoredVerdict verdict(StoredRace run) {
        return run.verdict().orElseThrow();
    }

    private static Point point(StoredRace run, String code) {
        StoredVerdict verdict = verdict(run);
        StoredVerdict.Count count = verdict.anomalies().get(code);
        int found = count == null ? 0 : count.count();
        // A round may have several findings of a kind, and is one trial all the same.
        int trials =
                count != null && count.rounds() > 0 && run.plan().workload().repeated() ? count.rounds() : found;
        int raced = Math.max(0, verdict.rounds().raced());
        return new Point(run.begun(), verdict.product(), found, new Rate(Math.min(trials, raced), raced));
    }

    private static String title(String code) {
        return Arrays.stream(Anomaly.values())
                .filter(anomaly -> anomaly.code().equals(code))
                .map(Anomaly::title)
                .findFirst()
                .orElse(code);
    }

    private static List<Trend> ofAnswers(List<StoredAnswers> times) {
        Map<String, StoredRules.Rule> broken = new TreeMap<>();
        times.forEach(time -> time.rules().rules().stream()
                .filter(StoredRules.Rule::broken)
                .forEach(rule -> broken.put(rule.id(), rule)));
        List<Trend> trends = new ArrayList<>();
        broken.forEach((id, last) -> {
            List<Point> points = new ArrayList<>();
            for (StoredAnswers time : times) {
                time.rules().rules().stream()
                        .filter(rule -> rule.id().equals(id))
                        .map(rule -> point(time, rule))
                        .filter(point -> point.rate().trials() > 0)
                        .forEach(points::add);
            }
            if (points.stream().anyMatch(Point::seen)) {
                trends.add(new Trend(times.get(0).target(), RULES, id, last.title(), "answers", points));
            }
        });
        return trends;
    }

    private static Point point(StoredAnswers time, StoredRules.Rule rule) {
        int faulty = 0;
        int other = 0;
        int answered = 0;
        for (StoredRules.Example example : rule.examples()) {
            Set<String> wrong = example.witnesses().stream()
                    .filter(witness -> !witness.faults().isEmpty())
                    .map(StoredRules.Witness::answer)
                    .collect(Collectors.toSet());
            Map<String, Integer> counts = new HashMap<>();
            Stream.ofNullable(example.quiet()).forEach(sample -> add(counts, sample));
            Stream.ofNullable(example.loaded()).forEach(sample -> add(counts, sample));
            int all = counts.values().stream().mapToInt(Integer::intValue).sum();
            answered += all;
            faulty += counts.entrySet().stream()
                    .filter(entry -> wrong.contains(entry.getKey()))
                    .mapToInt(Map.Entry::getValue)
                    .sum();
            other += all - (counts.isEmpty() ? 0 : Collections.max(counts.values()));
        }
        // A rule that flaps between answers that are right breaks by those that are not the usual one.
        int found = !rule.broken() ? 0 : faulty > 0 ? faulty : other;
        return new Point(
                time.begun(), time.rules().target().product(), found, new Rate(Math.min(found, answered), answered));
    }

    private static void add(Map<String, Integer> counts, StoredRules.Sample sample) {
        sample.distribution().forEach((answer, count) -> counts.merge(answer, count, Integer::sum));
    }
}
