package dev.etalon.core.check;

import dev.etalon.core.check.Trace.Kind;
import dev.etalon.core.model.Completion;
import dev.etalon.core.model.Invocation;
import dev.etalon.core.model.Method;
import dev.etalon.core.model.Observation;
import dev.etalon.core.model.Operation;
import dev.etalon.core.model.Outcome;
import dev.etalon.core.model.Precondition;
import dev.etalon.core.model.Version;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Makes the answers that contradict each other in a history into a proof by itself: the fewest of them that no order
 * explains even if all other answers are forgotten.
 *
 * <p>Forgetting an answer: a read says nothing then, and a write, acknowledged or refused, may have taken effect at any
 * time from its start on, or never. A candidate that is explained that way is joined by the answers that rule the
 * explanation out, such as the read that shows an unanswered create or the success that comes after a delete without an
 * answer; what is not needed then is dropped.
 *
 * <p>Each candidate is judged by a small register of its own. Of the forgotten writes it holds, for every version that the
 * candidate names, the way there, the first that replaces it and the quickest way from it to absence; of all others the
 * earliest ones. Where that differs from the whole it allows more, so what has no order there has none. Time O(n) for each
 * candidate, and there are some dozens.
 */
final class WitnessMinimizer {
    /** Requests a witness may have. */
    static final int WITNESS_MAX = 4;

    private static final int BRANCHES_MAX = 20_000;

    private static final int REDUCED_MAX = 1_000;

    /** Answers of one kind, around one request of a candidate, that may be asked to join it. */
    private static final int NEIGHBOURS_MAX = 4;

    private static final long NEVER = Long.MAX_VALUE;

    private final Trace trace;
    private final Lineage lineage;

    /** What each operation does once its answer is forgotten. */
    private final Kind[] kinds;

    private final int[] parents;

    /** By version: the successor, read or success, of the version that began last. */
    private final int[] lastNeededBy;

    /** Versions, those without a parent last. */
    private final int[] deepestFirst;

    WitnessMinimizer(Trace trace, Lineage lineage) {
        this.trace = trace;
        this.lineage = lineage;
        int n = trace.size();
        kinds = new Kind[n];
        parents = new int[n];
        lastNeededBy = new int[trace.versions() + 1];
        Arrays.fill(lastNeededBy, -1);
        for (int i = 0; i < n; i++) {
            forget(i);
            int needs = trace.unknown(i) ? Trace.ABSENT : needs(i);
            if (needs > Trace.ABSENT
                    && (lastNeededBy[needs] < 0 || trace.start(lastNeededBy[needs]) < trace.start(i))) {
                lastNeededBy[needs] = i;
            }
        }
        deepestFirst = IntStream.rangeClosed(1, trace.versions())
                .boxed()
                .sorted(Comparator.comparingInt((Integer v) -> -lineage.depth(v)))
                .mapToInt(Integer::intValue)
                .toArray();
    }

    private void forget(int i) {
        Operation op = trace.operation(i);
        Precondition sent = op.precondition();
        boolean looked = trace.reads(i) && !trace.mayHaveDeleted(i);
        if (!op.write() || looked || (sent.kind() == Precondition.Kind.IF_MATCH && sent.weak())) {
            kinds[i] = Kind.NOTHING;
            return;
        }
        if (trace.kind(i) != Kind.NOTHING && !trace.reads(i)) {
            kinds[i] = trace.kind(i);
            parents[i] = trace.parent(i);
            return;
        }
        // What was refused without a condition that is known says nothing. Forgotten, it may have been carried out.
        boolean root = op.unconditional() || sent.kind() == Precondition.Kind.IF_NONE_MATCH;
        int parent = root ? Trace.ABSENT : trace.number(op.parent());
        parents[i] = Math.max(Trace.ABSENT, parent);
        kinds[i] = root
                ? op.removes() ? Kind.DELETE : Kind.PUT
                : parent <= Trace.ABSENT ? Kind.NOTHING : op.removes() ? Kind.REMOVE : Kind.REPLACE;
    }

    private int needs(int i) {
        return trace.reads(i) ? trace.version(i) : trace.is(i, Kind.REPLACE, Trace.Fate.APPLIED) ? trace.parent(i) : 0;
    }

    private boolean makes(int i) {
        return kinds[i] == Kind.CREATE || kinds[i] == Kind.PUT || kinds[i] == Kind.REPLACE;
    }

    /** Whether an answer can be part of a witness. */
    private boolean known(int i) {
        return !trace.unknown(i) && (trace.kind(i) != Kind.NOTHING || kinds[i] != Kind.NOTHING);
    }

    /**
     * The fewest answers found that are a proof by themselves.
     *
     * @param told those that must be among them
     * @param offered others that may
     * @return in order of start; null if four answers are not enough
     */
    int @Nullable [] alone(int[] told, int... offered) {
        int[] three = IntStream.concat(Arrays.stream(told), Arrays.stream(offered))
                .filter(i -> i >= 0)
                .distinct()
                .boxed()
                .sorted(Comparator.comparingLong(trace::start))
                .mapToInt(Integer::intValue)
                .toArray();
        // In a long history it takes too long to see whether two of them would do.
        if (trace.size() > REDUCED_MAX && three.length == 3 && returns(three[0], three[1], three[2])) {
            return three;
        }
        int[] alone = alone(false, told, offered);
        return alone == null
                        && IntStream.concat(Arrays.stream(told), Arrays.stream(offered))
                                .anyMatch(this::shownLate)
                ? alone(true, told, offered)
                : alone;
    }

    /** Whether a version was there, then something else was, and then it was there again: no order allows that. */
    private boolean returns(int before, int between, int again) {
        int version = trace.is(again, Kind.REPLACE, Trace.Fate.APPLIED) ? trace.parent(again) : trace.version(again);
        boolean there = version > Trace.ABSENT
                && (trace.reads(again) || trace.is(again, Kind.REPLACE, Trace.Fate.APPLIED))
                && trace.version(before) == version
                && (trace.reads(before) || trace.applied(before) && makes(before));
        boolean other = trace.reads(between)
                ? trace.version(between) != version
                : trace.applied(between) && (kinds[between] == Kind.DELETE || makes(between));
        return there
                && other
                && !trace.unknown(between)
                && trace.end(before) < trace.start(between)
                && trace.end(between) < trace.start(again)
                && trace.writeOf(version) != between;
    }

    /** Whether no answer shows by its time that it had shown a tag before a request with that tag began. */
    private boolean shownLate(int request) {
        if (request < 0 || trace.reads(request) || trace.parent(request) <= Trace.ABSENT) {
            return false;
        }
        int shown = lineage.firstShownBy(trace.parent(request));
        return shown < 0 || trace.end(shown) >= trace.start(request);
    }

    private int @Nullable [] alone(boolean provenance, int[] told, int... offered) {
        Set<Integer> candidate = new LinkedHashSet<>();
        Arrays.stream(told).filter(i -> i >= 0).forEach(candidate::add);
        Set<Integer> kept = Set.copyOf(candidate);
        Arrays.stream(offered).filter(i -> i >= 0).forEach(candidate::add);
        List<Integer> joining = List.of();
        for (int round = 0; !contradictory(candidate, provenance); round++) {
            if (round == 2) {
                return null;
            }
            joining = joining(candidate);
            for (int one : joining) {
                Set<Integer> more = new LinkedHashSet<>(candidate);
                more.add(one);
                if (contradictory(more, provenance)) {
                    return reduced(more, kept, provenance);
                }
            }
            candidate.addAll(joining);
        }
        return reduced(candidate, kept, provenance);
    }

    /** Of answers that are a proof, those that are needed for it, whatever was to be told. */
    int[] fewer(int... proof) {
        Set<Integer> candidate = new LinkedHashSet<>();
        Arrays.stream(proof).forEach(candidate::add);
        int[] fewer = contradictory(candidate, false) ? reduced(candidate, Set.of(), false) : null;
        return fewer == null ? proof : fewer;
    }

    private int @Nullable [] reduced(Set<Integer> candidate, Set<Integer> kept, boolean provenance) {
        List<Integer> last = new ArrayList<>(candidate);
        Set<Integer> fewest = new LinkedHashSet<>(candidate);
        for (int k = last.size() - 1; k >= 0; k--) {
            int spare = last.get(k);
            if (!kept.contains(spare)) {
                fewest.remove(spare);
                if (!contradictory(fewest, provenance)) {
                    fewest.add(spare);
                }
            }
        }
        return fewest.size() > WITNESS_MAX
                ? null
                : fewest.stream()
                        .sorted(Comparator.comparingLong(trace::start))
                        .mapToInt(Integer::intValue)
                        .toArray();
    }

    /** The answers that may rule out what explains a candidate, the most telling first. */
    private List<Integer> joining(Set<Integer> candidate) {
        Set<Integer> joining = new LinkedHashSet<>();
        Set<Integer> versions = named(candidate);
        for (int i = 0; i < kinds.length; i++) {
            // What was refused without a condition has no other part in the history.
            if (kinds[i] != Kind.NOTHING && trace.kind(i) == Kind.NOTHING && joining.size() < NEIGHBOURS_MAX) {
                joining.add(i);
            }
        }
        for (int v : versions) {
            joining.add(trace.writeOf(v));
        }
        for (int v : versions) {
            joining.add(lineage.firstReadBy(v));
            joining.add(lineage.provenBy(v));
        }
        for (int v : versions) {
            joining.add(lastNeededBy[v]);
            int child = lineage.firstChild(v);
            if (child >= 0) {
                joining.add(child);
                joining.add(makes(child) ? lineage.provenBy(trace.version(child)) : -1);
            }
        }
        for (int i : candidate) {
            neighbours(i, joining);
        }
        joining.removeAll(candidate);
        joining.removeIf(i -> i < 0 || !known(i));
        return List.copyOf(joining);
    }

    /** The answers nearest in time to a request that change the state, or say that nothing was there. */
    private void neighbours(int request, Set<Integer> joining) {
        int[][] nearest = new int[4][];
        Arrays.setAll(nearest, k -> new int[0]);
        for (int i = 0; i < trace.size(); i++) {
            if (i == request || !known(i)) {
                continue;
            }
            boolean tells = trace.reads(i) || trace.kind(i) == Kind.NOTHING || !trace.applied(i);
            boolean absent = trace.reads(i) && trace.version(i) == Trace.ABSENT;
            if (tells && !absent && trace.reads(i)) {
                continue;
            }
            boolean before = trace.end(i) < trace.start(request);
            int kind = (tells ? 2 : 0) + (before ? 0 : 1);
            nearest[kind] = nearer(nearest[kind], i, request, before);
        }
        for (int[] some : nearest) {
            Arrays.stream(some).forEach(joining::add);
        }
    }

    private int[] nearer(int[] some, int i, int request, boolean before) {
        int last = some.length < NEIGHBOURS_MAX ? -1 : some[NEIGHBOURS_MAX - 1];
        if (last >= 0 && (before ? trace.end(i) <= trace.end(last) : distance(i, request) >= distance(last, request))) {
            return some;
        }
        return IntStream.concat(Arrays.stream(some), IntStream.of(i))
                .boxed()
                .sorted(Comparator.comparingLong(k -> before ? -trace.end(k) : distance(k, request)))
                .limit(NEIGHBOURS_MAX)
                .mapToInt(Integer::intValue)
                .toArray();
    }

    private long distance(int i, int request) {
        return Math.abs(trace.start(i) - trace.start(request));
    }

    private Set<Integer> named(Set<Integer> candidate) {
        Set<Integer> versions = new LinkedHashSet<>();
        for (int i : candidate) {
            if (trace.kind(i) == Kind.NOTHING) {
                continue;
            }
            if (trace.parent(i) > Trace.ABSENT) {
                versions.add(trace.parent(i));
            }
            if ((trace.reads(i) || makes(i)) && trace.version(i) > Trace.ABSENT) {
                versions.add(trace.version(i));
            }
        }
        return versions;
    }

    /**
     * Whether no order explains some answers, whatever became of all other requests.
     *
     * @param provenance whether a tag that was sent proves that its version had been there before (P3)
     */
    private boolean contradictory(Set<Integer> candidate, boolean provenance) {
        return Search.decide(new Register(candidate).register(provenance), BRANCHES_MAX) == Search.Answer.VIOLATION;
    }

    /** The small register by which one candidate is judged. */
    private final class Register {
        private final Set<Integer> candidate;
        private final List<Operation> operations = new ArrayList<>();
        private final List<Long> starts = new ArrayList<>();
        private final List<Long> ends = new ArrayList<>();
        private int made;

        private Register(Set<Integer> candidate) {
            this.candidate = candidate;
        }

        private Trace register(boolean provenance) {
            long last = Long.MIN_VALUE;
            for (int i : candidate) {
                int twin = trace.twin(i);
                // An answer that says two things is told as a whole.
                if (!trace.unknown(i) && !(twin < i && candidate.contains(twin))) {
                    add(trace.operation(i), start(i), trace.end(i));
                    if (twin >= 0) {
                        add(trace.operation(i), start(i), trace.end(i));
                    }
                    last = Math.max(last, trace.end(i));
                    if (provenance && trace.kind(i) != Kind.NOTHING && trace.parent(i) > Trace.ABSENT) {
                        shown(trace.parent(i), i);
                    }
                }
            }
            forgotten(last);
            long[] starting = starts.stream().mapToLong(Long::longValue).toArray();
            long[] ending = ends.stream().mapToLong(Long::longValue).toArray();
            return Trace.of(operations, new Timeline(starting, ending), trace.doubts());
        }

        private long start(int i) {
            return trace.start(i);
        }

        private boolean forgotten(int i) {
            return !(candidate.contains(i) || candidate.contains(trace.twin(i))) || trace.unknown(i);
        }

        private void add(Operation operation, long start, long end) {
            operations.add(operation);
            starts.add(start);
            ends.add(end);
        }

        /** Some answer had shown a version before a request with its tag began. */
        private void shown(int version, int request) {
            long start = start(trace.writeOf(version));
            long end = Math.max(start, start(request) - 1);
            int id = - ++made;
            Invocation sent = new Invocation(id, 0, 0, 0, 0, Method.GET, Precondition.NONE, null, 0, start);
            Observation seen = new Observation.Seen(version(version), Version.ABSENT, 1);
            add(new Operation(sent, new Completion(id, 200, Outcome.APPLIED, null, seen, 0, end)), start, end);
        }

        /** A write of unknown outcome. */
        private Version add(Method method, Precondition precondition, @Nullable Version version, long start) {
            // Writers are numbered from 0 on, so these are nobody else's.
            Version made = version == null ? new Version(Integer.MIN_VALUE, ++this.made) : version;
            Invocation sent = new Invocation(-made.sequence(), 0, 0, 0, 0, method, precondition, made, 1, start);
            add(new Operation(sent, null), start, NEVER);
            return made;
        }

        private Version version(int v) {
            return trace.operation(trace.writeOf(v)).version();
        }

        private Precondition over(Version version) {
            return new Precondition(Precondition.Kind.IF_MATCH, null, version);
        }

        /** All that the forgotten writes can do before the last answer is in. */
        private void forgotten(long last) {
            Set<Integer> versions = named(candidate);
            long[] direct = new long[trace.versions() + 1];
            long[] quickest = new long[direct.length];
            long[] replaced = new long[direct.length];
            Arrays.fill(direct, NEVER);
            Arrays.fill(quickest, NEVER);
            Arrays.fill(replaced, NEVER);
            List<Long> deletes = new ArrayList<>();
            for (int i = 0; i < kinds.length; i++) {
                if (!forgotten(i) || start(i) > last) {
                    continue;
                }
                if (kinds[i] == Kind.REMOVE) {
                    direct[parents[i]] = Math.min(direct[parents[i]], start(i));
                } else if (kinds[i] == Kind.DELETE) {
                    deletes.add(start(i));
                }
            }
            for (int v : deepestFirst) {
                int write = trace.writeOf(v);
                if (kinds[write] == Kind.REPLACE && forgotten(write) && start(write) <= last && !versions.contains(v)) {
                    int up = parents[write];
                    replaced[up] = Math.min(replaced[up], start(write));
                    long gone = Math.max(start(write), Math.min(direct[v], quickest[v]));
                    quickest[up] = Math.min(quickest[up], gone);
                }
            }
            for (int v : versions) {
                int write = trace.writeOf(v);
                if (forgotten(write)) {
                    wayTo(v, versions);
                }
                from(version(v), direct[v], replaced[v], quickest[v]);
            }
            deletes.stream()
                    .sorted()
                    .limit(candidate.size() + 1L)
                    .forEach(start -> add(Method.DELETE, Precondition.NONE, null, start));
            roots(Kind.PUT, versions, direct, quickest, last);
            roots(Kind.CREATE, versions, direct, quickest, last);
        }

        /** From a version of the candidate, or from nothing, to another version, by way of what lies in between. */
        private void wayTo(int version, Set<Integer> versions) {
            int first = trace.writeOf(version);
            long latest = start(first);
            while (kinds[first] == Kind.REPLACE) {
                int up = parents[first];
                int above = trace.writeOf(up);
                if (versions.contains(up)) {
                    break;
                }
                first = above;
                latest = Math.max(latest, start(first));
            }
            if (!makes(first) || !forgotten(first)) {
                return;
            }
            Precondition start = switch (kinds[first]) {
                case CREATE -> Precondition.CREATE;
                case REPLACE -> over(version(parents[first]));
                default -> Precondition.NONE;
            };
            if (first == trace.writeOf(version)) {
                add(Method.PUT, start, version(version), latest);
            } else {
                Version between = add(Method.PUT, start, null, start(first));
                add(Method.PUT, over(between), version(version), latest);
            }
        }

        /** From a version to absence, to another version, and from there to absence. */
        private void from(Version version, long direct, long replaced, long quickest) {
            if (direct != NEVER) {
                add(Method.DELETE, over(version), null, direct);
            }
            if (replaced != NEVER) {
                Version successor = add(Method.PUT, over(version), null, replaced);
                if (quickest != NEVER) {
                    add(Method.DELETE, over(successor), null, quickest);
                }
            }
        }

        /**
         * Lives that the candidate does not name. Those that end come one after the other, so the n-th of them began no
         * earlier than the n-th of all, and ended no earlier than the n-th of all ends.
         */
        private void roots(Kind kind, Set<Integer> versions, long[] direct, long[] quickest, long last) {
            List<Long> begins = new ArrayList<>();
            List<Long> exits = new ArrayList<>();
            for (int v = 1; v <= trace.versions(); v++) {
                int write = trace.writeOf(v);
                if (kinds[write] == kind && forgotten(write) && start(write) <= last && !versions.contains(v)) {
                    begins.add(start(write));
                    long gone = Math.min(direct[v], quickest[v]);
                    if (gone != NEVER) {
                        exits.add(Math.max(start(write), gone));
                    }
                }
            }
            begins.sort(null);
            exits.sort(null);
            Precondition precondition = kind == Kind.CREATE ? Precondition.CREATE : Precondition.NONE;
            int most = candidate.size() + 1;
            for (int k = 0; k < Math.min(most, begins.size()); k++) {
                add(Method.PUT, precondition, null, begins.get(k));
            }
            for (int k = 0; k < Math.min(most, exits.size()); k++) {
                Version root = add(Method.PUT, precondition, null, begins.get(k));
                add(Method.DELETE, over(root), null, exits.get(k));
            }
        }
    }
}
