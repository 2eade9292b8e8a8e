package dev.etalon.core.check;

import dev.etalon.core.check.Contradiction.Form;
import dev.etalon.core.model.History;
import java.util.Arrays;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** Looks for a contradiction in the order of one key's events, by the deciders that its profile allows. */
final class EventOrder {
    /**
     * What was found.
     *
     * @param contradiction null if every answer has its place in some order, or that is not known
     * @param undecided whether the search for an order reached its bound
     */
    record Decision(@Nullable Contradiction contradiction, boolean undecided) {}

    /** The old version, the new one, the old one again: no proof of a return without a known successor is shorter. */
    private static final int WITNESS_OF_A_RETURN = 3;

    private static final int BRANCHES_MAX = 20_000;

    private final Trace trace;
    private final Lineage lineage;
    private final History.Clocks clocks;
    private final Trace.Doubts doubts;

    EventOrder(Trace trace, Lineage lineage, History.Clocks clocks, Trace.Doubts doubts) {
        this.trace = trace;
        this.lineage = lineage;
        this.clocks = clocks;
        this.doubts = doubts;
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
            return new Decision(strict(), false);
        }
        Contradiction contradiction = shortest(profile, whole);
        if (contradiction != null) {
            return new Decision(contradiction, false);
        }
        return switch (Search.decide(trace, branchesMax)) {
            case UNDECIDED -> new Decision(null, true);
            case VIOLATION -> new Decision(unordered(trace), false);
            case LINEARIZABLE -> new Decision(null, false);
        };
    }

    private @Nullable Contradiction strict() {
        Watermark.Violation violation = Chain.decide(trace, lineage);
        if (violation != null) {
            return contradiction(violation);
        }
        return clocks.several()
                ? HostOrder.contradiction(
                        Trace.of(trace.operations(), Timeline.of(trace.operations()), doubts), lineage)
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

    /** Who replaced whom makes for the shortest proofs; where it makes none, a version that returned may be one. */
    private @Nullable Contradiction shortest(Profile profile, boolean whole) {
        Contradiction ofLives = profile == Profile.LOOSE ? null : Lives.contradiction(trace, lineage, whole);
        if (ofLives != null && Arrays.stream(ofLives.witness()).anyMatch(i -> trace.refused(i) && !trace.reads(i))) {
            // What answers that showed something contradict is no fault of a refusal.
            Contradiction shown = Zones.contradiction(trace, false);
            shown = shown == null ? withoutRefusals() : shown;
            if (shown != null) {
                return shown;
            }
        }
        if (ofLives != null && ofLives.witness().length <= WITNESS_OF_A_RETURN) {
            return ofLives;
        }
        Contradiction ofZones = Zones.contradiction(trace, true);
        boolean shorter = ofLives == null || (ofZones != null && ofZones.witness().length < ofLives.witness().length);
        return shorter ? ofZones : ofLives;
    }

    /** What the answers that are no refusals contradict, whether or not anything was refused; null if they fit. */
    private @Nullable Contradiction withoutRefusals() {
        int[] places = IntStream.range(0, trace.size())
                .filter(i -> !trace.refused(i) || trace.reads(i))
                .toArray();
        Trace weaker = Trace.of(
                Arrays.stream(places).mapToObj(trace::operation).toList(),
                new Timeline(
                        Arrays.stream(places).mapToLong(trace::start).toArray(),
                        Arrays.stream(places).mapToLong(trace::end).toArray()),
                doubts);
        if (Search.decide(weaker, BRANCHES_MAX) != Search.Answer.VIOLATION) {
            return null;
        }
        int[] witness = Arrays.stream(Weakening.witness(weaker)).map(i -> places[i]).toArray();
        return new Contradiction(Form.UNORDERED, witness[witness.length - 1], -1, witness);
    }

    /** What a search found: the fewest answers that have no order, however the others are forgotten. */
    static Contradiction unordered(Trace trace) {
        int[] witness = Weakening.witness(trace);
        return new Contradiction(Form.UNORDERED, witness[witness.length - 1], -1, witness);
    }
}
