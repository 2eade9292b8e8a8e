package dev.etalon.core.check;

import dev.etalon.core.model.Anomaly;
import dev.etalon.core.model.EntityTag;
import dev.etalon.core.model.Finding;
import dev.etalon.core.model.Observation;
import dev.etalon.core.model.Operation;
import dev.etalon.core.model.Precondition;
import dev.etalon.core.model.Version;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Judges one key whose versions name their parents: the order of versions is given, not searched.
 *
 * <p>Handles histories of reads, conditional writes and one unconditional first write, with refusals and unknown
 * outcomes; no deletes. Everything it reports is certain: an operation with unknown outcome counts as applied only once
 * its version was seen. It does not yet use every real-time bound, so it may miss inversions that only a full
 * linearizability check shows; it never reports one that is not there.
 *
 * <p>Diagnosis stops at the first class that explains the rest: consequences of a fork are not reported as findings of
 * their own.
 */
final class ChainCheck {
    private final int key;
    private final List<Operation> operations;
    private final Map<Version, Operation> writes = new LinkedHashMap<>();
    private final Map<Version, List<Operation>> reads = new LinkedHashMap<>();
    private final Set<Version> effective = new HashSet<>();
    private final Map<Version, List<Operation>> children = new LinkedHashMap<>();
    private final Map<Version, List<Operation>> rivals = new LinkedHashMap<>();
    private final Map<Version, Map<EntityTag, List<Operation>>> tagsOf = new LinkedHashMap<>();
    private final Map<EntityTag, Map<Version, List<Operation>>> versionsOf = new LinkedHashMap<>();
    private final List<Finding> findings = new ArrayList<>();

    private ChainCheck(int key, List<Operation> operations) {
        this.key = key;
        this.operations = operations;
    }

    /**
     * Judges a key.
     *
     * @param key its number
     * @param operations all its operations, in order of start
     */
    static List<Finding> check(int key, List<Operation> operations) {
        ChainCheck check = new ChainCheck(key, operations);
        check.index();
        check.ignoredConditions();
        if (check.findings.isEmpty()) {
            check.bodies();
            check.tags();
            boolean applied = check.refusedButApplied();
            boolean forked = check.forks();
            if (!applied && !forked) {
                check.staleness();
                check.refusals();
            }
        }
        check.findings.sort(Comparator.comparing(Finding::anomaly).thenComparing(Finding::round));
        return check.findings;
    }

    private void index() {
        Deque<Version> shown = new ArrayDeque<>();
        for (Operation op : operations) {
            if (op.write()) {
                writes.put(op.version(), op);
                if (op.applied()) {
                    shown.add(op.version());
                }
            }
            op.seen().ifPresent(version -> {
                reads.computeIfAbsent(version, v -> new ArrayList<>()).add(op);
                shown.add(version);
            });
            indexTag(op);
        }
        // An unknown write whose version was seen has been applied, and so has every ancestor of it.
        while (!shown.isEmpty()) {
            Version version = shown.remove();
            Operation write = writes.get(version);
            if (write != null && !write.refused() && effective.add(version)) {
                if (write.parent().writer() >= 0 && !write.parent().equals(Version.ABSENT)) {
                    shown.add(write.parent());
                }
                if (!ambiguous(write)) {
                    children.computeIfAbsent(write.parent(), v -> new ArrayList<>())
                            .add(write);
                }
            }
        }
        children.values().forEach(list -> list.sort(Comparator.comparingLong(Operation::startNs)));
        for (Operation op : operations) {
            if (op.write() && !op.refused() && (op.unknown() || effective.contains(op.version()))) {
                rivals.computeIfAbsent(op.parent(), v -> new ArrayList<>()).add(op);
            }
        }
    }

    private void indexTag(Operation op) {
        EntityTag tag = op.tag().orElse(null);
        Version version = op.write() ? op.version() : op.seen().orElse(null);
        // Weak tags may be shared by design (RFC 9110 §8.8.1), and never satisfy If-Match.
        if (tag != null && !tag.weak() && version != null && (!op.write() || op.applied())) {
            tagsOf.computeIfAbsent(version, v -> new LinkedHashMap<>())
                    .computeIfAbsent(tag, t -> new ArrayList<>())
                    .add(op);
            versionsOf
                    .computeIfAbsent(tag, t -> new LinkedHashMap<>())
                    .computeIfAbsent(version, v -> new ArrayList<>())
                    .add(op);
        }
    }

    /**
     * Whether the tag a write was sent with may stand for another version than the body it came with. Then the write has
     * no certain parent, and nothing may be concluded from its being accepted or refused.
     */
    private boolean ambiguous(Operation write) {
        EntityTag sent = write.invocation().precondition().tag();
        return sent != null
                && (versionsOf.getOrDefault(sent, Map.of()).size() > 1
                        || tagsOf.getOrDefault(write.parent(), Map.of()).size() > 1);
    }

    private void report(Anomaly anomaly, String explanation, Operation... witness) {
        report(anomaly, explanation, List.of(witness));
    }

    private void report(Anomaly anomaly, String explanation, List<Operation> witness) {
        findings.add(new Finding(
                anomaly, key, witness.get(witness.size() - 1).invocation().round(), witness, explanation));
    }

    /** A17: a validator the server never gave was accepted; or, without any race, a create over what exists. */
    private void ignoredConditions() {
        for (Operation op : operations) {
            if (!op.write() || !op.applied() || !op.conditional()) {
                continue;
            }
            if (op.parent().equals(Version.FOREIGN)) {
                List<Operation> witness = new ArrayList<>();
                proof(op.startNs()).ifPresent(witness::add);
                witness.add(op);
                report(
                        Anomaly.CONDITION_IGNORED,
                        "If-Match named a tag that the server never gave, and the write was accepted: the condition has no"
                                + " effect.",
                        witness);
            } else if (op.invocation().round() < 0
                    && op.invocation().precondition().kind() == Precondition.Kind.IF_NONE_MATCH_ANY) {
                operations.stream()
                        .filter(other -> other.write() && other.applied() && other.endNs() < op.startNs())
                        .findFirst()
                        .ifPresent(first -> report(
                                Anomaly.CONDITION_IGNORED,
                                "If-None-Match: * was sent for a resource that exists, with no other writer, and the write"
                                        + " was accepted: the condition has no effect.",
                                first,
                                op));
            }
        }
    }

    /** The last read or acknowledgement that ended before an instant and showed a version. */
    private Optional<Operation> proof(long beforeNs) {
        return operations.stream()
                .filter(op -> op.endNs() < beforeNs && (op.seen().isPresent() || (op.write() && op.applied())))
                .max(Comparator.comparingLong(Operation::endNs));
    }

    /** A10 and A11: bodies that nobody wrote like this, or not yet. */
    private void bodies() {
        for (Operation op : operations) {
            if (op.observation() instanceof Observation.Torn torn) {
                report(
                        Anomaly.TORN_BODY,
                        "The body " + torn.flaw().sentence() + ": a reader got something that no writer wrote.",
                        op);
            }
        }
        reads.forEach((version, ops) -> {
            Operation write = writes.get(version);
            Operation read =
                    ops.stream().min(Comparator.comparingLong(Operation::endNs)).orElseThrow();
            if (write == null) {
                report(Anomaly.PHANTOM_VALUE, "The body names the write " + version + ", which was never sent.", read);
            } else if (read.endNs() < write.startNs()) {
                report(Anomaly.PHANTOM_VALUE, "The body was read before its write had begun.", read, write);
            }
        });
        for (Version version : effective) {
            Operation write = write(version);
            boolean rooted = write.parent().equals(Version.ABSENT) || effective.contains(write.parent());
            Operation parent = writes.get(write.parent());
            if (!rooted && (parent == null || !parent.refused())) {
                report(
                        Anomaly.PHANTOM_VALUE,
                        "An orphan: the write took effect although its parent " + write.parent()
                                + " never came to be on this key.",
                        write);
            }
        }
    }

    /** A20, A18 and A8: a body with another body's tag, one version with two tags, two versions with one tag. */
    private void tags() {
        tagsOf.forEach((version, tags) -> {
            boolean mixed = tags.keySet().stream()
                    .anyMatch(tag -> versionsOf.getOrDefault(tag, Map.of()).size() > 1);
            if (tags.size() > 1 && !mixed) {
                List<List<Operation>> bearers = List.copyOf(tags.values());
                List<EntityTag> names = List.copyOf(tags.keySet());
                report(
                        Anomaly.UNSTABLE_TAG,
                        "One body, " + version + ", was given two tags: " + names.get(0) + " and " + names.get(1) + ".",
                        bearers.get(0).get(0),
                        bearers.get(1).get(0));
            }
        });
        versionsOf.forEach((tag, versions) -> {
            if (versions.size() > 1) {
                sharedTag(tag, versions.values().stream().map(this::quietest).toList());
            }
        });
    }

    /**
     * Two bodies came with one tag. If one of them did so only while a write was in flight, that answer may have been put
     * together from two states; otherwise the server gives equal tags to different bodies.
     */
    private void sharedTag(EntityTag tag, List<Operation> bearers) {
        Optional<Operation> loud =
                bearers.stream().filter(op -> !op.write() && !quiet(op)).findFirst();
        Operation odd = loud.orElse(bearers.get(1));
        Operation other = bearers.stream().filter(op -> op != odd).findFirst().orElseThrow();
        String both =
                "Two different bodies, " + shown(other) + " and " + shown(odd) + ", came with the same tag " + tag;
        if (loud.isPresent()) {
            report(
                    Anomaly.MIXED_ANSWER,
                    both + ", the second while a write was in flight: whoever writes with that answer's tag replaces a"
                            + " body that was never seen.",
                    other,
                    odd);
        } else {
            report(Anomaly.TAG_REUSE, both + ": If-Match cannot tell them apart.", other, odd);
        }
    }

    private static Version shown(Operation op) {
        return op.write() ? op.version() : op.seen().orElseThrow();
    }

    private Operation quietest(List<Operation> bearers) {
        return bearers.stream()
                .filter(op -> op.write() || quiet(op))
                .findFirst()
                .orElse(bearers.get(0));
    }

    /** Whether no other write was in flight while the answer was made. */
    private boolean quiet(Operation op) {
        return operations.stream()
                .noneMatch(other ->
                        other != op && other.write() && other.startNs() <= op.endNs() && other.endNs() >= op.startNs());
    }

    /** A4: the version of a refused write was seen. */
    private boolean refusedButApplied() {
        boolean found = false;
        for (Operation op : operations) {
            if (op.write() && op.refused() && reads.containsKey(op.version())) {
                found = true;
                report(
                        Anomaly.REFUSED_BUT_APPLIED,
                        "The write was answered " + op.status() + ", yet its body was read afterwards.",
                        op,
                        reads.get(op.version()).get(0));
            }
        }
        return found;
    }

    /** A1, A2 and A3: two effective writes replaced the same version. */
    private boolean forks() {
        boolean found = false;
        for (Map.Entry<Version, List<Operation>> entry : children.entrySet()) {
            List<Operation> winners = entry.getValue();
            if (winners.size() > 1) {
                found = true;
                fork(entry.getKey(), winners);
            }
        }
        return found;
    }

    private void fork(Version parent, List<Operation> winners) {
        Operation late = winners.stream()
                .filter(w -> winners.stream().anyMatch(o -> o != w && knownBefore(o, w.startNs())))
                .findFirst()
                .orElse(null);
        Operation first;
        Operation second;
        Anomaly anomaly;
        if (parent.equals(Version.ABSENT)) {
            anomaly = Anomaly.DUPLICATE_CREATE;
            first = winners.get(0);
            second = winners.get(1);
        } else if (late != null) {
            anomaly = Anomaly.STALE_SUCCESS;
            first = winners.stream()
                    .filter(o -> o != late && knownBefore(o, late.startNs()))
                    .findFirst()
                    .orElseThrow();
            second = late;
        } else {
            anomaly = Anomaly.LOST_UPDATE;
            first = winners.get(0);
            second = winners.get(1);
        }
        List<Operation> witness = new ArrayList<>();
        firstProof(parent, second.startNs()).ifPresent(witness::add);
        witness.add(first);
        witness.add(second);
        long lastEnd = winners.stream()
                .mapToLong(Operation::endNs)
                .filter(e -> e != Long.MAX_VALUE)
                .max()
                .orElse(0);
        Optional<Operation> after = operations.stream()
                .filter(op -> op.seen().isPresent() && op.startNs() > lastEnd)
                .findFirst();
        after.ifPresent(witness::add);
        findings.add(new Finding(
                anomaly, key, second.invocation().round(), witness, explain(anomaly, parent, winners, first, second)));
    }

    private String explain(
            Anomaly anomaly, Version parent, List<Operation> winners, Operation first, Operation second) {
        String fate = survivors(winners);
        return switch (anomaly) {
            case DUPLICATE_CREATE -> winners.size() + " writes each brought the resource into being; " + fate;
            case STALE_SUCCESS ->
                second.version() + " was accepted on " + parent + " although " + first.version()
                        + " had already replaced it when the request began; " + fate;
            default -> winners.size() + " applied writes have the same parent " + parent + "; " + fate;
        };
    }

    /** What became of the winners, as far as later reads and writes tell. */
    private String survivors(List<Operation> winners) {
        List<String> seen = new ArrayList<>();
        List<String> gone = new ArrayList<>();
        for (Operation winner : winners) {
            int times = reads.getOrDefault(winner.version(), List.of()).size();
            int built = children.getOrDefault(winner.version(), List.of()).size();
            if (times + built > 0) {
                seen.add(winner.version() + " was read " + times + (times == 1 ? " time" : " times"));
            } else {
                gone.add(winner.version().toString());
            }
        }
        if (seen.isEmpty()) {
            return "none of them was read afterwards.";
        }
        String survived = "afterwards " + String.join(", ", seen);
        return gone.isEmpty()
                ? survived + ": each of them overwrote the other unseen."
                : survived + ", " + String.join(", ", gone) + " never: "
                        + (gone.size() == 1 ? "that update is lost." : "those updates are lost.");
    }

    /** Whether anything that ended before an instant had shown a write to be applied. */
    private boolean knownBefore(Operation write, long ns) {
        return (write.applied() && write.endNs() < ns)
                || reads.getOrDefault(write.version(), List.of()).stream().anyMatch(read -> read.endNs() < ns);
    }

    /** The first read that showed a version before an instant: how its tag became known. */
    private Optional<Operation> firstProof(Version version, long beforeNs) {
        return reads.getOrDefault(version, List.of()).stream()
                .filter(read -> read.endNs() <= beforeNs)
                .findFirst();
    }

    private Operation write(Version version) {
        Operation write = writes.get(version);
        if (write == null) {
            throw new IllegalStateException("an effective version has a write: version=" + version);
        }
        return write;
    }

    /** A5 and A7: a read shows less than what was known to be there before it began. */
    private void staleness() {
        Map<Version, Integer> depths = depths();
        record Shown(Operation by, int depth) {}
        List<Shown> shown = new ArrayList<>();
        for (Operation op : operations) {
            Integer depth = depthShown(op, depths);
            if (depth != null) {
                shown.add(new Shown(op, depth));
            }
        }
        List<Shown> byEnd = new ArrayList<>(shown);
        byEnd.sort(Comparator.comparingLong(s -> s.by().endNs()));
        Shown newest = null;
        int next = 0;
        for (Shown read : shown) {
            while (next < byEnd.size()
                    && byEnd.get(next).by().endNs() < read.by().startNs()) {
                Shown candidate = byEnd.get(next++);
                newest = newest == null || candidate.depth() > newest.depth() ? candidate : newest;
            }
            if (newest == null || read.by().write() || read.depth() >= newest.depth()) {
                continue;
            }
            Shown proof = newest;
            List<Shown> later = shown.stream()
                    .filter(s -> s.by().startNs() > read.by().endNs())
                    .toList();
            boolean seenAgain = later.stream().anyMatch(s -> s.depth() >= proof.depth());
            // One look that misses it may be a stale answer; only a second one says that it is gone.
            boolean gone = !seenAgain && !later.isEmpty();
            String what = read.by().observation() instanceof Observation.Absent
                    ? "the resource was reported missing"
                    : "an older body was read";
            report(
                    gone ? Anomaly.ACKNOWLEDGED_BUT_LOST : Anomaly.STALE_READ,
                    String.format(
                            Locale.ROOT,
                            "%s was known to be in place %.3f ms before the read began, yet %s%s.",
                            proof.by().write()
                                    ? proof.by().version()
                                    : proof.by().seen().orElseThrow(),
                            (read.by().startNs() - proof.by().endNs()) / 1e6,
                            what,
                            seenAgain
                                    ? "; later it was there again"
                                    : gone ? ", and it was never seen again" : "; nobody looked again"),
                    proof.by(),
                    read.by());
            return;
        }
    }

    /** The depth of the chain an operation proves; null when it proves none. */
    private @Nullable Integer depthShown(Operation op, Map<Version, Integer> depths) {
        if (op.write()) {
            return op.applied() ? depths.get(op.version()) : null;
        }
        return op.observation() instanceof Observation.Absent
                ? Integer.valueOf(0)
                : op.seen().map(depths::get).orElse(null);
    }

    /** Position of each effective version in the chain, which here has no fork. */
    private Map<Version, Integer> depths() {
        Map<Version, Integer> depths = new HashMap<>();
        int depth = 0;
        List<Operation> next = children.getOrDefault(Version.ABSENT, List.of());
        while (!next.isEmpty()) {
            Version version = next.get(0).version();
            depths.put(version, ++depth);
            next = children.getOrDefault(version, List.of());
        }
        return depths;
    }

    /** A12 and A13: a refusal that nothing in the history can have caused. */
    private void refusals() {
        record Volley(int round, Version parent) {}
        Map<Volley, List<Operation>> unjustified = new LinkedHashMap<>();
        for (Operation op : operations) {
            if (op.write()
                    && op.refused()
                    && !op.parent().equals(Version.FOREIGN)
                    && !ambiguous(op)
                    && !justified(op)) {
                unjustified
                        .computeIfAbsent(new Volley(op.invocation().round(), op.parent()), v -> new ArrayList<>())
                        .add(op);
            }
        }
        unjustified.values().forEach(this::phantom);
    }

    private void phantom(List<Operation> refused) {
        Operation first = refused.get(0);
        List<Operation> witness = new ArrayList<>();
        firstProof(first.parent(), first.startNs()).ifPresent(witness::add);
        refused.stream().limit(3).forEach(witness::add);
        boolean create = first.invocation().precondition().kind() == Precondition.Kind.IF_NONE_MATCH_ANY;
        String current = create ? "the resource did not exist" : first.parent() + " was current";
        if (refused.size() > 1) {
            report(
                    Anomaly.ALL_REFUSED,
                    "All " + refused.size() + " writers that met the condition were refused, though " + current
                            + " and nothing in flight had changed that: nobody got through.",
                    witness);
        } else {
            report(
                    Anomaly.PHANTOM_REFUSAL,
                    "The write was refused with " + first.status() + " though " + current
                            + " and no write in flight or unknown had changed that: 0 candidates.",
                    witness);
        }
    }

    /** Whether some write can have made the condition false by the time the refusal was in. */
    private boolean justified(Operation refused) {
        boolean create = refused.invocation().precondition().kind() == Precondition.Kind.IF_NONE_MATCH_ANY;
        // A version never returns, and nothing here deletes: who sees the old state later knows that it was current.
        Stream<Operation> oldStateSeen = create
                ? operations.stream().filter(op -> op.observation() instanceof Observation.Absent)
                : reads.getOrDefault(refused.parent(), List.of()).stream();
        if (oldStateSeen.anyMatch(read -> read.startNs() > refused.endNs())) {
            return false;
        }
        Stream<Operation> candidates = create
                ? rivals.values().stream().flatMap(List::stream)
                : rivals.getOrDefault(refused.parent(), List.of()).stream();
        return candidates.anyMatch(rival -> rival.startNs() <= refused.endNs());
    }
}
