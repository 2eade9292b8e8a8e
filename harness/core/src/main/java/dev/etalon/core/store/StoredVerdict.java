package dev.etalon.core.store;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.etalon.core.model.Anomaly;
import dev.etalon.core.model.Finding;
import dev.etalon.core.model.RoundTally;
import dev.etalon.core.model.Verdict;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What {@code verdict.json} of a run folder holds.
 *
 * @param scenario scenario id
 * @param target target name
 * @param product the server that answered
 * @param verdict what follows from the history alone
 * @param cell how the cell counts, once what is known of the target is weighed
 * @param sentence why it counts like that
 * @param endedEarly why the run ended before its plan did; null when it did not
 * @param anomalies how often each was found, by its code
 * @param remarks how often each thing was seen that is allowed but worth knowing, by its code
 * @param reservations what keeps a run without findings from being valid
 * @param rounds how the rounds went
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record StoredVerdict(
        String scenario,
        String target,
        String product,
        Verdict.Status verdict,
        String cell,
        String sentence,
        @Nullable String endedEarly,
        Map<String, Count> anomalies,
        Map<String, Count> remarks,
        List<String> reservations,
        RoundTally rounds) {
    /**
     * One anomaly and how often it was found.
     *
     * @param count findings
     * @param rounds rounds that had one; 0 when only the guard did, or when it was stored before rounds were counted
     */
    public record Count(String title, Anomaly.Severity severity, Anomaly.Dimension dimension, int count, int rounds) {
        /** A count of which nobody knows in how many rounds it was. */
        public Count(String title, Anomaly.Severity severity, Anomaly.Dimension dimension, int count) {
            this(title, severity, dimension, count, 0);
        }
    }

    /** What is to be stored of a run that was judged. */
    public static StoredVerdict of(
            String scenario,
            String target,
            String product,
            String cell,
            String sentence,
            Optional<String> endedEarly,
            Verdict verdict) {
        return new StoredVerdict(
                scenario,
                target,
                product,
                verdict.status(),
                cell,
                sentence,
                endedEarly.orElse(null),
                counts(verdict.findings()),
                counts(verdict.remarks()),
                verdict.reservations(),
                verdict.rounds());
    }

    private static Map<String, Count> counts(List<Finding> findings) {
        Map<Anomaly, List<Finding>> byAnomaly = findings.stream()
                .collect(Collectors.groupingBy(Finding::anomaly, LinkedHashMap::new, Collectors.toList()));
        Map<String, Count> counts = new LinkedHashMap<>();
        byAnomaly.forEach((anomaly, found) -> counts.put(
                anomaly.code(),
                new Count(
                        anomaly.title(),
                        anomaly.severity(),
                        anomaly.dimension(),
                        found.size(),
                        Finding.rounds(found))));
        return counts;
    }

    /**
     * In what a verdict on the same history is another one.
     *
     * @return one phrase for each difference; empty when there is none
     */
    public List<String> differences(Verdict now) {
        List<String> differences = new ArrayList<>();
        if (verdict != now.status()) {
            differences.add("the verdict was " + verdict + " and is " + now.status());
        }
        Map<String, Integer> counts = new LinkedHashMap<>();
        now.counts().forEach((anomaly, count) -> counts.put(anomaly.code(), count));
        TreeSet<String> codes = new TreeSet<>(anomalies.keySet());
        codes.addAll(counts.keySet());
        for (String code : codes) {
            Count count = anomalies.get(code);
            int was = count == null ? 0 : count.count();
            int is = counts.getOrDefault(code, 0);
            if (was != is) {
                differences.add(code + " was found ×" + was + " and is found ×" + is);
            }
        }
        if (!reservations.equals(now.reservations())) {
            differences.add("the reservations were " + reservations);
        }
        return differences;
    }
}
