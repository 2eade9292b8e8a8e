package dev.etalon.core.check;

import dev.etalon.core.check.Contradiction.Form;
import dev.etalon.core.check.Trace.Fate;
import dev.etalon.core.check.Trace.Kind;
import dev.etalon.core.model.Anomaly;
import dev.etalon.core.model.Finding;
import dev.etalon.core.model.History;
import dev.etalon.core.model.Operation;
import dev.etalon.core.model.Precondition;
import dev.etalon.core.model.Version;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.OptionalInt;
import java.util.Set;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** Gives a contradiction between answers its name, its witness and its explanation. */
final class Diagnosis {
    /** Operations a witness names; a volley of refusals is told by its first ones and its number. */
    private static final int REFUSALS_SHOWN_MAX = 3;

    /** What is said where a few answers contradict each other only together with those of other writes. */
    private static final String ON_THE_REST =
            " That rests on the answers of other writes too: each took effect between its"
                    + " request and its answer, and none that was refused did.";

    /** What is said where it takes the refusals of others, or what others read, to rule out every explanation. */
    static final String ON_OTHER_REQUESTS = " That rests on what other requests were answered, too.";

    private static final String NOBODY_LOOKED = "; nobody looked again.";

    /** Requests that prove a return where it is certain who replaced whom: the old one, the new one, the old one again. */
    private static final int WITNESS_OF_A_RETURN = 3;

    private final int key;
    private final Trace trace;
    private final Lineage lineage;
    private final History.Clocks clocks;
    private final boolean provenance;

    /** Made only where there is something to prove. */
    private @Nullable WitnessMinimizer minimizer;

    /** Whether a simpler contradiction has taken the place of the one that was found. Once is enough. */
    private boolean simplified;

    /** Judges witnesses by themselves; null where nobody asks for that. */
    private final @Nullable Alone alone;

    private Diagnosis(
            int key, Trace trace, Lineage lineage, History.Clocks clocks, boolean provenance, @Nullable Alone alone) {
        this.key = key;
        this.trace = trace;
        this.lineage = lineage;
        this.clocks = clocks;
        this.provenance = provenance;
        this.alone = alone;
    }

    /**
     * What may be said of a key.
     *
     * @param alone gives each witness the name that it bears by itself; null to leave it as it is
     */
    Diagnosis(int key, Trace trace, Lineage lineage, History.Clocks clocks, @Nullable Alone alone) {
        this(key, trace, lineage, clocks, true, alone);
    }

    /** Where a validator may have been sent before it had been shown, nothing is named that builds on it. */
    static Diagnosis withoutProvenance(int key, Trace trace, Lineage lineage, History.Clocks clocks) {
        return new Diagnosis(key, trace, lineage, clocks, false, null);
    }

    private WitnessMinimizer minimizer() {
        if (minimizer == null) {
            minimizer = new WitnessMinimizer(trace, lineage);
        }
        return minimizer;
    }

    /** The finding that a contradiction amounts to, under the name that its witness bears by itself. */
    Finding of(Contradiction contradiction) {
        Finding finding = named(contradiction);
        return alone == null || rests(finding) ? finding : supported(confirmed(finding));
    }

    private static boolean rests(Finding finding) {
        return finding.explanation().endsWith(ON_THE_REST)
                || finding.explanation().endsWith(ON_OTHER_REQUESTS);
    }

    /** A finding as the judge names it who is given its witness alone; else it says that it rests on more. */
    private Finding confirmed(Finding finding) {
        int[] witness = alone.indices(finding.witness());
        Alone.Verdict verdict = alone.judge(finding.anomaly(), witness);
        int[] fewer = witness;
        if (verdict != null && verdict.anomaly() == finding.anomaly()) {
            fewer = spares(finding.anomaly()) ? alone.fewer(finding.anomaly(), witness) : witness;
            verdict = fewer.length < witness.length ? alone.judge(finding.anomaly(), fewer) : null;
        }
        if (verdict == null || verdict.contradiction() == null) {
            return finding;
        }
        simplified = true;
        Finding other = named(verdict.contradiction());
        boolean better = other.anomaly() != finding.anomaly()
                || other.witness().size() < finding.witness().size();
        if (better && (rests(other) || byItself(other))) {
            return other;
        }
        if (verdict.anomaly() == finding.anomaly() || behind(verdict.anomaly()) && behind(finding.anomaly())) {
            // Who else looked is nothing that few requests tell.
            String explanation = speaksOf(finding, fewer)
                    ? verdict.explanation().replace(NOBODY_LOOKED, ".")
                    : finding.explanation();
            return finding(verdict.anomaly(), explanation, fewer);
        }
        // With fewer requests it is another; with all of them it bears this name.
        return fewer.length < witness.length
                ? finding
                : finding(finding.anomaly(), finding.explanation() + ON_OTHER_REQUESTS, witness);
    }

    /** Whether an explanation begins with the version of a request that is left out of fewer. */
    private boolean speaksOf(Finding finding, int... fewer) {
        return Arrays.stream(alone.indices(finding.witness()))
                .filter(i -> !contains(fewer, i) && trace.applied(i) && makes(i))
                .filter(i -> Arrays.stream(fewer).noneMatch(each -> trace.version(each) == trace.version(i)))
                .anyMatch(
                        i -> finding.explanation().startsWith(trace.operation(i).version() + " "));
    }

    /** Whether a name is one of those of a read behind what was known: they differ in who read, and who looked later. */
    private static boolean behind(Anomaly anomaly) {
        return switch (anomaly) {
            case STALE_READ, NON_MONOTONIC_READS, ACKNOWLEDGED_BUT_LOST, RESURRECTED_VALUE -> true;
            default -> false;
        };
    }

    /** Whether no request is part of a witness only because the definition of the name speaks of it. */
    private static boolean spares(Anomaly anomaly) {
        return switch (anomaly) {
            case STALE_READ, NON_MONOTONIC_READS, STALE_SUCCESS, INEXPLICABLE -> true;
            default -> false;
        };
    }

    /** A12, A13 or A19 with an answer more, if it takes that to rule out what else may have made the condition false. */
    private Finding supported(Finding finding) {
        if (!Alone.holds(finding.anomaly()) || rests(finding)) {
            return finding;
        }
        int[] witness = alone.indices(finding.witness());
        int[] joined = alone.joined(finding.anomaly(), witness);
        int[] more = alone.withSuccesses(finding.anomaly(), joined);
        if (more.length == witness.length) {
            return finding;
        }
        return more.length <= WitnessMinimizer.WITNESS_MAX && more.length > witness.length
                ? finding(finding.anomaly(), finding.explanation(), more)
                : finding(finding.anomaly(), finding.explanation() + ON_OTHER_REQUESTS, witness);
    }

    private Finding named(Contradiction contradiction) {
        int operation = contradiction.operation();
        int proof = contradiction.proof();
        return switch (contradiction.form()) {
            case REFUSED -> refused(operation, contradiction.witness());
            case SUPERSEDED -> superseded(operation, proof, contradiction.witness());
            case MISSING ->
                trace.reads(operation)
                        ? missing(operation, proof, contradiction.witness())
                        : deletedInVain(operation, proof, contradiction.witness());
            case RETURNED -> returned(operation, proof, contradiction.witness());
            case CREATED_TWICE -> createdTwice(operation, proof, contradiction.witness());
            case UNORDERED -> {
                Contradiction known = provenance ? recognised(contradiction.witness()) : null;
                yield known == null ? unordered(contradiction.witness()) : named(known);
            }
        };
    }

    /** An answer needs a version that another one, in before its request began, says was no longer current. */
    private Finding superseded(int operation, int proof, int... witness) {
        if (refusal(proof)) {
            if (!replacedInTime(proof)) {
                return refused(proof, proof, operation);
            }
            int needed = needed(operation);
            int shown = needed == Trace.ABSENT ? proof : lastOf(newer(needed), operation, i -> true);
            if (shown < 0) {
                return refusedTooSoon(proof, operation);
            }
            return shown == proof
                    ? behind(operation, proof, proof, operation)
                    : behind(operation, shown, shown, operation);
        }
        return trace.reads(operation) && trace.version(operation) == Trace.ABSENT
                ? missing(operation, proof, witness)
                : behind(operation, proof, witness);
    }

    /** The version that must be current for an answer to be as it is. */
    private int needed(int operation) {
        return trace.reads(operation) ? trace.version(operation) : trace.parent(operation);
    }

    /** A12 where a rival was in flight: everything else agrees that the version was still current, after the refusal too. */
    private Finding refusedTooSoon(int refused, int after) {
        Operation op = trace.operation(refused);
        return finding(
                Anomaly.PHANTOM_REFUSAL,
                "The " + Answers.verb(op) + " was refused with " + op.status() + " though "
                        + op.parent() + " was current: it still was for a request that began after the refusal was in,"
                        + " and no other answer until then says otherwise.",
                shownBefore(trace.parent(refused), refused),
                refused,
                after);
    }

    /** The versions that were built upon one, or upon one of those. */
    private BitSet newer(int version) {
        BitSet newer = new BitSet();
        BitSet known = new BitSet();
        for (int v = 1; v <= trace.versions(); v++) {
            int up = v;
            while (up > Trace.ABSENT && up != version && !known.get(up)) {
                known.set(up);
                up = trace.predecessor(up);
            }
            boolean built = up == version || newer.get(up);
            for (int down = v; built && down > Trace.ABSENT && down != version && !newer.get(down); ) {
                newer.set(down);
                down = trace.predecessor(down);
            }
        }
        newer.clear(version);
        return newer;
    }

    /** The last answer that was in before a request began, shows one of these versions, and is one of those asked for. */
    private int lastOf(BitSet versions, int request, IntPredicate wanted) {
        return IntStream.range(0, trace.size())
                .filter(i -> trace.end(i) < trace.start(request)
                        && present(i)
                        && versions.get(trace.version(i))
                        && wanted.test(i))
                .reduce((a, b) -> trace.end(a) > trace.end(b) ? a : b)
                .orElse(-1);
    }

    /** What the search found may be of a simple form all the same; null if it is not. */
    private @Nullable Contradiction recognised(int... witness) {
        // A refusal without a condition only says that nothing was done.
        int last = Arrays.stream(witness)
                .filter(i -> trace.kind(i) != Kind.NOTHING)
                .reduce((a, b) -> b)
                .orElse(witness[witness.length - 1]);
        Contradiction over = createdOver(witness);
        if (over != null) {
            return over;
        }
        if (!trace.reads(last) && trace.refused(last)) {
            // Where all others show just what was asked for, nothing else could change that in time, or they would fit.
            boolean current = Arrays.stream(witness)
                    .allMatch(i -> i == last
                            || trace.version(i) == trace.parent(last)
                            || trace.refused(i) && trace.kind(i) == Kind.NOTHING
                            || trace.refused(i) && !trace.reads(i) && trace.parent(i) == trace.parent(last));
            return current ? new Contradiction(Form.REFUSED, last, -1, witness) : null;
        }
        Contradiction vain = deletedAndReplaced(witness);
        Contradiction twice = createdAgain(witness);
        if (vain != null || twice != null) {
            return vain != null ? vain : twice;
        }
        if (trace.reads(last) && trace.version(last) == Trace.ABSENT) {
            // Where they overlap they fit: nothing was there first.
            return Arrays.stream(witness)
                    .filter(i -> present(i) && trace.end(i) < trace.start(last))
                    .mapToObj(i -> new Contradiction(Form.MISSING, last, i, witness))
                    .findFirst()
                    .orElse(null);
        }
        if (trace.is(last, Kind.REMOVE, Fate.APPLIED)
                && Arrays.stream(witness).allMatch(i -> i == last || present(i))) {
            return new Contradiction(Form.MISSING, last, -1, witness);
        }
        if (!present(last)) {
            return null;
        }
        return witness.length == 2
                ? tooLate(witness[0], last)
                : witness.length == 3 && trace.reads(last) ? metAgain(witness) : null;
    }

    /** What is needed was created, so it can only have come before what had been shown, and yet it was met after that. */
    private @Nullable Contradiction tooLate(int shown, int met) {
        int needed = trace.is(met, Kind.REPLACE, Fate.APPLIED) ? trace.parent(met) : trace.version(met);
        boolean needs = trace.reads(met) || trace.kind(met) == Kind.REPLACE;
        return needs
                        && trace.kind(trace.writeOf(root(needed))) == Kind.CREATE
                        && present(shown)
                        && trace.end(shown) < trace.start(met)
                        && root(trace.version(shown)) != root(needed)
                ? new Contradiction(Form.RETURNED, met, shown, shown, met)
                : null;
    }

    /** A create took effect, and all else shows one other life, which had not been deleted by then. */
    private @Nullable Contradiction createdAgain(int... witness) {
        for (int create : witness) {
            if (!created(create)) {
                continue;
            }
            int life = root(trace.version(create));
            // A delete that was over when the first life began can have ended neither.
            int[] others = Arrays.stream(witness)
                    .filter(i -> i != create && !(present(i) && root(trace.version(i)) == life))
                    .filter(i -> !over(i, witness))
                    .toArray();
            int other = others.length > 0 && present(others[0]) ? root(trace.version(others[0])) : -1;
            if (other < 0 || !Arrays.stream(others).allMatch(i -> present(i) && root(trace.version(i)) == other)) {
                continue;
            }
            boolean second = trace.end(others[0]) < trace.start(trace.writeOf(life));
            boolean both = trace.kind(trace.writeOf(other)) == Kind.CREATE && !deletable(life, trace.end(others[0]));
            boolean acknowledged = trace.is(create, Kind.CREATE, Fate.APPLIED)
                    && others.length >= 1
                    && others.length + over(witness) == witness.length - 1;
            if ((acknowledged || second || both) && !deletable(other, trace.end(create))) {
                boolean swap = created(others[0]) && others[0] > create;
                return new Contradiction(
                        Form.CREATED_TWICE, swap ? others[0] : create, swap ? create : others[0], witness);
            }
        }
        return null;
    }

    /** A create took effect, and all else says that something was there, or that it was not deleted. */
    private @Nullable Contradiction createdOver(int... witness) {
        int create = Arrays.stream(witness)
                .filter(i -> trace.is(i, Kind.CREATE, Fate.APPLIED))
                .reduce((a, b) -> trace.start(a) > trace.start(b) ? a : b)
                .orElse(-1);
        if (create < 0) {
            return null;
        }
        int[] there = Arrays.stream(witness)
                .filter(i -> i != create
                        && (present(i) && root(trace.version(i)) != root(trace.version(create)))
                        && !(trace.reads(i) && trace.end(i) >= trace.start(create)))
                .toArray();
        long kept = Arrays.stream(witness)
                .filter(i -> trace.refused(i) && trace.operation(i).removes())
                .count();
        if (there.length == 0 || there.length + kept + 1 < witness.length) {
            return null;
        }
        int other = Arrays.stream(there)
                .reduce((a, b) -> trace.start(a) > trace.start(b) ? a : b)
                .orElseThrow();
        return new Contradiction(Form.CREATED_TWICE, create, other, witness);
    }

    /** Deletes of a witness that were over before anything else of it came to be. */
    private long over(int... witness) {
        return Arrays.stream(witness).filter(i -> over(i, witness)).count();
    }

    private boolean over(int delete, int... witness) {
        return trace.applied(delete)
                && (trace.kind(delete) == Kind.DELETE || trace.kind(delete) == Kind.REMOVE)
                && Arrays.stream(witness)
                        .allMatch(i ->
                                !present(i) || trace.end(delete) < trace.start(trace.writeOf(root(trace.version(i)))));
    }

    /** Whether some delete begun by an instant can have ended a life. One of a version that was replaced cannot. */
    private boolean deletable(int life, long ns) {
        return IntStream.range(0, trace.size())
                .anyMatch(i -> !trace.refused(i)
                        && trace.start(i) <= ns
                        && trace.end(i) >= trace.start(trace.writeOf(life))
                        && (trace.kind(i) == Kind.DELETE
                                || trace.kind(i) == Kind.REMOVE
                                        && root(trace.parent(i)) == life
                                        && !replaced(trace.parent(i))));
    }

    private boolean replaced(int version) {
        int child = lineage.firstChild(version);
        return child >= 0 && trace.kind(child) == Kind.REPLACE;
    }

    /** Whether an answer shows a version of a life that a create began. */
    private boolean created(int i) {
        return present(i) && trace.kind(trace.writeOf(root(trace.version(i)))) == Kind.CREATE;
    }

    /** A delete and a write were accepted on one version. */
    private @Nullable Contradiction deletedAndReplaced(int... witness) {
        for (int delete : witness) {
            for (int write : witness) {
                if (trace.is(delete, Kind.REMOVE, Fate.APPLIED)
                        && trace.is(write, Kind.REPLACE, Fate.APPLIED)
                        && trace.parent(delete) == trace.parent(write)) {
                    return new Contradiction(Form.MISSING, delete, write, witness);
                }
            }
        }
        return null;
    }

    /** A version was shown, then something else was, and then it was read. */
    private @Nullable Contradiction metAgain(int... witness) {
        int operation = witness[2];
        for (int k = 0; k < 2; k++) {
            int shown = witness[k];
            int other = witness[1 - k];
            // The other was over when the last began, or they would fit: the version was read first.
            boolean left = trace.is(other, Kind.DELETE, Fate.APPLIED) || present(other);
            boolean before = trace.end(shown) < trace.start(other) || cameAfter(other, shown);
            if (before
                    && left
                    && trace.end(other) < trace.start(operation)
                    && trace.version(shown) == trace.version(operation)) {
                return new Contradiction(Form.RETURNED, operation, other, shown, other, operation);
            }
        }
        return null;
    }

    /** Whether what an answer showed was written after another, though both were in flight together. */
    private boolean cameAfter(int other, int shown) {
        if (!present(other)) {
            return false;
        }
        int write = trace.writeOf(trace.version(other));
        // Whoever created found nothing, so what was put there without a condition came later.
        return trace.start(write) > trace.end(shown)
                || trace.is(shown, Kind.CREATE, Fate.APPLIED) && trace.kind(write) == Kind.PUT;
    }

    /** Whether an answer says that some version was there. */
    private boolean present(int i) {
        return trace.reads(i) ? !trace.unknown(i) && trace.version(i) > Trace.ABSENT : trace.applied(i) && makes(i);
    }

    private boolean makes(int i) {
        return trace.kind(i) == Kind.PUT || trace.kind(i) == Kind.CREATE || trace.kind(i) == Kind.REPLACE;
    }

    /** Whether some write that surely took effect can have made a refused one's condition false in time. */
    private boolean replacedInTime(int refused) {
        return replacedBy(refused) >= 0;
    }

    /** The answer that shows what can have made a refused write's condition false in time; -1 if there is none. */
    private int replacedBy(int refused) {
        int rival = lineage.firstChild(trace.parent(refused));
        return rival < 0 || trace.start(rival) > trace.end(refused)
                ? -1
                : trace.kind(rival) == Kind.REMOVE ? rival : lineage.provenBy(trace.version(rival));
    }

    private Finding finding(Anomaly anomaly, String explanation, int... witness) {
        List<Operation> operations = Arrays.stream(witness)
                .filter(i -> i >= 0)
                .distinct()
                .mapToObj(trace::operation)
                .toList();
        return Finding.of(anomaly, key, operations, explanation);
    }

    /**
     * A finding whose witness is a proof by itself. Where four answers are not enough for one, its explanation says that
     * it rests on more.
     *
     * @param told the requests that the explanation speaks of
     * @param offered what else may be part of the witness
     */
    private Finding proven(Anomaly anomaly, String explanation, int[] told, int... offered) {
        int[] given = IntStream.concat(Arrays.stream(offered), Arrays.stream(told))
                .filter(i -> i >= 0)
                .distinct()
                .toArray();
        int[] alone = minimizer().alone(told, offered);
        if (alone == null && clocks.several()) {
            // What one machine's own clock tells is lost between machines.
            return finding(anomaly, explanation, given);
        }
        if (alone == null) {
            // What acknowledged writes were answered is held true anyhow.
            int[] looks = Arrays.stream(given)
                    .filter(i -> contains(told, i) || trace.reads(i) || trace.refused(i))
                    .toArray();
            int[] few = looks.length > WitnessMinimizer.WITNESS_MAX ? told : looks;
            return resting(anomaly, explanation, given.length > WitnessMinimizer.WITNESS_MAX ? few : given);
        }
        Finding simpler = simpler(anomaly, alone, told);
        if (simpler != null) {
            return simpler;
        }
        boolean joined = Arrays.stream(alone).anyMatch(i -> !contains(offered, i)) && offered.length > 0
                || Arrays.stream(alone).anyMatch(i -> !contains(given, i));
        return finding(
                anomaly,
                explanation,
                joined
                        ? alone
                        : Arrays.stream(given).filter(i -> contains(alone, i)).toArray());
    }

    /** A finding whose witness is no proof by itself, with what else it rests on. */
    private Finding resting(Anomaly anomaly, String explanation, int... witness) {
        int[] rows = Arrays.stream(witness).filter(i -> i >= 0).toArray();
        boolean onWrites = alone == null || alone.proves(Anomaly.PHANTOM_REFUSAL, rows);
        return finding(anomaly, explanation + (onWrites ? ON_THE_REST : ON_OTHER_REQUESTS), witness);
    }

    /** What is to be said instead where part of a witness is a proof by itself, or it is one of a graver anomaly. */
    private @Nullable Finding simpler(Anomaly anomaly, int[] alone, int... told) {
        int[] fewer = minimizer().fewer(alone);
        boolean spare = fewer.length < alone.length && Arrays.stream(told).anyMatch(i -> i >= 0 && !contains(fewer, i));
        Contradiction known = spare || fewer.length == 2 ? recognised(fewer) : null;
        if (known == null || simplified || anomaly == Anomaly.DUPLICATE_CREATE) {
            return null;
        }
        simplified = true;
        return spare && known.witness().length < alone.length || known.form() == Form.CREATED_TWICE
                ? named(known)
                : null;
    }

    static boolean contains(int[] operations, int operation) {
        return Arrays.stream(operations).anyMatch(i -> i == operation);
    }

    /** A12 or A13: nothing can have made the condition of a refused write false. */
    private Finding refused(int refused, int... others) {
        int parent = trace.parent(refused);
        Operation first = trace.operation(refused);
        int[] volley = volley(refused);
        List<Integer> witness = new ArrayList<>();
        int proof = parent == Trace.ABSENT ? -1 : shownBefore(parent, refused);
        if (proof >= 0) {
            witness.add(proof);
        }
        boolean create = trace.kind(refused) == Kind.CREATE;
        if (create) {
            lastAbsence(refused).ifPresent(witness::add);
            shownRoots(refused).limit(1).forEach(witness::add);
        }
        String current = create ? "the resource did not exist" : first.parent() + " was current";
        if (volley.length > 1) {
            Arrays.stream(volley).limit(REFUSALS_SHOWN_MAX).forEach(witness::add);
            return finding(
                    Anomaly.ALL_REFUSED,
                    (volley.length == 2 ? "Both" : "All " + volley.length)
                            + " writers whose condition held were refused: "
                            + current + ", and no other write in flight or of unknown outcome had changed that."
                            + " Nobody got through.",
                    witness.stream().mapToInt(Integer::intValue).toArray());
        }
        // One proof that the version was current is enough.
        Arrays.stream(others)
                .filter(i -> proof < 0 || trace.end(i) >= trace.start(refused) || !present(i))
                .forEach(witness::add);
        if (!witness.contains(refused)) {
            witness.add(refused);
        }
        if (witness.size() > WitnessMinimizer.WITNESS_MAX) {
            // That they had no effect is said anyhow.
            witness.removeIf(i -> i != refused && refusal(i));
        }
        return finding(
                Anomaly.PHANTOM_REFUSAL,
                "The " + Answers.verb(first) + " was refused with " + first.status() + " though "
                        + current + ", and no write in flight or of unknown outcome had changed that: 0"
                        + " candidates" + refusedToo(refused) + ".",
                witness.stream().mapToInt(Integer::intValue).toArray());
    }

    /** On what it rests that nothing had changed: others that asked for the same were refused too. */
    private String refusedToo(int refused) {
        long others = IntStream.range(0, trace.size())
                .filter(i -> i != refused
                        && refusal(i)
                        && trace.parent(i) == trace.parent(refused)
                        && (trace.kind(i) == Kind.CREATE) == (trace.kind(refused) == Kind.CREATE)
                        && trace.kind(i) != Kind.NOTHING
                        && trace.start(i) <= trace.end(refused))
                .count();
        return others == 0
                ? ""
                : others == 1
                        ? ", for the one other that asked for it by then was refused too"
                        : ", for the " + others + " others that asked for it by then were refused too";
    }

    /** An answer that had shown a version when a request began, a read if there is one; -1 if there is none. */
    private int shownBefore(int version, int request) {
        int read = lineage.firstReadBy(version);
        int shown = lineage.firstShownBy(version);
        for (int proof : new int[] {read, shown}) {
            if (proof >= 0 && trace.end(proof) < trace.start(request)) {
                return proof;
            }
        }
        return read >= 0 && trace.end(read) <= trace.start(request)
                ? read
                : shown >= 0 && trace.end(shown) <= trace.start(request) ? shown : -1;
    }

    /** What shows that the creates without an answer that were sent before a request had taken effect before it. */
    private IntStream shownRoots(int request) {
        return IntStream.rangeClosed(1, trace.versions())
                .filter(v -> trace.unknown(trace.writeOf(v))
                        && (trace.kind(trace.writeOf(v)) == Kind.CREATE || trace.kind(trace.writeOf(v)) == Kind.PUT)
                        && trace.start(trace.writeOf(v)) <= trace.end(request))
                .map(lineage::provenBy)
                .filter(proof -> proof >= 0 && trace.end(proof) < trace.start(request));
    }

    /** The last answer before a request began that says that nothing was there. */
    private OptionalInt lastAbsence(int request) {
        return IntStream.range(0, trace.size())
                .filter(i -> trace.end(i) < trace.start(request)
                        && (trace.reads(i)
                                ? trace.version(i) == Trace.ABSENT && !trace.unknown(i)
                                : trace.is(i, Kind.REMOVE, Fate.APPLIED)))
                .reduce((a, b) -> trace.end(a) > trace.end(b) ? a : b);
    }

    /** Whether some other write, which nothing refused, may have got through in a refused one's stead. */
    private boolean othersMayHave(int refused) {
        return IntStream.range(0, trace.size())
                .anyMatch(i -> !trace.refused(i)
                        && switch (trace.kind(i)) {
                            case PUT, DELETE -> trace.end(i) >= trace.start(refused);
                            case CREATE, REPLACE, REMOVE ->
                                trace.unknown(i) && trace.parent(i) == trace.parent(refused);
                            case READ, NOTHING -> false;
                        });
    }

    /** Everybody who was refused on the same version in the same round, where nobody got through. */
    private int[] volley(int refused) {
        int parent = trace.parent(refused);
        boolean won = lineage.firstChild(parent) >= 0;
        if (won || othersMayHave(refused)) {
            return new int[] {refused};
        }
        int round = trace.operation(refused).round();
        return IntStream.range(0, trace.size())
                .filter(i -> trace.refused(i)
                        && trace.kind(i) == trace.kind(refused)
                        && trace.parent(i) == parent
                        && trace.operation(i).round() == round)
                .toArray();
    }

    /** A14, A5, A6, A7, A9 or A3: an answer that is behind what had been shown before its request began. */
    private Finding behind(int found, int proof, int... contradiction) {
        int needed = needed(found);
        int remove = needed == Trace.ABSENT ? -1 : trace.kind(proof) == Kind.REMOVE ? proof : deleteOf(needed);
        if (remove >= 0 && trace.end(remove) < trace.start(found)) {
            return resurrected(firstReadAfter(remove, needed, found), remove, needed);
        }
        int operation = needed == Trace.ABSENT ? found : firstReadAfter(proof, needed, found);
        int[] witness = Arrays.stream(contradiction)
                .map(i -> i == found ? operation : i)
                .toArray();
        if (!trace.reads(operation)) {
            return proven(
                    Anomaly.STALE_SUCCESS,
                    trace.operation(operation).version() + " was " + done(operation) + " on "
                            + trace.operation(operation).parent() + ", which had already been replaced when the request"
                            + " began" + gap(operation, proof) + ".",
                    new int[] {proof, operation},
                    witness);
        }
        if (asks(operation)) {
            return asIfCurrent(operation, proof, witness);
        }
        if (trace.operation(operation).status() == 304 && !refusal(proof) && untagged(trace.version(proof))) {
            return finding(
                    Anomaly.TAG_REUSE,
                    shown(proof) + " was known to be in place" + gap(operation, proof)
                            + ", and no answer ever told its tag,"
                            + " yet the tag of the older "
                            + trace.operation(trace.writeOf(needed)).version()
                            + " was said to be current: both have one tag, or the answer is out of date.",
                    witness);
        }
        boolean absent = needed == Trace.ABSENT;
        Looks later = laterLooks(operation, proof);
        boolean gone = later.number > 0 && !later.seenAgain;
        if (absent && mayBeDeleted(proof) && !byThemselves(proof, operation)) {
            int[] counted = Weakening.witness(trace);
            if (Arrays.stream(counted)
                            .filter(i -> trace.is(i, Kind.CREATE, Fate.APPLIED))
                            .count()
                    > 1) {
                // Fewer deletes than creates: which of the answers is the wrong one nobody can tell.
                return unordered(counted);
            }
        }
        int before = gone && !absent ? readBefore(proof, operation) : -1;
        String sentence = shown(proof) + " was known to be in place" + gap(operation, proof)
                + (before < 0 ? "" : ", and had been read")
                + ", yet "
                + (absent
                        ? "the resource was reported missing"
                        : "the older " + trace.operation(trace.writeOf(needed)).version() + " was read")
                + later.sentence();
        int own = absent || gone ? -1 : lastOf(newer(needed), operation, i -> sameReader(i, operation));
        if (own >= 0) {
            return proven(
                    Anomaly.NON_MONOTONIC_READS,
                    shown(own) + " had been read by the same client" + gap(operation, own) + ", and then the older "
                            + trace.operation(trace.writeOf(needed)).version() + later.sentence(),
                    new int[] {own, operation});
        }
        Anomaly anomaly = before >= 0
                ? Anomaly.RESURRECTED_VALUE
                : gone
                        ? Anomaly.ACKNOWLEDGED_BUT_LOST
                        : sameReader(operation, proof) ? Anomaly.NON_MONOTONIC_READS : Anomaly.STALE_READ;
        // Without what explains the refusal, the refusal would be the odd one.
        int rival = refusal(proof) ? replacedBy(proof) : -1;
        return before < 0 || before == proof
                ? proven(
                        anomaly,
                        sentence,
                        new int[] {rival, proof, operation},
                        IntStream.concat(absent ? deletedBefore(proof) : IntStream.empty(), Arrays.stream(witness))
                                .toArray())
                : proven(anomaly, sentence, new int[] {proof, before, operation});
    }

    /** Whether it is a write that looked: one that was refused because what If-None-Match named is there. */
    private boolean asks(int operation) {
        return trace.reads(operation)
                && trace.operation(operation).write()
                && trace.operation(operation).precondition().kind() == Precondition.Kind.IF_NONE_MATCH;
    }

    /** A12: what If-None-Match named is not there any more. */
    private Finding asIfCurrent(int operation, int proof, int... witness) {
        boolean deleted = trace.kind(proof) == Kind.REMOVE || trace.kind(proof) == Kind.DELETE;
        return finding(
                Anomaly.PHANTOM_REFUSAL,
                "The " + Answers.verb(trace.operation(operation)) + " was refused because of If-None-Match, as if "
                        + trace.operation(operation).parent() + " were current, though "
                        + (deleted ? "its delete had been acknowledged" : shown(proof) + " was known to be in place")
                        + gap(operation, proof) + ".",
                witness);
    }

    /** Acknowledged deletes that were over when what a proof showed was sent: that they came later is to be ruled out. */
    private IntStream deletedBefore(int proof) {
        return IntStream.range(0, trace.size())
                .filter(i -> trace.is(i, Kind.DELETE, Fate.APPLIED) && trace.end(i) < trace.start(proof))
                .limit(2);
    }

    /** Whether no answer told the tag of a version. */
    private boolean untagged(int version) {
        return IntStream.range(0, trace.size())
                .noneMatch(i -> trace.version(i) == version
                        && !trace.refused(i)
                        && trace.operation(i).tag().isPresent());
    }

    /** A19, or as above: the resource was not there though it had to be. */
    private Finding missing(int operation, int since, int... witness) {
        int proof = latest(newest(since, operation), operation);
        Operation op = trace.operation(operation);
        if (op.write() && !op.foundNothing()) {
            int[] there =
                    Arrays.stream(witness).map(i -> i == since ? proof : i).toArray();
            return op.removes()
                    ? finding(
                            Anomaly.CONDITION_IGNORED,
                            shown(proof) + " was in place" + gap(operation, proof)
                                    + ", and the delete was accepted though " + falseOfAll(op)
                                    + ": the condition has no effect.",
                            there)
                    : finding(
                            Anomaly.MISSING_TO_A_WRITER,
                            "The write was refused with 404, as if nothing were there, though " + shown(proof)
                                    + " was known to be in place" + gap(operation, proof) + ".",
                            there);
        }
        int refusal = soleRefusal(proof, operation);
        int last = present(proof) ? lastMeeting(proof, operation) : proof;
        if (refusal >= 0 && trace.start(last) > trace.end(refusal)) {
            // It was there after the refusal, too.
            return behind(operation, last, last, operation);
        }
        int again = refusal < 0 || !present(proof) ? -1 : readAgain(trace.version(proof), operation);
        if (again >= 0) {
            // It was there all the while.
            return behind(operation, proof, proof, operation, again);
        }
        if (refusal >= 0) {
            return finding(
                    Anomaly.REFUSAL_WITH_EFFECT,
                    "The " + (trace.operation(refusal).removes() ? "delete" : "write") + " was refused with "
                            + trace.operation(refusal).status()
                            + ", so nothing may change, but afterwards the resource was gone, with no other writer.",
                    proof,
                    refusal,
                    operation);
        }
        int[] told = Arrays.stream(witness).map(i -> i == since ? proof : i).toArray();
        Finding both = deletedAndWritten(operation, told);
        return both == null ? behind(operation, proof, told) : both;
    }

    /** A1: nothing was there while a delete and a write of one version were on their way, and both were accepted. */
    private @Nullable Finding deletedAndWritten(int missing, int... witness) {
        for (int write : witness) {
            int delete = trace.is(write, Kind.REPLACE, Fate.APPLIED) ? deleteDuring(missing, trace.parent(write)) : -1;
            if (delete < 0 || trace.end(write) < trace.start(missing)) {
                continue;
            }
            String name = trace.operation(write).parent().toString();
            int[] three = {delete, write, missing};
            if (minimizer().alone(three, witness) != null) {
                return proven(
                        Anomaly.LOST_UPDATE,
                        "A delete of " + name + " was accepted, and nothing was there any more; yet the write "
                                + trace.operation(write).version() + " was accepted on " + name
                                + " too: it did not meet what it replaces.",
                        three,
                        witness);
            }
        }
        return null;
    }

    /** An accepted delete of a version that was in flight while a request was; -1 if there is none. */
    private int deleteDuring(int request, int version) {
        return IntStream.range(0, trace.size())
                .filter(i -> trace.is(i, Kind.REMOVE, Fate.APPLIED)
                        && trace.parent(i) == version
                        && trace.start(i) <= trace.end(request)
                        && trace.end(i) >= trace.start(request))
                .findFirst()
                .orElse(-1);
    }

    /** Of the answers before a request that showed the same version as a proof, the last. */
    private int lastMeeting(int proof, int request) {
        return IntStream.range(0, trace.size())
                .filter(i ->
                        present(i) && trace.version(i) == trace.version(proof) && trace.end(i) < trace.start(request))
                .reduce(proof, (a, b) -> trace.end(a) > trace.end(b) ? a : b);
    }

    /** The first read of a version that began after an answer was in; -1 if there is none. */
    private int readAgain(int version, int after) {
        return IntStream.range(0, trace.size())
                .filter(i -> trace.reads(i)
                        && !trace.unknown(i)
                        && trace.version(i) == version
                        && trace.start(i) > trace.end(after))
                .findFirst()
                .orElse(-1);
    }

    /** Why a condition is false of everything that can be there. */
    private static String falseOfAll(Operation op) {
        return switch (op.precondition().kind()) {
            case IF_NONE_MATCH_ANY -> "it asked that nothing be there (If-None-Match: *)";
            case IF_MATCH ->
                op.parent().equals(Version.FOREIGN)
                        ? "If-Match named a tag that the server never gave"
                        : "If-Match named a weak tag, which never matches (RFC 9110, section 8.8.3.2)";
            case NONE, IF_NONE_MATCH -> "its condition was false";
        };
    }

    /**
     * Of the answers that showed the life which a proof showed, the newest version's before a request began. A delete
     * proves that its life had begun, but does not show what of it was there.
     */
    private int newest(int proof, int operation) {
        int newest = present(proof) ? proof : -1;
        int met = trace.kind(proof) == Kind.REMOVE ? trace.parent(proof) : newest < 0 ? -1 : trace.version(proof);
        if (met <= Trace.ABSENT) {
            return proof;
        }
        int root = root(met);
        for (int i = 0; i < trace.size(); i++) {
            if (present(i)
                    && trace.end(i) < trace.start(operation)
                    && root(trace.version(i)) == root
                    && (newest < 0 || lineage.depth(trace.version(i)) > lineage.depth(trace.version(newest)))) {
                newest = i;
            }
        }
        return newest < 0 ? proof : newest;
    }

    /** A proof, or the last answer before a request that showed another life and proves that it was there. */
    private int latest(int proof, int operation) {
        int last = IntStream.range(0, trace.size())
                .filter(i -> present(i) && trace.end(i) < trace.start(operation))
                .reduce((a, b) -> trace.end(a) > trace.end(b) ? a : b)
                .orElse(-1);
        return last >= 0
                        && trace.start(last) > trace.end(proof)
                        && (!present(proof) || root(trace.version(last)) != root(trace.version(proof)))
                        && minimizer().alone(new int[] {last, operation}) != null
                ? last
                : proof;
    }

    /** The version that began the life of a version. */
    private int root(int version) {
        int root = version;
        while (root > Trace.ABSENT && trace.predecessor(root) > Trace.ABSENT) {
            root = trace.predecessor(root);
        }
        return root;
    }

    /** A1 or A3: a delete was accepted, though its version had been replaced and the resource was not gone. */
    private Finding deletedInVain(int delete, int proof, int... witness) {
        int version = trace.parent(delete);
        String name = trace.operation(trace.writeOf(version)).version().toString();
        int rival = lineage.firstChild(version);
        if (rival < 0 || proof < 0 || trace.kind(rival) == Kind.REMOVE) {
            return proven(
                    Anomaly.STALE_SUCCESS,
                    "The delete of " + name + " was accepted, though " + name
                            + " was gone and something else was there all the while.",
                    new int[] {delete},
                    witness);
        }
        int shown = lineage.firstShownBy(trace.version(rival));
        String replacement = trace.operation(rival).version().toString();
        if (shown >= 0 && trace.end(shown) < trace.start(delete)) {
            return proven(
                    Anomaly.STALE_SUCCESS,
                    "The delete of " + name + " was accepted, though " + replacement
                            + " had already replaced it when the request began, and nobody had deleted that.",
                    new int[] {shown, delete},
                    rival);
        }
        return proven(
                Anomaly.LOST_UPDATE,
                "A delete of " + name + " was accepted and the write " + replacement + " was " + done(rival)
                        + " on it, and nobody deleted what the write made: whichever came first, the other did not"
                        + " meet "
                        + name + ".",
                new int[] {rival, delete},
                lineage.firstReadBy(version),
                shown);
    }

    /** A14: something of a life that an acknowledged delete had ended. */
    private Finding resurrected(int operation, int remove, int version, int... shown) {
        if (asks(operation)) {
            return asIfCurrent(
                    operation,
                    remove,
                    IntStream.concat(Arrays.stream(shown), IntStream.of(remove, operation))
                            .toArray());
        }
        Operation delete = trace.operation(remove);
        String name = trace.operation(trace.writeOf(version)).version().toString();
        boolean direct = trace.kind(remove) == Kind.DELETE || trace.parent(remove) == version;
        return proven(
                Anomaly.DELETE_RESURRECTION,
                "The delete of " + (direct ? name : delete.parent() + ", a successor of " + name + ",")
                        + " was acknowledged" + gap(operation, remove) + ", yet "
                        + (trace.reads(operation)
                                ? name + " was read"
                                : trace.operation(operation).version() + ", which needs " + name
                                        + " to be current, was " + done(operation))
                        + " after that.",
                new int[] {remove, operation},
                shown);
    }

    /** What became of a write that took effect: an answer said so, or what came of it shows it. */
    private String done(int write) {
        return trace.unknown(write) ? "applied" : "accepted";
    }

    /** The read that had shown the newer version before an answer fell behind it; -1 if there was none. */
    private int readBefore(int proof, int operation) {
        int version = trace.refused(proof) ? Trace.ABSENT : trace.version(proof);
        int read = version == Trace.ABSENT ? -1 : lineage.firstReadBy(version);
        return read >= 0 && trace.end(read) < trace.start(operation) ? read : -1;
    }

    private boolean sameReader(int a, int b) {
        return trace.reads(a)
                && trace.reads(b)
                && trace.operation(a).actor() == trace.operation(b).actor();
    }

    /** How many answers after one that was behind said what was current, and whether any was up to date again. */
    private record Looks(int number, boolean seenAgain) {
        String sentence() {
            if (seenAgain) {
                return "; a later answer was up to date again.";
            }
            return number == 0
                    ? NOBODY_LOOKED
                    : number == 1
                            ? ", and the one answer after that was no newer."
                            : ", and none of the " + number + " answers after that was newer.";
        }
    }

    private Looks laterLooks(int operation, int proof) {
        BitSet older = older(proof);
        boolean missing = needed(operation) == Trace.ABSENT;
        boolean deleted = mayBeDeleted(proof);
        int number = 0;
        boolean seenAgain = false;
        for (int i = 0; i < trace.size(); i++) {
            if (after(i, operation) && tells(i) && !laidLater(i, operation)) {
                number++;
                int version = trace.is(i, Kind.CREATE, Fate.APPLIED) ? Trace.ABSENT : trace.version(i);
                // What is not an ancestor came after it, or belongs to another life; so does absence if it can be
                // deleted. To an answer that found nothing absence is news after one more delete only.
                seenAgain |= version == Trace.ABSENT
                        ? deleted && (!missing || deletedAfter(operation, i))
                        : !older.get(version);
            }
        }
        return new Looks(number, seenAgain);
    }

    /** Whether a request began when another was over, by the clock of both where they have the same. */
    private boolean after(int i, int operation) {
        Operation later = trace.operation(i);
        Operation earlier = trace.operation(operation);
        return trace.start(i) > trace.end(operation)
                || later.host() == earlier.host() && later.startNs() > earlier.endNs();
    }

    /** Whether an answer shows what was put there without a condition afterwards: that says nothing of what was there. */
    private boolean laidLater(int i, int operation) {
        if (!trace.reads(i) && trace.kind(i) != Kind.REPLACE && trace.kind(i) != Kind.PUT) {
            return false;
        }
        int root = root(trace.version(i));
        int write = root > Trace.ABSENT ? trace.writeOf(root) : -1;
        return write >= 0 && trace.kind(write) == Kind.PUT && after(write, operation);
    }

    /** Whether two answers contradict each other whatever became of all others. */
    private boolean byThemselves(int a, int b) {
        int[] proof = minimizer().alone(new int[] {a, b});
        return proof != null && proof.length == 2;
    }

    /** Whether some delete can have taken effect after the request of an operation was sent, and before a later answer. */
    private boolean deletedAfter(int operation, int look) {
        return IntStream.range(0, trace.size())
                .anyMatch(i -> !trace.refused(i)
                        && trace.start(i) <= trace.end(look)
                        && (trace.kind(i) == Kind.DELETE || trace.kind(i) == Kind.REMOVE)
                        && trace.end(i) > trace.start(operation));
    }

    /** Whether an answer says which version was current. */
    private boolean tells(int i) {
        return (trace.reads(i) && !trace.unknown(i))
                || (trace.applied(i) && (makes(i) || trace.kind(i) == Kind.REMOVE));
    }

    /** The versions that came before the one which a proof showed. */
    private BitSet older(int proof) {
        BitSet older = new BitSet();
        int v = refusal(proof) ? trace.parent(proof) : trace.predecessor(trace.version(proof));
        for (; v > Trace.ABSENT; v = trace.predecessor(v)) {
            older.set(v);
        }
        return older;
    }

    /** Whether some delete can have removed what a proof showed, or what came of it. */
    private boolean mayBeDeleted(int proof) {
        BitSet newer = new BitSet();
        int child = refusal(proof) && trace.parent(proof) > Trace.ABSENT ? lineage.firstChild(trace.parent(proof)) : -1;
        int v = !refusal(proof) ? trace.version(proof) : child < 0 ? Trace.ABSENT : trace.version(child);
        while (v > Trace.ABSENT && !newer.get(v)) {
            newer.set(v);
            child = lineage.firstChild(v);
            v = child < 0 ? Trace.ABSENT : trace.version(child);
        }
        return IntStream.range(0, trace.size())
                .anyMatch(i -> !trace.refused(i)
                        && (trace.kind(i) == Kind.DELETE && trace.end(i) >= trace.start(proof)
                                || trace.kind(i) == Kind.REMOVE && newer.get(trace.parent(i))));
    }

    private boolean refusal(int i) {
        return trace.refused(i) && !trace.reads(i);
    }

    private String shown(int proof) {
        Operation op = trace.operation(proof);
        if (trace.reads(proof)) {
            return op.seen().orElse(op.parent()).toString();
        }
        if (trace.refused(proof)) {
            return trace.parent(proof) > Trace.ABSENT
                    ? "the successor of " + op.parent()
                    : lineage.firstChild(Trace.ABSENT) < 0
                            ? "something"
                            : trace.operation(lineage.firstChild(Trace.ABSENT))
                                    .version()
                                    .toString();
        }
        return (trace.kind(proof) == Kind.REMOVE ? op.parent() : op.version()).toString();
    }

    /** The only request between two others that could have changed anything, if it was refused; -1 if there is none. */
    private int soleRefusal(int proof, int operation) {
        int refusal = -1;
        for (int i = 0; i < trace.size(); i++) {
            boolean between = trace.start(i) <= trace.end(operation) && trace.end(i) >= trace.start(proof);
            if (i == proof || !between || trace.reads(i) || !trace.operation(i).write()) {
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
        boolean between = trace.kind(proof) == Kind.DELETE
                || (trace.kind(proof) == Kind.REMOVE && root(trace.parent(proof)) == root(version));
        int remove = between ? proof : provenance ? deleteOf(version) : -1;
        if (remove >= 0 && trace.end(remove) < trace.start(operation)) {
            return remove == proof
                    ? resurrected(operation, remove, version, witness)
                    : resurrected(firstReadAfter(remove, version, operation), remove, version, witness[0]);
        }
        int culprit = firstOfItsLine(operation, proof);
        if (culprit != operation && trace.applied(culprit)) {
            return returned(
                    culprit,
                    proof,
                    Arrays.stream(witness)
                            .map(i -> i == operation ? culprit : i)
                            .toArray());
        }
        if (asks(operation)) {
            return asIfCurrent(operation, proof, witness);
        }
        String name = trace.operation(trace.writeOf(version)).version().toString();
        if (!trace.reads(operation)) {
            return proven(
                    Anomaly.STALE_SUCCESS,
                    name + " had been replaced by " + shown(proof) + gap(operation, proof) + ", yet "
                            + trace.operation(operation).version() + ", which needs it to be current, was "
                            + done(operation) + ".",
                    new int[] {proof, operation},
                    witness);
        }
        int first = firstReadAfter(proof, version, operation);
        int[] told = Arrays.stream(witness)
                .map(i -> i == operation ? first : i)
                .distinct()
                .boxed()
                .sorted(Comparator.comparingLong(trace::start))
                .mapToInt(Integer::intValue)
                .toArray();
        if (told.length > WITNESS_OF_A_RETURN) {
            return proven(
                    Anomaly.STALE_READ,
                    name + " and " + shown(proof)
                            + " were each met after the other had been in place: whichever replaced"
                            + " the other, it came back.",
                    told);
        }
        int over = overwriting(version, proof);
        if (over >= 0 && !readLater(root(trace.version(proof)), first)) {
            return overwritten(over, proof, first, told);
        }
        boolean[] later = laterReads(first);
        Anomaly anomaly = later[0] && !later[1]
                ? Anomaly.RESURRECTED_VALUE
                : sameReader(first, proof) ? Anomaly.NON_MONOTONIC_READS : Anomaly.STALE_READ;
        return proven(
                anomaly,
                replaced(version, proof, first) + ", yet it was read"
                        + (readBy(version, trace.start(proof)) ? " again" : "")
                        + (anomaly == Anomaly.RESURRECTED_VALUE ? ", and nothing else after that." : "."),
                new int[] {proof, first},
                told);
    }

    /** Of the writes that led to a write, the first that began after a proof was in; the write itself if there is none. */
    private int firstOfItsLine(int operation, int proof) {
        int first = operation;
        while (trace.kind(first) == Kind.REPLACE && !trace.refused(first) && trace.parent(first) > Trace.ABSENT) {
            int before = trace.writeOf(trace.parent(first));
            if (trace.kind(before) != Kind.REPLACE || trace.start(before) <= trace.end(proof)) {
                break;
            }
            first = before;
        }
        return first;
    }

    /**
     * The acknowledged conditional write by which a version took the place of an acknowledged unconditional one that it does
     * not name: of those that led to it, the last whose parent had been there before. None if the version had been read by
     * then, for then it may have come back.
     *
     * @return -1 for none
     */
    private int overwriting(int version, int proof) {
        int put = present(proof) ? trace.writeOf(trace.version(proof)) : -1;
        int read = lineage.firstReadBy(version);
        if (put < 0 || !trace.is(put, Kind.PUT, Fate.APPLIED) || (read >= 0 && trace.end(read) < trace.start(put))) {
            return -1;
        }
        int write = trace.writeOf(version);
        while (trace.kind(write) == Kind.REPLACE) {
            int shown = lineage.firstShownBy(trace.parent(write));
            if (shown >= 0 && trace.end(shown) < trace.start(put)) {
                return trace.applied(write) || trace.start(write) > trace.end(put) ? write : -1;
            }
            write = trace.writeOf(trace.parent(write));
        }
        int shown = lineage.firstShownBy(trace.version(write));
        return trace.is(write, Kind.CREATE, Fate.APPLIED) && trace.end(shown) >= trace.start(put) ? write : -1;
    }

    /** A1, or A3 if the request began late: a conditional write that took the place of an acknowledged unconditional one. */
    private Finding overwritten(int write, int proof, int read, int... witness) {
        int put = trace.writeOf(trace.version(proof));
        String lost = trace.operation(put).version().toString();
        String name = trace.operation(write).version().toString();
        boolean create = trace.kind(write) == Kind.CREATE;
        boolean late = trace.start(write) > trace.end(put);
        int before = create ? -1 : lineage.firstShownBy(trace.parent(write));
        return proven(
                late ? Anomaly.STALE_SUCCESS : Anomaly.LOST_UPDATE,
                lost + " was written without a condition and acknowledged. " + name + ", " + done(write) + " on "
                        + (create
                                ? "condition that nothing was there"
                                : trace.operation(write).parent().toString())
                        + (late ? " though its request began after that" : "")
                        + ", can only have come before it; yet "
                        + trace.operation(read).seen().map(Version::toString).orElse(name)
                        + " was read afterwards: " + name + " took the place of " + lost + " unseen.",
                new int[] {before, put, write, read},
                witness);
    }

    private String replaced(int version, int proof, int read) {
        String name = trace.operation(trace.writeOf(version)).version().toString();
        int root = root(version);
        boolean earlier = IntStream.range(0, trace.size())
                .anyMatch(i -> present(i) && trace.end(i) < trace.start(proof) && root(trace.version(i)) == root);
        // A version that had not been shown before can only have been there before if it was created.
        return earlier || trace.kind(trace.writeOf(root)) != Kind.CREATE
                ? name + " had been replaced by " + shown(proof) + gap(read, proof)
                : name + " was created, so it can only have been there before " + shown(proof) + ", which was in place"
                        + gap(read, proof);
    }

    /** The first read of a version that began after a proof was in; a write stands for itself. */
    private int firstReadAfter(int proof, int version, int otherwise) {
        if (!trace.reads(otherwise)) {
            return otherwise;
        }
        int first = readAgain(version, proof);
        return first < 0 ? otherwise : first;
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

    /** Whether a version had been read, or its write acknowledged, by an instant. */
    private boolean readBy(int version, long ns) {
        int read = lineage.firstReadBy(version);
        return read >= 0 && trace.end(read) < ns
                || (trace.applied(trace.writeOf(version)) && trace.end(trace.writeOf(version)) < ns);
    }

    /** Whether anybody read something of a life after an answer. */
    private boolean readLater(int life, int operation) {
        return IntStream.range(0, trace.size())
                .anyMatch(i -> trace.reads(i)
                        && !trace.unknown(i)
                        && trace.start(i) > trace.end(operation)
                        && root(trace.version(i)) == life);
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

    private Finding createdTwice(int second, int first, int... witness) {
        int firstWrite = trace.writeOf(root(trace.version(first)));
        int secondWrite = trace.writeOf(root(trace.version(second)));
        int[] both = {firstWrite, secondWrite};
        String sentence = trace.operation(firstWrite).version() + " and "
                + trace.operation(secondWrite).version()
                + " each brought the resource into being, and no delete fits between them.";
        int[] shown = Arrays.stream(both)
                .filter(trace::unknown)
                .map(i -> lineage.provenBy(trace.version(i)))
                .toArray();
        Finding finding = proven(
                Anomaly.DUPLICATE_CREATE,
                sentence,
                minimizer().alone(both, witness) == null ? new int[] {first, second} : both,
                IntStream.concat(Arrays.stream(witness), Arrays.stream(shown)).toArray());
        if (alone == null || finding.anomaly() != Anomaly.DUPLICATE_CREATE || byItself(finding)) {
            return finding;
        }
        // A refused delete is what says that nothing was deleted.
        int life = root(trace.version(firstWrite));
        int[] kept = IntStream.range(0, trace.size())
                .filter(i -> refusal(i)
                        && trace.operation(i).removes()
                        && trace.start(i) <= trace.end(secondWrite)
                        && (trace.kind(i) == Kind.NOTHING || root(trace.parent(i)) == life))
                .toArray();
        int[] told = IntStream.concat(Arrays.stream(both), Arrays.stream(shown)).toArray();
        int[] all = IntStream.concat(Arrays.stream(told), Arrays.stream(kept))
                .distinct()
                .toArray();
        Finding whole = finding(Anomaly.DUPLICATE_CREATE, sentence, all);
        return all.length <= WitnessMinimizer.WITNESS_MAX && byItself(whole)
                ? whole
                : resting(Anomaly.DUPLICATE_CREATE, sentence, told);
    }

    /** Whether a witness bears its name by itself. */
    private boolean byItself(Finding finding) {
        Alone.Verdict verdict = alone.judge(finding.anomaly(), alone.indices(finding.witness()));
        return verdict != null && verdict.anomaly() == finding.anomaly();
    }

    /** A21. Of a witness that does not end within four answers only part is printed, and the explanation says so. */
    private Finding unordered(int... witness) {
        if (witness.length > WitnessMinimizer.WITNESS_MAX) {
            int[] looks = Weakening.looks(trace);
            if (looks.length <= WitnessMinimizer.WITNESS_MAX) {
                // What is left over is for writes that ask for something: the others only make way for them.
                int[] told = IntStream.concat(
                                Arrays.stream(looks),
                                Arrays.stream(witness)
                                        .filter(i -> !contains(looks, i) && trace.applied(i))
                                        .boxed()
                                        .sorted(Comparator.comparing((Integer i) -> trace.parent(i) <= Trace.ABSENT)
                                                .thenComparing(i -> -trace.start(i)))
                                        .mapToInt(Integer::intValue))
                        .limit(Math.max(2, looks.length))
                        .sorted()
                        .toArray();
                return finding(
                        Anomaly.INEXPLICABLE,
                        "These " + told.length + " answers fit into no order that respects their times, given what the"
                                + " other writes were answered.",
                        told);
            }
            return finding(
                    Anomaly.INEXPLICABLE,
                    witness.length
                            + " answers fit into no order that respects their times, whatever became of all other"
                            + " requests. These are the last of them; the search for fewer reached its bound.",
                    Arrays.copyOfRange(witness, witness.length - WitnessMinimizer.WITNESS_MAX, witness.length));
        }
        return finding(
                Anomaly.INEXPLICABLE,
                (witness.length == 1 ? "This answer fits" : "These " + witness.length + " answers fit")
                        + " into no order that respects their times, whatever became of all other requests.",
                witness);
    }

    /** How long before the operation the proof was in; between machines, with what the clocks may be off. */
    private String gap(int operation, int proof) {
        if (proof < 0) {
            return "";
        }
        Operation later = trace.operation(operation);
        Operation earlier = trace.operation(proof);
        // Between machines it may be negative, within what the clocks are off; less than a microsecond is none.
        long gapNs = later.startNs() - earlier.endNs();
        String gap = String.format(Locale.ROOT, " %.3f ms before", Math.abs(gapNs) < 500 ? 0 : gapNs / 1e6);
        boolean acrossHosts = later.host() != earlier.host();
        boolean barrier = clocks.barriers() && earlier.round() < later.round();
        return gap
                + (later.write() ? " the request began" : " the read began")
                + (acrossHosts
                        ? barrier
                                ? " (on another machine, but in a later round: a barrier lies between them)"
                                : String.format(
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
