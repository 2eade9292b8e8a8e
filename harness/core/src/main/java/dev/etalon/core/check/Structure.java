package dev.etalon.core.check;

import dev.etalon.core.check.Trace.Kind;
import dev.etalon.core.model.Anomaly;
import dev.etalon.core.model.Finding;
import dev.etalon.core.model.Observation;
import dev.etalon.core.model.Operation;
import dev.etalon.core.model.Version;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * What is wrong with the versions of one key whatever the order of events: bodies nobody wrote, refused writes that show,
 * versions with two successors. Proof of these needs no clock beyond one request's own.
 */
final class Structure {
    private static final int WITNESS_MAX = 4;

    private final int key;
    private final Trace trace;
    private final Lineage lineage;
    private final boolean strict;
    private final List<Finding> findings = new ArrayList<>();
    private int[] reads = {};

    /** The versions that were read before their write had begun. */
    private final BitSet early = new BitSet();

    /** The reads of whole bodies by their start. Made only where a fork makes one ask. */
    private @Nullable NavigableMap<Long, Operation> looks;

    private Structure(int key, Trace trace, Lineage lineage, Profile profile) {
        this.key = key;
        this.trace = trace;
        this.lineage = lineage;
        this.strict = profile == Profile.STRICT;
    }

    /** A10, A11, A4, A1, A2 and A3 of one key. */
    static List<Finding> findings(int key, Trace trace, Lineage lineage, Profile profile) {
        Structure structure = new Structure(key, trace, lineage, profile);
        structure.bodies();
        structure.refusedButSeen();
        structure.forks();
        return structure.findings;
    }

    private void report(Anomaly anomaly, String explanation, Operation... witness) {
        findings.add(Finding.of(anomaly, key, List.of(witness), explanation));
    }

    private void bodies() {
        Set<Version> strangers = new HashSet<>();
        for (int i = 0; i < trace.size(); i++) {
            if (trace.kind(i) != Kind.NOTHING) {
                continue;
            }
            Operation op = trace.operation(i);
            if (op.observation() instanceof Observation.Torn torn) {
                boolean whole = torn.flaw() == Observation.Flaw.OTHER_KEY || torn.flaw() == Observation.Flaw.OTHER_RUN;
                report(
                        whole ? Anomaly.PHANTOM_VALUE : Anomaly.TORN_BODY,
                        "The body " + torn.sentence()
                                + (whole
                                        ? ": a reader got something that nobody wrote there."
                                        : ": a reader got something that no writer wrote."),
                        op);
            } else if (op.observation() instanceof Observation.Seen seen
                    && trace.number(seen.version()) < 0
                    && strangers.add(seen.version())) {
                report(
                        Anomaly.PHANTOM_VALUE,
                        "The body names the write " + seen.version() + ", which was never sent to this name.",
                        op);
            }
        }
        for (int v = 1; v <= trace.versions(); v++) {
            int read = lineage.firstReadBy(v);
            int write = trace.writeOf(v);
            if (read >= 0 && trace.end(read) < trace.start(write)) {
                early.set(v);
                report(
                        Anomaly.PHANTOM_VALUE,
                        "The body was read before its write had begun.",
                        trace.operation(read),
                        trace.operation(write));
            }
        }
    }

    private void refusedButSeen() {
        for (int v = 1; v <= trace.versions(); v++) {
            int write = trace.writeOf(v);
            int read = lineage.firstReadBy(v);
            if (read >= 0 && trace.refused(write)) {
                Operation refused = trace.operation(write);
                report(
                        Anomaly.REFUSED_BUT_APPLIED,
                        "The write was answered " + refused.status() + ", yet its body was read afterwards"
                                + overwritten(write, read) + ".",
                        refused,
                        trace.operation(read));
            }
        }
    }

    /** Which acknowledged version a refused write that was applied all the same pushed aside before it was read. */
    private String overwritten(int refused, int read) {
        int parent = trace.parent(refused);
        int winner = parent > Trace.ABSENT ? lineage.firstChild(parent) : -1;
        return winner < 0 || trace.kind(winner) == Kind.REMOVE || trace.end(winner) >= trace.start(read)
                ? ""
                : "; it overwrote " + trace.operation(winner).version();
    }

    private void forks() {
        Map<Integer, List<Integer>> children = new LinkedHashMap<>();
        for (int i = 0; i < trace.size(); i++) {
            if (trace.reads(i) || trace.refused(i) || trace.kind(i) == Kind.NOTHING || trace.kind(i) == Kind.REMOVE) {
                continue;
            }
            int parent = trace.parent(i);
            boolean root = trace.kind(i) == Kind.CREATE || trace.kind(i) == Kind.PUT;
            boolean counts = root ? strict : parent > Trace.ABSENT;
            // A body that was read too early is no proof that its write took effect.
            boolean doubtful = trace.unknown(i) && early.get(trace.version(i));
            if (counts && !doubtful && lineage.forked(parent) && lineage.effective(trace.version(i))) {
                children.computeIfAbsent(parent, p -> new ArrayList<>()).add(i);
            }
        }
        children.forEach(this::fork);
    }

    private void fork(int parent, List<Integer> winners) {
        if (winners.size() < 2) {
            return;
        }
        int first = winners.get(0);
        int second = told(winners);
        Anomaly anomaly = parent == Trace.ABSENT ? Anomaly.DUPLICATE_CREATE : Anomaly.LOST_UPDATE;
        if (parent != Trace.ABSENT) {
            for (int late : winners) {
                Optional<Integer> before = winners.stream()
                        .filter(other -> other != late && shownBefore(other, late))
                        .findFirst();
                if (before.isPresent()) {
                    anomaly = Anomaly.STALE_SUCCESS;
                    first = before.get();
                    second = late;
                    break;
                }
            }
        }
        Set<Operation> witness = new LinkedHashSet<>();
        int[] proof = proof(anomaly, first, second);
        int[] kept = parent == Trace.ABSENT ? kept(proof) : new int[0];
        boolean alone = proof.length + kept.length <= WITNESS_MAX;
        IntStream.concat(Arrays.stream(proof), alone ? Arrays.stream(kept) : IntStream.empty())
                .forEach(i -> witness.add(trace.operation(i)));
        int base = parent == Trace.ABSENT ? -1 : lineage.firstReadBy(parent);
        boolean told = trace.applied(first) && trace.applied(second);
        if (told && base >= 0 && trace.end(base) <= trace.start(second) && witness.size() < WITNESS_MAX) {
            witness.add(trace.operation(base));
        }
        if (witness.size() < WITNESS_MAX) {
            lookAfter(winners).ifPresent(witness::add);
        }
        findings.add(new Finding(
                anomaly,
                key,
                trace.operation(second).invocation().round(),
                witness.stream()
                        .sorted(Comparator.comparingLong(Operation::startNs))
                        .toList(),
                explain(anomaly, parent, winners, first, second) + (alone ? "" : Diagnosis.ON_OTHER_REQUESTS)));
    }

    /** The two successes and, where there was no answer or it did not come first, what shows that they were applied. */
    private int[] proof(Anomaly anomaly, int first, int second) {
        Set<Integer> proof = new LinkedHashSet<>(List.of(first, second));
        if (anomaly == Anomaly.STALE_SUCCESS || trace.unknown(first)) {
            proof.add(lineage.provenBy(trace.version(first)));
        }
        if (trace.unknown(second)) {
            proof.add(lineage.provenBy(trace.version(second)));
        }
        return proof.stream().mapToInt(Integer::intValue).toArray();
    }

    /** The refused deletes without a condition by which nothing was deleted before the last of two creates was known. */
    private int[] kept(int... proof) {
        long known = Arrays.stream(proof)
                .mapToLong(trace::end)
                .filter(end -> end != Long.MAX_VALUE)
                .max()
                .orElse(0);
        return IntStream.range(0, trace.size())
                .filter(i -> trace.refused(i)
                        && trace.operation(i).removes()
                        && trace.operation(i).unconditional()
                        && trace.start(i) <= known)
                .toArray();
    }

    /** Of the winners but the first, the one who survived, if it is known; else the second. */
    private int told(List<Integer> winners) {
        Optional<Version> survivor = lookAfter(winners).flatMap(Operation::seen);
        return winners.stream()
                .skip(1)
                .filter(i -> survivor.isPresent()
                        && survivor.get().equals(trace.operation(i).version()))
                .findFirst()
                .orElse(winners.get(1));
    }

    /** Whether an answer that ended before a write began had shown another to be applied. */
    private boolean shownBefore(int write, int later) {
        int proof = lineage.provenBy(trace.version(write));
        return proof >= 0 && trace.end(proof) < trace.start(later);
    }

    private boolean refused(Version version) {
        int number = trace.number(version);
        return number > Trace.ABSENT && trace.refused(trace.writeOf(number));
    }

    /** The first read of a whole body after the last winner was answered: it says who survived. */
    private Optional<Operation> lookAfter(List<Integer> winners) {
        long last = winners.stream()
                .mapToLong(i -> trace.operation(i).endNs())
                .filter(end -> end != Long.MAX_VALUE)
                .max()
                .orElse(0);
        if (looks == null) {
            looks = new TreeMap<>();
            for (Operation op : trace.operations()) {
                // One that shows what was refused is a finding of its own.
                if (op.seen().isPresent() && !refused(op.seen().get())) {
                    looks.putIfAbsent(op.startNs(), op);
                }
            }
        }
        return Optional.ofNullable(looks.higherEntry(last)).map(Map.Entry::getValue);
    }

    private String explain(Anomaly anomaly, int parent, List<Integer> winners, int first, int second) {
        String fate = fate(winners);
        return switch (anomaly) {
            case DUPLICATE_CREATE -> winners.size() + " writes each brought the resource into being; " + fate;
            case STALE_SUCCESS ->
                name(second) + (trace.unknown(second) ? " was applied on " : " was accepted on ")
                        + trace.operation(trace.writeOf(parent)).version() + " although " + name(first)
                        + " had already replaced it when the request began; " + fate;
            default ->
                winners.size() + " applied writes have the same parent "
                        + trace.operation(trace.writeOf(parent)).version() + "; " + fate;
        };
    }

    private String name(int write) {
        return trace.operation(write).version().toString();
    }

    /** How many reads showed each version; counted only where a fork makes one ask. */
    private int[] reads() {
        if (reads.length == 0) {
            reads = new int[trace.versions() + 1];
            for (int i = 0; i < trace.size(); i++) {
                if (trace.reads(i) && !trace.unknown(i)) {
                    reads[trace.version(i)]++;
                }
            }
        }
        return reads;
    }

    /** What became of the winners, as far as later reads and writes tell. */
    private String fate(List<Integer> winners) {
        List<String> seen = new ArrayList<>();
        List<String> gone = new ArrayList<>();
        for (int winner : winners) {
            int version = trace.version(winner);
            int times = reads()[version];
            if (times > 0) {
                seen.add(name(winner) + " was read " + times + (times == 1 ? " time" : " times"));
            } else if (lineage.firstChild(version) >= 0) {
                seen.add(name(winner) + " was built upon");
            } else {
                gone.add(name(winner));
            }
        }
        if (seen.isEmpty()) {
            return "none of them was read afterwards.";
        }
        if (lookAfter(winners).isEmpty()) {
            return String.join(", ", seen) + "; nobody read after the last of them was answered.";
        }
        String survived = "afterwards " + String.join(", ", seen);
        return gone.isEmpty()
                ? survived + ": one overwrote the other unseen."
                : survived + ", " + String.join(", ", gone) + " never: "
                        + (gone.size() == 1 ? "that update is lost." : "those updates are lost.");
    }
}
