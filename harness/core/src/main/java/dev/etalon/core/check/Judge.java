package dev.etalon.core.check;

import dev.etalon.core.model.Anomaly;
import dev.etalon.core.model.Finding;
import dev.etalon.core.model.Grade;
import dev.etalon.core.model.Graded;
import dev.etalon.core.model.History;
import dev.etalon.core.model.Observation;
import dev.etalon.core.model.Operation;
import dev.etalon.core.model.RoundTally;
import dev.etalon.core.model.Shape;
import dev.etalon.core.model.Verdict;
import dev.etalon.core.plan.Plan;
import dev.etalon.core.plan.Workload;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * Turns a plan and its history into a verdict. A pure function: the same history is judged the same way for ever.
 *
 * <p>Keys are judged apart, since linearizability is local (Herlihy and Wing 1990). A verdict of VALID is exact: some
 * order explains every answer. A verdict of VIOLATION has a witness that no order explains.
 */
public final class Judge {
    /** Anomalies that rest on something being absent, which a history with holes cannot show. */
    private static final Set<Anomaly> ABSENCE = EnumSet.of(
            Anomaly.PHANTOM_VALUE,
            Anomaly.REFUSAL_WITH_EFFECT,
            Anomaly.PHANTOM_REFUSAL,
            Anomaly.ALL_REFUSED,
            Anomaly.DUPLICATE_CREATE,
            Anomaly.MISSING_TO_A_WRITER,
            Anomaly.INEXPLICABLE);

    private static final int SENTENCES_MAX = 3;

    private final History history;
    private final List<Finding> findings = new ArrayList<>();
    private final List<Finding> remarks = new ArrayList<>();
    private final List<Integer> undecided = new ArrayList<>();
    private boolean reuses;
    private final List<String> reservations = new ArrayList<>();
    private final Map<String, Integer> notJudged = new TreeMap<>();

    private Judge(History history) {
        this.history = history;
    }

    /**
     * Judges a history whose plan nobody has: a foreign recording, say. Says nothing of rounds.
     *
     * @param history what happened
     */
    public static Verdict judge(History history) {
        Judge judge = new Judge(history);
        judge.keys();
        if (history.operations().stream().allMatch(Operation::unknown)) {
            judge.reservations.add("nothing was judged: no operation has a known outcome");
        } else if (history.operations().stream().allMatch(Judge::saysNothing)) {
            judge.reservations.add("nothing was judged: no operation wrote anything or showed what was there");
        }
        return judge.verdict(RoundTally.none(0));
    }

    private static boolean saysNothing(Operation op) {
        return op.unknown() || (!op.write() && !op.conditional() && op.observation() instanceof Observation.Nothing);
    }

    /**
     * Judges a run whose target honours the condition, or broke the promise before anything was raced.
     *
     * @param plan what was to be done
     * @param history what happened
     * @param endedEarly why the run ended before its plan did
     */
    public static Verdict judge(Plan plan, History history, Optional<String> endedEarly) {
        return judge(plan, history, endedEarly, Optional.empty());
    }

    /**
     * The same for a run whose outcomes were graded by whoever raced it: an outcome that is forbidden is a violation, even
     * one that no anomaly explains.
     *
     * @param graded what came of its samples; empty where the history alone says it
     */
    public static Verdict judge(Plan plan, History history, Optional<String> endedEarly, Optional<Graded> graded) {
        Judge judge = new Judge(history);
        endedEarly.ifPresent(reason -> judge.reservations.add("the run ended early: " + reason));
        RoundTally counted = RoundShapes.tally(plan, history);
        RoundTally rounds = graded.map(each -> graded(counted, each, history)).orElse(counted);
        judge.rounds(plan, rounds);
        judge.keys();
        Verdict verdict = judge.verdict(rounds);
        return graded.isPresent() && graded.get().forbidden() > 0 ? verdict.violated() : verdict;
    }

    /** A sample counts that has an outcome, and of which the history, if there is one, shows that a writer was told. */
    private static RoundTally graded(RoundTally counted, Graded graded, History history) {
        int raced = history.operations().isEmpty() ? graded.told() : Math.min(graded.samples(), counted.raced());
        return counted.graded(graded.shapes(), raced);
    }

    private void rounds(Plan plan, RoundTally rounds) {
        if (rounds.raced() < rounds.planned()) {
            String done = plan.workload().repeated()
                    ? "raced"
                    : plan.workload() instanceof Workload.Counter ? "acknowledged" : "answered";
            reservations.add("only " + rounds.raced() + " of " + rounds.planned() + " "
                    + plan.workload().unit() + " were " + done);
        }
        for (Shape shape : Shape.of(Grade.UNKNOWN, rounds.shapes())) {
            reservations.add("an outcome that nobody wrote an expectation for, in " + shape.count()
                    + (shape.count() == 1 ? " round: " : " rounds: ") + shape.outcome());
        }
        long unread = RoundShapes.unread(history);
        if (unread > 0) {
            reservations.add(unread + (unread == 1 ? " race" : " races") + " without a read afterwards");
        }
    }

    private void keys() {
        List<String> broken = new ArrayList<>();
        KeyCheck.Recording recording = KeyCheck.Recording.of(history);
        history.byKey().forEach((key, operations) -> {
            KeyCheck.Said said;
            try {
                said = KeyCheck.check(key, operations, recording, Search.BRANCHES_MAX);
            } catch (RuntimeException e) {
                // One key's misfortune must not cost the verdicts of the others.
                broken.add("key " + history.origin().keyName(key)
                        + " was not judged, for a defect of the judge, please report it with the history: " + e + " at "
                        + e.getStackTrace()[0]);
                return;
            }
            said.findings().forEach(finding -> (finding.anomaly().forbidden() ? findings : remarks).add(finding));
            said.notJudged().forEach((reason, count) -> notJudged.merge(reason, count, Integer::sum));
            reuses |= said.reuses();
            if (said.undecided()) {
                undecided.add(key);
            }
            if (said.broken() != null) {
                broken.add("key " + history.origin().keyName(key) + " was not judged"
                        + (said.findings().isEmpty() ? "" : " any further") + ", for its history breaks "
                        + said.broken());
            }
        });
        if (reuses) {
            findings.replaceAll(Tags::reused);
        }
        Comparator<Finding> order = Comparator.comparing(Finding::anomaly).thenComparing(Finding::round);
        findings.sort(order);
        remarks.sort(order);
        broken.stream().limit(SENTENCES_MAX).forEach(reservations::add);
        if (broken.size() > SENTENCES_MAX) {
            reservations.add((broken.size() - SENTENCES_MAX) + " more keys were not judged for such reasons");
        }
        if (!undecided.isEmpty()) {
            reservations.add("no order was found, and none ruled out, within " + Search.BRANCHES_MAX
                    + " branches for keys: "
                    + undecided.stream()
                            .map(history.origin()::keyName)
                            .limit(SENTENCES_MAX)
                            .collect(Collectors.joining(", "))
                    + (undecided.size() > SENTENCES_MAX ? " and " + (undecided.size() - SENTENCES_MAX) + " more" : ""));
        }
    }

    /** Whether a request that is missing from the record could explain a finding. */
    static boolean restsOnAbsence(Finding finding) {
        return ABSENCE.contains(finding.anomaly())
                || acceptsADelete(finding)
                || finding.witness().stream()
                        .anyMatch(op -> op.observation() instanceof Observation.Absent
                                || (op.refused() && op.status() == 404)
                                || Answers.findsNothing(op));
    }

    /** Whether what is wrong is that a delete was accepted: a delete that is missing may have made way for it. */
    private static boolean acceptsADelete(Finding finding) {
        return (finding.anomaly() == Anomaly.STALE_SUCCESS || finding.anomaly() == Anomaly.LOST_UPDATE)
                && finding.witness().stream().anyMatch(op -> op.removes() && op.applied());
    }

    private Verdict verdict(RoundTally rounds) {
        history.damage().forEach(damage -> reservations.add("the history is damaged: " + damage));
        if (!history.damage().isEmpty()) {
            Set<String> doubtful = findings.stream()
                    .filter(Judge::restsOnAbsence)
                    .map(finding -> finding.anomaly().code())
                    .collect(Collectors.toCollection(TreeSet::new));
            if (findings.removeIf(Judge::restsOnAbsence)) {
                reservations.add("findings that what is missing from it may explain are left out: "
                        + String.join(", ", doubtful));
            }
        }
        return Verdict.of(findings, remarks, rounds, reservations, undecided, notJudged);
    }
}
