package dev.etalon.core.check;

import dev.etalon.core.model.Anomaly;
import dev.etalon.core.model.Finding;
import dev.etalon.core.model.History;
import dev.etalon.core.model.RoundTally;
import dev.etalon.core.model.Verdict;
import dev.etalon.core.plan.Plan;
import dev.etalon.core.plan.Workload;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** Turns a plan and its history into a verdict. A pure function: the same history is judged the same way for ever. */
public final class Judge {
    /** Anomalies that rest on something being absent, which a history with holes cannot show. */
    private static final Set<Anomaly> ABSENCE =
            EnumSet.of(Anomaly.PHANTOM_VALUE, Anomaly.PHANTOM_REFUSAL, Anomaly.ALL_REFUSED);

    private Judge() {}

    /**
     * Judges a history whose plan nobody has: a foreign recording, say. Says nothing of rounds.
     *
     * @param history what happened
     */
    public static Verdict judge(History history) {
        List<Finding> findings = new ArrayList<>();
        history.byKey().forEach((key, operations) -> findings.addAll(ChainCheck.check(key, operations)));
        return Verdict.of(findings, RoundTally.none(0), List.of());
    }

    /**
     * Judges a run whose target honours the condition, or broke the promise before anything was raced.
     *
     * @param plan what was to be done
     * @param history what happened
     * @param endedEarly why the run ended before its plan did
     */
    public static Verdict judge(Plan plan, History history, Optional<String> endedEarly) {
        List<Finding> findings = new ArrayList<>();
        history.byKey().forEach((key, operations) -> findings.addAll(ChainCheck.check(key, operations)));
        findings.sort(Comparator.comparing(Finding::anomaly).thenComparing(Finding::round));
        RoundTally rounds = RoundShapes.tally(plan, history);
        List<String> reservations = new ArrayList<>();
        endedEarly.ifPresent(reason -> reservations.add("the run ended early: " + reason));
        if (rounds.raced() < rounds.planned()) {
            reservations.add(
                    plan.workload() instanceof Workload.Counter
                            ? "only " + rounds.raced() + " of " + rounds.planned() + " increments were acknowledged"
                            : "only " + rounds.raced() + " of " + rounds.planned() + " rounds were raced");
        }
        long unread = RoundShapes.unread(history);
        if (unread > 0) {
            reservations.add(unread + (unread == 1 ? " race" : " races") + " without a read afterwards");
        }
        history.damage().forEach(damage -> reservations.add("the history is damaged: " + damage));
        if (!history.damage().isEmpty()) {
            Set<String> doubtful = findings.stream()
                    .map(Finding::anomaly)
                    .filter(ABSENCE::contains)
                    .map(Anomaly::code)
                    .collect(Collectors.toCollection(TreeSet::new));
            if (findings.removeIf(finding -> ABSENCE.contains(finding.anomaly()))) {
                reservations.add("findings that what is missing from it may explain are left out: "
                        + String.join(", ", doubtful));
            }
        }
        return Verdict.of(findings, rounds, reservations);
    }
}
