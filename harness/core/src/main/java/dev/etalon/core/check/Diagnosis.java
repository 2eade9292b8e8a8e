package dev.etalon.core.check;

import dev.etalon.core.check.Contradiction.Form;
import dev.etalon.core.check.Trace.Kind;
import dev.etalon.core.model.Anomaly;
import dev.etalon.core.model.Finding;
import dev.etalon.core.model.History;
import dev.etalon.core.model.Operation;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.IntStream;

/** Gives a contradiction between answers its name, its witness and its explanation. */
final class Diagnosis {
    /** Operations a witness names; a volley of refusals is told by its first ones and its number. */
    private static final int REFUSALS_SHOWN_MAX = 3;

    private final int key;
    private final Trace trace;
    private final Lineage lineage;
    private final History.Clocks clocks;

    Diagnosis(int key, Trace trace, Lineage lineage, History.Clocks clocks) {
        this.key = key;
        this.trace = trace;
        this.lineage = lineage;
        this.clocks = clocks;
    }

    /** The finding that a contradiction amounts to. */
    Finding of(Contradiction contradiction) {
        int operation = contradiction.operation();
        int proof = contradiction.proof();
        return switch (contradiction.form()) {
            case REFUSED -> refused(operation, contradiction.witness());
            case SUPERSEDED ->
                trace.refused(proof) && !trace.reads(proof) && !replacedInTime(proof)
                        ? refused(proof, new int[] {proof, operation})
                        : behind(operation, proof, contradiction.witness());
            case MISSING -> behind(operation, proof, contradiction.witness());
            case RETURNED -> returned(operation, proof, contradiction.witness());
            case CREATED_TWICE -> createdTwice(operation, proof);
            case UNORDERED -> unordered(contradiction.witness());
        };
    }

    /** The contradiction that the watermark checker saw. */
    Contradiction contradiction(Watermark.Violation violation) {
        int operation = (int) violation.operation();
        int proof = (int) violation.proof();
        return switch (violation.breach()) {
            case PHANTOM_REFUSAL -> Contradiction.of(Form.REFUSED, operation, -1);
            case STALE -> Contradiction.of(Form.SUPERSEDED, operation, proof);
            case NOT_LIVE -> lateRival(operation);
            // With a sound structure these two can not be.
            case FORK, REFUSED_BUT_APPLIED -> Contradiction.of(Form.UNORDERED, operation, proof);
        };
    }

    /** A version shows whose write began only after a refusal had said that its parent was gone. */
    private Contradiction lateRival(int operation) {
        int write = trace.reads(operation) ? trace.writeOf(trace.version(operation)) : operation;
        int parent = trace.parent(write);
        for (int i = 0; i < trace.size(); i++) {
            if (trace.refused(i)
                    && trace.kind(i) == trace.kind(write)
                    && trace.parent(i) == parent
                    && trace.end(i) < trace.start(write)) {
                return new Contradiction(Form.REFUSED, i, -1, i, write);
            }
        }
        return Contradiction.of(Form.UNORDERED, operation, -1);
    }

    /** Whether some write that surely took effect can have made a refused one's condition false in time. */
    private boolean replacedInTime(int refused) {
        int parent = trace.parent(refused);
        int rival = parent == Trace.ABSENT ? lineage.firstCreate() : lineage.firstChild(parent);
        return rival >= 0 && trace.start(rival) <= trace.end(refused);
    }

    private Finding finding(Anomaly anomaly, String explanation, int... witness) {
        List<Operation> operations = Arrays.stream(witness)
                .filter(i -> i >= 0)
                .distinct()
                .mapToObj(trace::operation)
                .toList();
        return Finding.of(anomaly, key, operations, explanation);
    }

    /** A12 or A13: nothing can have made the condition of a refused write false. */
    private Finding refused(int refused, int... others) {
        int parent = trace.parent(refused);
        Operation first = trace.operation(refused);
        int[] volley = volley(refused);
        List<Integer> witness = new ArrayList<>();
        int proof = parent == Trace.ABSENT ? -1 : lineage.firstReadBy(parent);
        if (proof >= 0 && trace.end(proof) <= trace.start(refused)) {
            witness.add(proof);
        }
        boolean create = trace.kind(refused) == Kind.CREATE;
        String current = create ? "the resource did not exist" : first.parent() + " was current";
        if (volley.length > 1) {
            Arrays.stream(volley).limit(REFUSALS_SHOWN_MAX).forEach(witness::add);
            return finding(
                    Anomaly.ALL_REFUSED,
                    "All " + volley.length + " writers that met the condition were refused, though " + current
                            + " and nothing in flight had changed that: nobody got through.",
                    witness.stream().mapToInt(Integer::intValue).toArray());
        }
        Arrays.stream(others).forEach(witness::add);
        if (!witness.contains(refused)) {
            witness.add(refused);
        }
        return finding(
                Anomaly.PHANTOM_REFUSAL,
                "The write was refused with " + first.status() + " though " + current
                        + " and no write in flight or unknown had changed that: 0 candidates.",
                witness.stream().mapToInt(Integer::intValue).toArray());
    }

    /** Everybody who was refused on the same version in the same round, where nobody got through. */
    private int[] volley(int refused) {
        int parent = trace.parent(refused);
        boolean won = parent == Trace.ABSENT ? lineage.firstCreate() >= 0 : lineage.firstChild(parent) >= 0;
        if (won) {
            return new int[] {refused};
        }
        int round = trace.operation(refused).invocation().round();
        return IntStream.range(0, trace.size())
                .filter(i -> trace.refused(i)
                        && trace.kind(i) == trace.kind(refused)
                        && trace.parent(i) == parent
                        && trace.operation(i).invocation().round() == round)
                .toArray();
    }

    /** A5, A6, A7, A9, A19 or A3: an answer that is behind what had been shown before its request began. */
    private Finding behind(int operation, int proof, int... witness) {
        if (!trace.reads(operation)) {
            return finding(
                    Anomaly.STALE_SUCCESS,
                    trace.operation(operation).version() + " was accepted on "
                            + trace.operation(operation).parent() + ", which had already been replaced when the request"
                            + " began" + gap(operation, proof) + ".",
                    witness);
        }
        boolean absent = trace.version(operation) == Trace.ABSENT;
        boolean[] later = laterLooks(operation, proof);
        boolean looked = later[0];
        boolean seenAgain = later[1];
        boolean gone = looked && !seenAgain;
        String shown = shown(proof);
        String sentence = shown + " was known to be in place" + gap(operation, proof) + ", yet "
                + (absent ? "the resource was reported missing" : "an older body was read")
                + (seenAgain
                        ? "; later it was there again"
                        : gone ? ", and it was never seen again" : "; nobody looked again")
                + ".";
        if (absent && !seenAgain) {
            int refusal = soleRefusal(proof, operation);
            if (refusal >= 0) {
                return finding(
                        Anomaly.REFUSAL_WITH_EFFECT,
                        "The write was refused with " + trace.operation(refusal).status()
                                + ", so nothing may change, but afterwards the resource was gone, with no other writer.",
                        proof,
                        refusal,
                        operation);
            }
        }
        Anomaly anomaly;
        if (gone) {
            anomaly =
                    !absent && readBefore(proof, operation) ? Anomaly.RESURRECTED_VALUE : Anomaly.ACKNOWLEDGED_BUT_LOST;
        } else {
            anomaly = sameReader(operation, proof) ? Anomaly.NON_MONOTONIC_READS : Anomaly.STALE_READ;
        }
        return finding(anomaly, sentence, witness);
    }

    /** Whether somebody had read the newer version before an answer fell behind it. */
    private boolean readBefore(int proof, int operation) {
        int version = trace.refused(proof) ? Trace.ABSENT : trace.version(proof);
        int read = version == Trace.ABSENT ? -1 : lineage.firstReadBy(version);
        return read >= 0 && trace.end(read) < trace.start(operation);
    }

    private boolean sameReader(int a, int b) {
        return trace.reads(a)
                && trace.reads(b)
                && trace.operation(a).invocation().actor()
                        == trace.operation(b).invocation().actor();
    }

    /**
     * Whether anybody looked after an answer that was behind, and whether that one saw what the proof had shown, or
     * something newer.
     */
    private boolean[] laterLooks(int operation, int proof) {
        int depth = depthShown(proof);
        boolean looked = false;
        boolean seenAgain = false;
        for (int i = 0; i < trace.size(); i++) {
            if (trace.start(i) > trace.end(operation) && tells(i)) {
                looked = true;
                seenAgain |= depthShown(i) >= depth;
            }
        }
        return new boolean[] {looked, seenAgain};
    }

    /** Whether an answer says which version was current. */
    private boolean tells(int i) {
        return (trace.reads(i) && !trace.unknown(i)) || (trace.applied(i) && trace.kind(i) != Kind.NOTHING);
    }

    private int depthShown(int i) {
        return trace.refused(i) && !trace.reads(i)
                ? lineage.depth(trace.parent(i)) + 1
                : lineage.depth(trace.version(i));
    }

    private String shown(int proof) {
        Operation op = trace.operation(proof);
        if (trace.reads(proof)) {
            return op.seen().orElse(op.parent()).toString();
        }
        return trace.refused(proof)
                ? "the successor of " + op.parent()
                : op.version().toString();
    }

    /** The only request between two others that could have changed anything, if it was refused; -1 if there is none. */
    private int soleRefusal(int proof, int operation) {
        int refusal = -1;
        for (int i = 0; i < trace.size(); i++) {
            boolean between = trace.start(i) <= trace.end(operation) && trace.end(i) >= trace.start(proof);
            if (i == proof || !between || trace.reads(i) || trace.kind(i) == Kind.NOTHING) {
                continue;
            }
            if (!trace.refused(i)) {
                return -1;
            }
            if (refusal < 0 && trace.start(i) >= trace.end(proof) && trace.end(i) <= trace.start(operation)) {
                refusal = i;
            }
        }
        return refusal;
    }

    /** A14, A3, A6, A9 or A7: a life of the resource that was over is met again. */
    private Finding returned(int operation, int proof, int... witness) {
        int version = trace.reads(operation)
                ? trace.version(operation)
                : trace.parent(operation) > Trace.ABSENT ? trace.parent(operation) : trace.version(operation);
        int remove = deleteOf(version);
        String met = trace.reads(operation) ? "it was read again" : "a write that needs it to be current was accepted";
        String name = trace.operation(trace.writeOf(version)).version().toString();
        if (remove >= 0 && trace.end(remove) < trace.start(operation)) {
            int[] told = IntStream.concat(IntStream.of(remove), IntStream.of(operation))
                    .toArray();
            return finding(
                    Anomaly.DELETE_RESURRECTION,
                    "The delete of what " + name + " belongs to was acknowledged" + gap(operation, remove) + ", yet "
                            + met + ".",
                    told);
        }
        if (!trace.reads(operation)) {
            return finding(
                    Anomaly.STALE_SUCCESS,
                    name + " had been replaced" + gap(operation, proof) + ", yet " + met + ".",
                    witness);
        }
        boolean[] later = laterReads(operation);
        Anomaly anomaly = later[0] && !later[1]
                ? Anomaly.RESURRECTED_VALUE
                : sameReader(operation, proof) ? Anomaly.NON_MONOTONIC_READS : Anomaly.STALE_READ;
        return finding(
                anomaly,
                name + " had been replaced by " + shown(proof) + gap(operation, proof) + ", yet " + met + ".",
                witness);
    }

    /** Whether anybody read after an answer, and whether he read anything else. */
    private boolean[] laterReads(int operation) {
        boolean looked = false;
        boolean other = false;
        for (int i = 0; i < trace.size(); i++) {
            if (trace.reads(i) && !trace.unknown(i) && trace.start(i) > trace.end(operation)) {
                looked = true;
                other |= trace.version(i) != trace.version(operation);
            }
        }
        return new boolean[] {looked, other};
    }

    /** The acknowledged delete that ended the life a version belongs to; -1 when there is none. */
    private int deleteOf(int version) {
        for (int v = version; v > Trace.ABSENT; ) {
            int child = lineage.firstChild(v);
            if (child < 0) {
                return -1;
            }
            if (trace.kind(child) == Kind.REMOVE) {
                return child;
            }
            v = trace.version(child);
        }
        return -1;
    }

    private Finding createdTwice(int second, int first) {
        int firstWrite = trace.reads(first) ? trace.writeOf(trace.version(first)) : first;
        return finding(
                Anomaly.DUPLICATE_CREATE,
                trace.operation(firstWrite).version() + " and "
                        + trace.operation(second).version()
                        + " each brought the resource into being, and no delete fits between them.",
                first,
                second);
    }

    private Finding unordered(int... witness) {
        return finding(
                Anomaly.INEXPLICABLE,
                "These " + witness.length
                        + " answers fit into no order that respects their times, whatever became of all"
                        + " other requests.",
                witness);
    }

    /** How long before the operation the proof was in; between machines, with what the clocks may be off. */
    private String gap(int operation, int proof) {
        if (proof < 0) {
            return "";
        }
        Operation later = trace.operation(operation);
        Operation earlier = trace.operation(proof);
        String gap = String.format(Locale.ROOT, " %.3f ms before", (later.startNs() - earlier.endNs()) / 1e6);
        boolean acrossHosts = later.invocation().host() != earlier.invocation().host();
        return gap
                + (trace.reads(operation) ? " the read began" : " the request began")
                + (acrossHosts
                        ? String.format(
                                Locale.ROOT,
                                " (on another machine, whose clock is at most %.3f ms off)",
                                clocks.boundNs() / 1e6)
                        : "");
    }

    /**
     * How many further answers of a key are behind what had been shown before their requests began: what follows from a
     * root cause.
     */
    static int consequences(Trace trace, Lineage lineage, Set<Operation> told) {
        int[] newest = {0};
        int[] before = new int[trace.size()];
        int[] count = {0};
        Set<Operation> known = new LinkedHashSet<>(told);
        Sweep.through(trace, new Sweep.Visitor() {
            @Override
            public void begins(int i) {
                before[i] = newest[0];
            }

            @Override
            public boolean ends(int i) {
                int depth = trace.reads(i) ? lineage.depth(trace.version(i)) : lineage.depth(trace.parent(i));
                boolean shows = trace.reads(i) || trace.applied(i);
                if (shows && depth < before[i] && !known.contains(trace.operation(i))) {
                    count[0]++;
                }
                if (shows) {
                    newest[0] = Math.max(newest[0], lineage.depth(trace.version(i)));
                }
                return true;
            }
        });
        return count[0];
    }
}
