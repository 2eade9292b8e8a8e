package dev.etalon.core.model;

import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * What may be said of one run.
 *
 * @param status VALID, VIOLATION or UNDECIDED; UNDECIDED is never folded into VALID
 * @param findings every forbidden anomaly found, in order of diagnosis, then of rounds
 * @param remarks what is allowed but clients must cope with
 * @param rounds how the rounds went
 * @param reservations one sentence for each thing that keeps a run without findings from being VALID
 * @param undecided numbers of the keys for which no order was found and none was ruled out
 * @param notJudged how many answers say nothing that can be judged, by the reason; they keep no run from being VALID
 */
public record Verdict(
        Status status,
        List<Finding> findings,
        List<Finding> remarks,
        RoundTally rounds,
        List<String> reservations,
        List<Integer> undecided,
        Map<String, Integer> notJudged) {
    public Verdict {
        findings = List.copyOf(findings);
        remarks = List.copyOf(remarks);
        reservations = List.copyOf(reservations);
        undecided = List.copyOf(undecided);
        notJudged = Collections.unmodifiableMap(new TreeMap<>(notJudged));
    }

    /** The three answers. */
    public enum Status {
        /** Everything planned was raced, and nothing forbidden was seen. */
        VALID,
        /** At least one finding, or an outcome that whoever raced it forbids. */
        VIOLATION,
        /** No finding, but something keeps this from being a pass; the reservations say what. */
        UNDECIDED
    }

    /** The verdict that follows from findings and reservations. */
    public static Verdict of(List<Finding> findings, RoundTally rounds, List<String> reservations) {
        return of(findings, List.of(), rounds, reservations, List.of(), Map.of());
    }

    /** The verdict that follows from findings, reservations, and keys and answers that could not be decided. */
    public static Verdict of(
            List<Finding> findings,
            List<Finding> remarks,
            RoundTally rounds,
            List<String> reservations,
            List<Integer> undecided,
            Map<String, Integer> notJudged) {
        Status status = !findings.isEmpty()
                ? Status.VIOLATION
                : reservations.isEmpty() && undecided.isEmpty() ? Status.VALID : Status.UNDECIDED;
        return new Verdict(status, findings, remarks, rounds, reservations, undecided, notJudged);
    }

    /** The same as a violation. */
    public Verdict violated() {
        return new Verdict(Status.VIOLATION, findings, remarks, rounds, reservations, undecided, notJudged);
    }

    /** How many answers were not judged, to be put behind a sentence; empty when every one was. */
    public String unjudged() {
        int count = notJudged.values().stream().mapToInt(Integer::intValue).sum();
        return count == 0 ? "" : count == 1 ? "; 1 answer was not judged" : "; " + count + " answers were not judged";
    }

    /** How often each anomaly was found, in order of diagnosis. */
    public Map<Anomaly, Integer> counts() {
        Map<Anomaly, Integer> counts = new EnumMap<>(Anomaly.class);
        findings.forEach(finding -> counts.merge(finding.anomaly(), 1, Integer::sum));
        return counts;
    }
}
