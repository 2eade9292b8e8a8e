package dev.etalon.core.check;

import dev.etalon.core.model.Anomaly;
import dev.etalon.core.model.Finding;
import dev.etalon.core.model.History;
import dev.etalon.core.model.Operation;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * What the judge says of the few answers of a witness when it is given no others: a name that the witness does not bear by
 * itself was the name of something else.
 *
 * <p>All other answers are forgotten, see {@link WitnessMinimizer}. Two kinds of name speak of more, and for them that is
 * kept: A12, A13 and A19 say that no other write did it, A5 and A6 say what was not seen later.
 */
final class Alone {
    /**
     * The judge's word.
     *
     * @param anomaly the name
     * @param witness what it names, by index in the whole trace
     * @param explanation what is said of it, by its requests alone
     * @param contradiction by the same indices; null where the versions alone contradict each other
     */
    record Verdict(
            Anomaly anomaly,
            int[] witness,
            String explanation,
            @Nullable Contradiction contradiction) {}

    private static final int BRANCHES_MAX = 20_000;

    /** In a longer history a search for each request of a witness takes too long. */
    private static final int SEARCHED_MAX = 2_000;

    /** Answers, the nearest in time, that are tried as one more request of a witness. */
    private static final int JOINING_MAX = 64;

    private final int key;
    private final Trace trace;
    private final History.Clocks clocks;

    /**
     * The judge of a key's witnesses.
     *
     * @param trace the whole history, of which no request is missing
     * @param clocks by which it was timed
     */
    Alone(int key, Trace trace, History.Clocks clocks) {
        this.key = key;
        this.trace = trace;
        this.clocks = clocks;
    }

    /**
     * Judges a witness.
     *
     * @param name what it is called, which says what else is kept
     * @param witness by index
     * @return null where nothing can be said: it no longer shows who had been given which tag, or all of it fits
     */
    @Nullable
    Verdict judge(Anomaly name, int... witness) {
        try {
            int[] places = places(name, witness);
            return judge(weaker(name, places, witness), places);
        } catch (BrokenPrecondition e) {
            return null;
        }
    }

    /** The trace in which only a witness, and what its name speaks of besides, has answers. */
    private Trace weaker(Anomaly name, int[] places, int... witness) {
        List<Operation> weaker = new ArrayList<>(places.length);
        long[] starts = new long[places.length];
        long[] ends = new long[places.length];
        for (int k = 0; k < places.length; k++) {
            int i = places[k];
            boolean known = known(name, i, witness);
            Operation op = trace.operation(i);
            weaker.add(known ? op : op.unanswered());
            starts[k] = trace.start(i);
            ends[k] = known ? trace.end(i) : Long.MAX_VALUE;
        }
        return Trace.of(weaker, new Timeline(starts, ends), trace.doubts());
    }

    private @Nullable Verdict judge(Trace weaker, int... places) {
        Lineage lineage = Lineage.of(weaker);
        Profile profile = Profile.of(weaker);
        List<Finding> structural = Structure.findings(key, weaker, lineage, profile);
        if (!structural.isEmpty()) {
            Finding first = structural.get(0);
            return new Verdict(first.anomaly(), indices(first.witness()), first.explanation(), null);
        }
        // That every tag had been shown before it was sent was seen in the whole history.
        Contradiction found = new EventOrder(weaker, lineage, clocks)
                .decide(profile, true, BRANCHES_MAX)
                .contradiction();
        if (found == null) {
            return null;
        }
        Finding named = new Diagnosis(key, weaker, lineage, clocks, null).of(found);
        int[] mapped = Arrays.stream(found.witness()).map(i -> places[i]).toArray();
        Contradiction same = new Contradiction(
                found.form(), places[found.operation()], found.proof() < 0 ? -1 : places[found.proof()], mapped);
        return new Verdict(named.anomaly(), indices(named.witness()), named.explanation(), same);
    }

    /**
     * Of a witness, the requests that are needed for it to be a contradiction, whatever its name. Who had been given which
     * tag is of no account here: what shows it must be part of the witness. Of a long history, all of them.
     */
    int[] fewer(Anomaly name, int... witness) {
        if (trace.size() > SEARCHED_MAX) {
            return witness;
        }
        int[] fewer = witness;
        for (int spare : witness) {
            int[] without = Arrays.stream(fewer).filter(i -> i != spare).toArray();
            if (without.length > 0 && contradictory(name, false, i -> false, without)) {
                fewer = without;
            }
        }
        return fewer;
    }

    /** Whether a name says that no other write did it, so that what other writes were answered is held true. */
    static boolean holds(Anomaly name) {
        return switch (name) {
            case PHANTOM_REFUSAL, ALL_REFUSED, REFUSAL_WITH_EFFECT -> true;
            default -> false;
        };
    }

    /**
     * Whether no order explains a witness; of other refusals only that they had no effect is used. Believed of a long
     * history.
     */
    boolean proves(Anomaly name, int... witness) {
        return trace.size() > SEARCHED_MAX || contradictory(name, true, i -> false, witness);
    }

    /** A witness, and the one answer nearby that makes it a proof if it is none. */
    int[] joined(Anomaly name, int... witness) {
        if (proves(name, witness)) {
            return witness;
        }
        return nearest(witness)
                .mapToObj(i -> sorted(IntStream.concat(Arrays.stream(witness), IntStream.of(i))))
                .filter(more -> proves(name, more))
                .findFirst()
                .orElse(witness);
    }

    /**
     * A witness with the acknowledged writes nearby that must have taken effect for it to be a proof, each by itself; empty
     * if that takes several, or it is none.
     */
    int[] withSuccesses(Anomaly name, int... witness) {
        if (trace.size() > SEARCHED_MAX) {
            return witness;
        }
        int[] successes = nearest(witness)
                .filter(i -> trace.applied(i) && trace.operation(i).write() && !trace.reads(i) && !named(i, witness))
                .toArray();
        int[] needed = Arrays.stream(successes)
                .filter(i -> !contradictory(name, true, left -> left == i, witness))
                .toArray();
        IntPredicate spare = i -> Diagnosis.contains(successes, i) && !Diagnosis.contains(needed, i);
        return contradictory(name, true, spare, witness)
                ? sorted(IntStream.concat(Arrays.stream(witness), Arrays.stream(needed)))
                : new int[0];
    }

    /** Whether a witness, or a write, speaks of what a write made, so that it took effect at any rate. */
    private boolean named(int write, int... witness) {
        int made = trace.version(write);
        return IntStream.range(0, trace.size()).anyMatch(i -> i != write && trace.parent(i) == made)
                || Arrays.stream(witness).anyMatch(w -> trace.version(w) == made);
    }

    /** The answers nearest in time to the last of a witness that are no part of it. */
    private IntStream nearest(int... witness) {
        long at = trace.start(witness[witness.length - 1]);
        return IntStream.range(0, trace.size())
                .filter(i -> !trace.unknown(i) && !told(i, witness))
                .boxed()
                .sorted(Comparator.comparingLong(i -> Math.abs(trace.start(i) - at)))
                .limit(JOINING_MAX)
                .mapToInt(Integer::intValue);
    }

    private int[] sorted(IntStream rows) {
        return rows.boxed()
                .sorted(Comparator.comparingLong(trace::start))
                .mapToInt(Integer::intValue)
                .toArray();
    }

    private boolean contradictory(Anomaly name, boolean withoutRefusals, IntPredicate left, int... witness) {
        int[] places = Arrays.stream(places(name, witness))
                .filter(i -> !left.test(i))
                .filter(i -> !withoutRefusals
                        || !trace.refused(i)
                        || !trace.operation(i).write()
                        || told(i, witness))
                .toArray();
        return Search.decide(weaker(name, places, witness), BRANCHES_MAX) == Search.Answer.VIOLATION;
    }

    /** The first row of each request. */
    int[] indices(List<Operation> operations) {
        int[] indices = new int[operations.size()];
        for (int k = 0; k < indices.length; k++) {
            long id = operations.get(k).id();
            int i = 0;
            while (trace.operation(i).id() != id) {
                i++;
            }
            indices[k] = i;
        }
        return indices;
    }

    /** The rows that are kept: of what is forgotten, the writes, which may have had an effect all the same. */
    private int[] places(Anomaly name, int... witness) {
        List<Integer> places = new ArrayList<>();
        for (int i = 0; i < trace.size(); i++) {
            Operation op = trace.operation(i);
            boolean again = i > 0 && trace.operation(i - 1) == op;
            boolean known = known(name, i, witness);
            if (known || (op.write() && !op.foundNothing() && !again)) {
                places.add(i);
            }
        }
        return places.stream().mapToInt(Integer::intValue).toArray();
    }

    private boolean known(Anomaly name, int i, int... witness) {
        Operation op = trace.operation(i);
        boolean kept = holds(name)
                ? op.write() && !op.foundNothing()
                : (name == Anomaly.ACKNOWLEDGED_BUT_LOST || name == Anomaly.RESURRECTED_VALUE)
                        && after(i, trace.operation(witness[witness.length - 1]));
        return kept || told(i, witness);
    }

    private boolean after(int i, Operation last) {
        Operation op = trace.operation(i);
        return trace.start(i) > last.endNs() || (op.host() == last.host() && op.startNs() > last.endNs());
    }

    private boolean told(int i, int... witness) {
        return Arrays.stream(witness).anyMatch(w -> trace.operation(w) == trace.operation(i));
    }
}
