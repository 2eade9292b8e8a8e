package dev.etalon.core.check;

import dev.etalon.core.check.Contradiction.Form;
import dev.etalon.core.model.History;
import dev.etalon.core.model.Operation;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Looks for a contradiction in the order of one key's events, by the deciders that its profile allows. */
final class EventOrder {
    /**
     * What was found.
     *
     * @param contradiction null if every answer has its place in some order, or that is not known
     * @param searched whether it was found by search, so that it rests on every write being recorded
     * @param undecided whether the search for an order reached its bound
     */
    record Decision(@Nullable Contradiction contradiction, boolean searched, boolean undecided) {}

    /** The old version, the new one, the old one again: no proof of a return without a known successor is shorter. */
    private static final int WITNESS_OF_A_RETURN = 3;

    /** After so many branches the search waits for what makes for a short proof; a valid history rarely has more. */
    private static final int BRANCHES_FEW = 10_000;

    /** For a search that is only to find a better name. */
    private static final int BRANCHES_MAX = 20_000;

    private final Trace trace;
    private final Lineage lineage;
    private final History.Clocks clocks;

    EventOrder(Trace trace, Lineage lineage, History.Clocks clocks) {
        this.trace = trace;
        this.lineage = lineage;
        this.clocks = clocks;
    }

    /**
     * Decides whether some order explains every answer.
     *
     * @param profile of the trace
     * @param whole whether no request is missing from the record
     * @param branchesMax after how many branches the search gives up
     */
    Decision decide(Profile profile, boolean whole, int branchesMax) {
        if (profile == Profile.STRICT) {
            return new Decision(strict(), false, false);
        }
        Contradiction ofLives = profile == Profile.LOOSE ? null : Lives.contradiction(trace, lineage, whole);
        // Most histories are valid, and the search finds an order for them at once. Then there is nothing left for the
        // zones, whose contradictions are certain.
        Search.Answer answer =
                ofLives != null ? Search.Answer.VIOLATION : Search.decide(trace, Math.min(BRANCHES_FEW, branchesMax));
        if (answer == Search.Answer.LINEARIZABLE) {
            return new Decision(null, false, false);
        }
        Contradiction contradiction = shortest(ofLives);
        if (contradiction == null && answer == Search.Answer.UNDECIDED && branchesMax > BRANCHES_FEW) {
            answer = Search.decide(trace, branchesMax);
        }
        if (contradiction == null && answer == Search.Answer.VIOLATION) {
            contradiction = unordered(trace);
        }
        boolean searched = contradiction != null && contradiction.form() == Form.UNORDERED;
        return new Decision(contradiction, searched, contradiction == null && answer == Search.Answer.UNDECIDED);
    }

    private @Nullable Contradiction strict() {
        Watermark.Violation violation = Chain.decide(trace, lineage);
        if (violation != null) {
            return contradiction(violation);
        }
        return clocks.several()
                ? HostOrder.contradiction(
                        Trace.of(trace.operations(), Timeline.of(trace.operations()), trace.doubts()), lineage)
                : null;
    }

    /** The contradiction that the watermark checker saw. */
    private Contradiction contradiction(Watermark.Violation violation) {
        int operation = (int) violation.operation();
        int proof = (int) violation.proof();
        return switch (violation.breach()) {
            case PHANTOM_REFUSAL -> Contradiction.of(Form.REFUSED, operation, -1);
            case STALE -> Contradiction.of(Form.SUPERSEDED, operation, proof);
            case NOT_LIVE -> lateRival(operation);
            // With a sound structure these two cannot be.
            case FORK, REFUSED_BUT_APPLIED -> Contradiction.of(Form.UNORDERED, operation, proof);
        };
    }

    /** A version shows whose write began only after a refusal had said that its parent was gone. */
    private Contradiction lateRival(int operation) {
        // Between machines an answer can be in, by their clocks, before the one that had shown what it was built upon.
        int write = trace.reads(operation) ? trace.writeOf(trace.version(operation)) : operation;
        for (int late = write; late >= 0; late = trace.writeOf(trace.predecessor(trace.version(late)))) {
            for (int i = 0; i < trace.size(); i++) {
                if (trace.refused(i)
                        && trace.kind(i) == trace.kind(late)
                        && trace.parent(i) == trace.parent(late)
                        && trace.end(i) < trace.start(late)) {
                    return new Contradiction(Form.REFUSED, i, -1, i, late, operation);
                }
            }
        }
        return Contradiction.of(Form.UNORDERED, operation, -1);
    }

    /**
     * Who replaced whom makes for the shortest proofs; where it makes none, a version that returned may be one. What answers
     * that are no refusals contradict is no fault of a refusal.
     */
    private @Nullable Contradiction shortest(@Nullable Contradiction ofLives) {
        Contradiction found = ofLives;
        if (ofLives == null || (!refuses(ofLives) && ofLives.witness().length > WITNESS_OF_A_RETURN)) {
            Contradiction ofZones = Zones.contradiction(trace, true);
            boolean shorter =
                    ofLives == null || (ofZones != null && ofZones.witness().length < ofLives.witness().length);
            found = shorter ? ofZones : ofLives;
        }
        if (found == null || !refuses(found)) {
            return found;
        }
        Contradiction shown = Zones.contradiction(trace, false);
        shown = shown == null ? withoutRefusals() : shown;
        return shown == null ? found : shown;
    }

    private boolean refuses(Contradiction contradiction) {
        return Arrays.stream(contradiction.witness()).anyMatch(i -> trace.refused(i) && !trace.reads(i));
    }

    /** What answers that are no refusals contradict, whatever the refused writes did; null if they fit. */
    private @Nullable Contradiction withoutRefusals() {
        List<Operation> weaker = new ArrayList<>(trace.size());
        long[] starts = new long[trace.size()];
        long[] ends = new long[trace.size()];
        int[] places = new int[trace.size()];
        int n = 0;
        for (int i = 0; i < trace.size(); i++) {
            // A refusal that says two things is forgotten as a whole.
            boolean refused = trace.refused(i) && (!trace.reads(i) || trace.twin(i) >= 0);
            if (refused && (!trace.operation(i).write() || trace.again(i))) {
                continue;
            }
            weaker.add(refused ? trace.operation(i).unanswered() : trace.operation(i));
            starts[n] = trace.start(i);
            ends[n] = refused ? Long.MAX_VALUE : trace.end(i);
            places[n++] = i;
        }
        Trace forgetful =
                Trace.of(weaker, new Timeline(Arrays.copyOf(starts, n), Arrays.copyOf(ends, n)), trace.doubts());
        if (Search.decide(forgetful, BRANCHES_MAX) != Search.Answer.VIOLATION) {
            return null;
        }
        int[] witness =
                Arrays.stream(Weakening.witness(forgetful)).map(i -> places[i]).toArray();
        return new Contradiction(Form.UNORDERED, witness[witness.length - 1], -1, witness);
    }

    /** What a search found: the fewest answers that have no order, however the others are forgotten. */
    static Contradiction unordered(Trace trace) {
        int[] witness = Weakening.witness(trace);
        return new Contradiction(Form.UNORDERED, witness[witness.length - 1], -1, witness);
    }
}
