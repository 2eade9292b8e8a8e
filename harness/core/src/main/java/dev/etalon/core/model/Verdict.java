package dev.etalon.core.model;

import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/**
 * What may be said of one run.
 *
 * @param status VALID, VIOLATION or UNDECIDED; UNDECIDED is never folded into VALID
 * @param findings every anomaly found, in order of diagnosis, then of rounds
 * @param rounds how the rounds went
 * @param reservations one sentence for each thing that keeps a run without findings from being VALID
 */
public record Verdict(Status status, List<Finding> findings, RoundTally rounds, List<String> reservations) {
    public Verdict {
        findings = List.copyOf(findings);
        reservations = List.copyOf(reservations);
    }

    /** The three answers. */
    public enum Status {
        /** Everything planned was raced, and nothing forbidden was seen. */
        VALID,
        /** At least one finding. */
        VIOLATION,
        /** No finding, but something keeps this from being a pass; the reservations say what. */
        UNDECIDED
    }

    /** The verdict that follows from findings and reservations. */
    public static Verdict of(List<Finding> findings, RoundTally rounds, List<String> reservations) {
        Status status =
                !findings.isEmpty() ? Status.VIOLATION : reservations.isEmpty() ? Status.VALID : Status.UNDECIDED;
        return new Verdict(status, findings, rounds, reservations);
    }

    /** How often each anomaly was found, in order of diagnosis. */
    public Map<Anomaly, Integer> counts() {
        Map<Anomaly, Integer> counts = new EnumMap<>(Anomaly.class);
        findings.forEach(finding -> counts.merge(finding.anomaly(), 1, Integer::sum));
        return counts;
    }
}
