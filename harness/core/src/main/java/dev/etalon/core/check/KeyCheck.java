package dev.etalon.core.check;

import dev.etalon.core.model.Anomaly;
import dev.etalon.core.model.Finding;
import dev.etalon.core.model.History;
import dev.etalon.core.model.Operation;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Judges one key: first each answer by itself, then the versions, then the order of events. What an earlier step finds
 * explains what a later one would, so the later ones are only counted.
 *
 * <p>Everything it reports is certain: an operation with unknown outcome counts as applied only once its version was
 * seen. What it passes is linearizable, unless it says that it could not decide.
 */
final class KeyCheck {
    /**
     * What is said of a key.
     *
     * @param findings its root causes, in order of diagnosis; among them remarks, which forbid nothing
     * @param undecided whether the search for an order reached its bound
     * @param broken the precondition of judging that the key's history does not meet; null when it meets them
     * @param notJudged how many answers say nothing that can be judged, by the reason
     * @param reuses whether one tag stands for several bodies beyond doubt
     */
    record Said(
            List<Finding> findings,
            boolean undecided,
            @Nullable String broken,
            Map<String, Integer> notJudged,
            boolean reuses) {}

    /**
     * What is known of the record that a key's operations are taken from.
     *
     * @param clocks by which they were timed
     * @param whole whether no request is missing
     * @param own whether this harness recorded it, so that nobody else can have written to the key
     */
    record Recording(History.Clocks clocks, boolean whole, boolean own) {
        static Recording of(History history) {
            return new Recording(
                    history.clocks(),
                    history.damage().isEmpty(),
                    history.origin().run() != 0);
        }
    }

    /**
     * In which order requests are looked at that began at one instant: the record's order means nothing, and of proofs
     * that are equally good the first is told.
     */
    private static final Comparator<Operation> TIES = Comparator.comparingLong(Operation::startNs)
            .thenComparingLong(op -> op.unknown() ? Long.MAX_VALUE : op.endNs())
            .thenComparing(op -> op.method())
            .thenComparing(op -> op.precondition().kind())
            .thenComparingInt(Operation::status);

    private final int key;
    private final List<Operation> operations;
    private final History.Clocks clocks;
    private final int branchesMax;
    private final boolean own;
    private boolean whole;

    /** That something was there which no recorded request wrote: so not all writers were recorded. */
    private @Nullable String strangers;

    private Map<String, Integer> notJudged = Map.of();
    private boolean reuses;

    private KeyCheck(int key, List<Operation> operations, Recording recording, int branchesMax) {
        this.key = key;
        this.operations = ordered(operations)
                ? operations
                : operations.stream().sorted(TIES).toList();
        this.clocks = recording.clocks();
        this.branchesMax = branchesMax;
        this.whole = recording.whole();
        this.own = recording.own();
    }

    private static boolean ordered(List<Operation> operations) {
        for (int i = 1; i < operations.size(); i++) {
            if (operations.get(i - 1).startNs() == operations.get(i).startNs()
                    && TIES.compare(operations.get(i - 1), operations.get(i)) > 0) {
                return false;
            }
        }
        return true;
    }

    /**
     * Judges a key of a whole record of this harness.
     *
     * @param key its number
     * @param operations all its operations, in order of start
     * @param clocks by which they were timed
     * @param branchesMax after how many branches a search gives up
     */
    static Said check(int key, List<Operation> operations, History.Clocks clocks, int branchesMax) {
        return check(key, operations, new Recording(clocks, true, true), branchesMax);
    }

    /**
     * Judges a key.
     *
     * @param key its number
     * @param operations all its operations that are recorded, in order of start
     * @param recording what is known of the record
     * @param branchesMax after how many branches a search gives up
     */
    static Said check(int key, List<Operation> operations, Recording recording, int branchesMax) {
        List<Finding> findings = new ArrayList<>();
        KeyCheck check = new KeyCheck(key, operations, recording, branchesMax);
        try {
            Preconditions.clocks(operations);
            boolean undecided = check.check(findings);
            return check.said(findings, undecided, null);
        } catch (BrokenPrecondition e) {
            return check.said(findings, false, e.precondition() + ": " + e.getMessage());
        }
    }

    private Said said(List<Finding> findings, boolean undecided, @Nullable String broken) {
        if (strangers != null) {
            findings.removeIf(Judge::restsOnAbsence);
        }
        return new Said(inOrder(findings), undecided, strangers != null ? strangers : broken, notJudged, reuses);
    }

    private static List<Finding> inOrder(List<Finding> findings) {
        findings.sort(Comparator.comparing(Finding::anomaly).thenComparing(Finding::round));
        return findings;
    }

    /** Adds what it finds, so that what was certain before a precondition turned out broken is kept. */
    private boolean check(List<Finding> findings) {
        long apartNs = clocks.several() ? clocks.boundNs() : 0;
        Answers answers = Answers.of(key, operations, whole, own, apartNs);
        if (whole && !answers.ignored().isEmpty()) {
            // Who was not recorded may have written what makes a condition true.
            strangers = Preconditions.strangers(operations, own);
            whole = strangers == null;
            answers = whole ? answers : Answers.of(key, operations, false, own, apartNs);
        }
        findings.addAll(answers.ignored());
        if (!findings.isEmpty()) {
            return false;
        }
        findings.addAll(answers.odd());
        Tags tags = Tags.of(key, operations, apartNs);
        reuses = tags.reuses();
        List<Operation> rows = Trace.rows(operations);
        Trace.Doubts doubts = doubts(answers, tags);
        Trace trace = Trace.of(rows, Timeline.of(rows, clocks), doubts);
        findings.addAll(tags.findings());
        Answers.otherwise(key, trace).ifPresent(findings::add);
        Lineage lineage = Lineage.of(trace);
        Profile profile = Profile.of(trace);
        boolean ambiguous =
                tags.odd() && operations.stream().anyMatch(op -> op.write() && op.conditional() && tags.shared(op));
        notJudged = trace.silent(doubts);
        strangers = Preconditions.strangers(trace, own);
        whole &= strangers == null;
        findings.addAll(Structure.findings(key, trace, lineage, profile));
        if (findings.stream().anyMatch(finding -> structural(finding.anomaly()))) {
            count(findings, trace, lineage);
            return false;
        }
        if (ambiguous) {
            return false;
        }
        try {
            Preconditions.provenance(trace, lineage, clocks);
        } catch (BrokenPrecondition e) {
            orderWithoutProvenance(findings, trace, lineage, profile);
            throw e;
        }
        boolean undecided = order(findings, trace, lineage, profile);
        if (findings.isEmpty()) {
            LateApplications.of(key, trace, lineage, profile).ifPresent(findings::add);
        }
        return undecided;
    }

    private static Trace.Doubts doubts(Answers answers, Tags tags) {
        return new Trace.Doubts() {
            @Override
            public boolean mute(Operation op) {
                return answers.mute(op) || tags.mixed(op);
            }

            @Override
            public boolean shared(Operation op) {
                return tags.shared(op) || tags.mislabelled(op);
            }

            @Override
            public boolean split(Operation op) {
                return tags.split(op);
            }
        };
    }

    /** Whether what is wrong is wrong with the versions, so that their order can not be right either. */
    private static boolean structural(Anomaly anomaly) {
        return switch (anomaly) {
            case PHANTOM_VALUE, REFUSED_BUT_APPLIED, LOST_UPDATE, DUPLICATE_CREATE, STALE_SUCCESS -> true;
            default -> false;
        };
    }

    private void count(List<Finding> findings, Trace trace, Lineage lineage) {
        Set<Operation> told = new HashSet<>();
        findings.forEach(finding -> told.addAll(finding.witness()));
        int consequences = Diagnosis.consequences(trace, lineage, told);
        for (int i = 0; i < findings.size(); i++) {
            if (structural(findings.get(i).anomaly())) {
                findings.set(i, findings.get(i).with(consequences));
                return;
            }
        }
    }

    /**
     * Looks for a contradiction that does not rest on who had shown a validator before it was sent. Between machines there
     * is none: there, a tag that was used before it was shown says that the clocks are further apart than they may be.
     */
    private void orderWithoutProvenance(List<Finding> findings, Trace trace, Lineage lineage, Profile profile) {
        if (clocks.several()) {
            return;
        }
        // What returned did so whatever is missing from the record. An order needs all writes.
        Contradiction contradiction = Zones.contradiction(trace, false);
        boolean searched = profile == Profile.LOOSE || profile == Profile.MIXED;
        if (contradiction == null
                && searched
                && whole
                && Preconditions.parentsRecorded(trace)
                && Search.decide(trace, branchesMax) == Search.Answer.VIOLATION) {
            contradiction = EventOrder.unordered(trace);
        }
        if (contradiction != null) {
            findings.add(
                    Diagnosis.withoutProvenance(key, trace, lineage, clocks).of(contradiction));
        }
    }

    /**
     * Looks for a contradiction in the order of events.
     *
     * @return whether that could not be decided
     */
    private boolean order(List<Finding> findings, Trace trace, Lineage lineage, Profile profile) {
        EventOrder.Decision decision = new EventOrder(trace, lineage, clocks).decide(profile, whole, branchesMax);
        Contradiction contradiction = decision.contradiction();
        if (contradiction != null) {
            // What is missing may explain a witness that is judged alone.
            Alone alone = whole ? new Alone(key, trace, clocks) : null;
            Finding finding = new Diagnosis(key, trace, lineage, clocks, alone).of(contradiction);
            if (decision.searched() && !whole && !Judge.restsOnAbsence(finding)) {
                // A write that is missing may have made an order, whatever the finding is called.
                finding = Finding.of(Anomaly.INEXPLICABLE, key, finding.witness(), finding.explanation());
            }
            // Where versions may come back, being behind is no consequence of anything.
            findings.add(
                    profile == Profile.STRICT
                            ? finding.with(Diagnosis.consequences(trace, lineage, new HashSet<>(finding.witness())))
                            : finding);
        }
        return decision.undecided();
    }
}
