package dev.etalon.reports.json;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.etalon.core.store.StoredVerdict;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What {@code report.json} holds; {@code docs/report-format.md} describes it for other programs, and {@code
 * docs/report.schema.json} says the same to validators.
 *
 * @param format always {@link #FORMAT}
 * @param version of the format: {@link #VERSION}. Fields may be added within a version, and are never taken away or changed
 * @param counts how many cells count how, and how many rules
 * @param cells the last word on every scenario on every target, sorted by scenario and target
 * @param rules the last answers of every target to every rule, by target
 * @param capabilities what every target does with conditions, by target
 * @param trends what was wrong at least once, over all stored runs
 * @param unreadable one sentence for each folder that could not be read
 */
record ReportFile(
        String format,
        int version,
        Counts counts,
        List<Cell> cells,
        List<Rule> rules,
        List<Capability> capabilities,
        List<TrendOf> trends,
        List<String> unreadable) {
    static final String FORMAT = "etalon-report";
    static final int VERSION = 1;

    /** How many count how, by the name of a status. */
    record Counts(Map<String, Long> cells, Map<String, Long> rules, long brokenRules) {}

    /**
     * A scenario on a target.
     *
     * @param runs how many runs of it are stored
     * @param run the run that this is about; absent when nothing was sent
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record Cell(
            String scenario,
            String target,
            String at,
            String status,
            String sentence,
            int runs,
            @Nullable Run run) {}

    /**
     * A run.
     *
     * @param folder where it lies, seen from the folder of the report
     * @param repeat the command that repeats the plan
     * @param seed of the plan
     * @param unit what {@code planned} and {@code raced} count
     * @param bound share of rounds, 0 to 1, that none in {@code raced} leaves at 95 %
     * @param determinism share of rounds with the most frequent outcome; absent where outcomes are not graded
     * @param winners rounds with so many winners, by number
     * @param losers answers that were no success, by status; 0 for none
     * @param alignment how well racers were aligned; absent when that was not measured
     * @param anomalies what was found, in order of diagnosis
     * @param remarks what is allowed but worth knowing
     * @param reservations what keeps a run without anomalies from being valid
     * @param witness why there is none; absent when there is one for every anomaly, or nothing was found
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record Run(
            String folder,
            String repeat,
            String seed,
            String product,
            String unit,
            int planned,
            int raced,
            double bound,
            @Nullable Double determinism,
            Map<Integer, Integer> winners,
            Map<Integer, Integer> losers,
            @Nullable Alignment alignment,
            List<Anomaly> anomalies,
            List<Anomaly> remarks,
            List<String> reservations,
            @Nullable String witness) {}

    /** Nanoseconds within which half, and nine of ten rounds had all racers let go; racers in flight at once, 0 to 1. */
    record Alignment(long p50Ns, long p90Ns, double overlap) {}

    /**
     * What was found.
     *
     * @param count findings
     * @param rounds rounds with one; 0 when that was not counted
     * @param witness the first one as text; absent for remarks, and when it could not be read
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record Anomaly(
            String code,
            String title,
            String severity,
            String dimension,
            int count,
            int rounds,
            @Nullable String witness) {
        static Anomaly of(String code, StoredVerdict.Count count, @Nullable String witness) {
            return new Anomaly(
                    code,
                    count.title(),
                    count.severity().name(),
                    count.dimension().name(),
                    count.count(),
                    count.rounds(),
                    witness);
        }
    }

    /**
     * What came of a rule on a target.
     *
     * @param answered answers in all, at rest and under load
     * @param witness the first wrong answer as text; absent when there was none
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record Rule(
            String target,
            String at,
            String product,
            String folder,
            String id,
            String title,
            String level,
            String source,
            String status,
            String sentence,
            boolean broken,
            boolean deterministic,
            int answered,
            @Nullable String witness) {}

    /** What a target does with a condition on an operation. */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record Capability(
            String target,
            String operation,
            String condition,
            String state,
            String sentence,
            @Nullable Boolean claimed,
            @Nullable Boolean asClaimed) {}

    /**
     * How often one thing was wrong, from the oldest run to the newest.
     *
     * @param subject the scenario, or {@code rules}
     * @param code the anomaly's, or the rule's id
     * @param unit what a trial is
     * @param change STEADY, NEW, GONE, FLAPPING
     * @param beyondChance whether no one rate explains all runs
     * @param sentence the same for people
     */
    record TrendOf(
            String target,
            String subject,
            String code,
            String title,
            String unit,
            String change,
            boolean beyondChance,
            String sentence,
            List<Point> points) {}

    /** One run of a trend: seen {@code count} times in {@code trials}; the true rate is within the bounds, 0 to 1, at 95 %. */
    record Point(String at, String product, int count, int trials, double rate, double low, double high) {}
}
