package dev.etalon.core.check;

import dev.etalon.core.model.Anomaly;
import dev.etalon.core.model.EntityTag;
import dev.etalon.core.model.Finding;
import dev.etalon.core.model.Observation;
import dev.etalon.core.model.Operation;
import dev.etalon.core.model.Precondition;
import dev.etalon.core.model.Version;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Which tag came with which version of one key: A20 a body with another body's tag, A18 one version with two tags, A8 two
 * versions with one tag.
 *
 * <p>Weak tags may be shared by design (RFC 9110 §8.8.1) and never satisfy If-Match, so they are left out.
 */
final class Tags {
    private final int key;
    private final List<Operation> operations;
    private final long apartNs;

    /** The tags and versions that do not belong to each other alone. Empty on a faithful server, however long it ran. */
    private final Set<EntityTag> shared = new HashSet<>();

    private final Set<Version> split = new HashSet<>();

    /** The version that came with a tag first, and the tag that came with a version first. */
    private final Map<EntityTag, Version> versions = new HashMap<>();

    private final Map<Version, EntityTag> tags = new HashMap<>();

    /** What was written by requests whose outcome nobody knows; collected only where a tag is odd. */
    private final Set<Version> unknown = new HashSet<>();

    /** The reads that were put together of two states, so that they say nothing of either. */
    private final Set<Operation> mixed = new HashSet<>();

    /** By what weak tags say, whose they were; by version, until when it was told with a weak one, and since when not. */
    private final Map<String, Set<Version>> weaklyNamed = new HashMap<>();

    private final Map<Version, Long> weakUntilNs = new HashMap<>();
    private final Map<Version, Long> strongSinceNs = new HashMap<>();

    private final Map<Version, Map<EntityTag, List<Operation>>> tagsOf = new LinkedHashMap<>();
    private final Map<EntityTag, Map<Version, List<Operation>>> versionsOf = new LinkedHashMap<>();

    /** By start of a write: when the last of all writes begun until then ended. Made only when somebody asks. */
    private @Nullable NavigableMap<Long, Long> reach;

    /** By start. Made only when somebody asks. */
    private @Nullable NavigableMap<Long, Operation> acknowledged;

    private List<Finding> findings = List.of();
    private boolean reuses;

    private Tags(int key, List<Operation> operations, long apartNs) {
        this.key = key;
        this.operations = operations;
        this.apartNs = apartNs;
    }

    /**
     * Compares what one key's answers say.
     *
     * @param operations in order of start
     * @param apartNs how far the clocks by which they were timed may be apart
     */
    static Tags of(int key, List<Operation> operations, long apartNs) {
        Tags tags = new Tags(key, operations, apartNs);
        tags.compare();
        if (tags.odd()) {
            tags.collect();
            tags.findings = tags.diagnosed();
        }
        return tags;
    }

    /** Says nothing more of all reads that bore the tag of an answer with its body, for they may be of two states. */
    private void mix(Operation odd) {
        Version shown = version(odd);
        EntityTag tag = tag(odd);
        if (shown != null && tag != null && !odd.write()) {
            tagsOf.getOrDefault(shown, Map.of()).getOrDefault(tag, List.of()).stream()
                    .filter(op -> !op.write())
                    .forEach(mixed::add);
        }
    }

    private static @Nullable EntityTag tag(Operation op) {
        Operation.Answer answer = op.answer();
        EntityTag tag = answer == null ? null : answer.tag();
        return tag == null || tag.weak() || (op.write() && (!op.applied() || op.removes())) ? null : tag;
    }

    private static @Nullable Version version(Operation op) {
        if (op.write()) {
            return op.version();
        }
        return op.observation() instanceof Observation.Seen seen ? seen.version() : null;
    }

    /** One pass that keeps one tag for each version and one version for each tag. */
    private void compare() {
        for (Operation op : operations) {
            EntityTag tag = tag(op);
            Version version = version(op);
            if (tag == null || version == null) {
                weak(op, version);
                continue;
            }
            strongSinceNs.putIfAbsent(version, op.startNs());
            Version known = versions.putIfAbsent(tag, version);
            if (known != null && !known.equals(version)) {
                shared.add(tag);
            }
            EntityTag given = tags.putIfAbsent(version, tag);
            if (given != null && !given.equals(tag)) {
                split.add(version);
            }
        }
    }

    private void weak(Operation op, @Nullable Version version) {
        Optional<EntityTag> tag = op.tag().filter(EntityTag::weak);
        if (version != null && tag.isPresent() && (!op.write() || (op.applied() && !op.removes()))) {
            weaklyNamed
                    .computeIfAbsent(tag.get().opaque(), each -> new HashSet<>())
                    .add(version);
            weakUntilNs.merge(version, op.endNs(), Math::max);
        }
    }

    /** A second pass, only where something is odd: everybody who bore an odd tag or version. */
    private void collect() {
        for (Operation op : operations) {
            if (op.write() && op.unknown()) {
                unknown.add(op.version());
            }
            EntityTag tag = tag(op);
            Version version = version(op);
            if (tag != null && version != null && (shared.contains(tag) || split.contains(version))) {
                tagsOf.computeIfAbsent(version, v -> new LinkedHashMap<>())
                        .computeIfAbsent(tag, t -> new ArrayList<>())
                        .add(op);
                versionsOf
                        .computeIfAbsent(tag, t -> new LinkedHashMap<>())
                        .computeIfAbsent(version, v -> new ArrayList<>())
                        .add(op);
            }
        }
    }

    /** Whether any tag or version has more than one partner. */
    boolean odd() {
        return !shared.isEmpty() || !split.isEmpty();
    }

    /**
     * Whether the tag a request was sent with may stand for another version than the body it came with. Then nobody knows
     * what it asked for, and nothing may be concluded from its being accepted or refused.
     */
    boolean shared(Operation request) {
        EntityTag sent = request.precondition().tag();
        return sent != null && (shared.contains(sent) || weaklyShared(request, sent));
    }

    /** If-None-Match compares weakly, so that the tag of one version may match the weak tag of another. */
    private boolean weaklyShared(Operation request, EntityTag sent) {
        return !weaklyNamed.isEmpty()
                && request.precondition().kind() == Precondition.Kind.IF_NONE_MATCH
                && weaklyNamed.getOrDefault(sent.opaque(), Set.of()).stream()
                        .anyMatch(version -> !version.equals(request.parent()));
    }

    /**
     * Whether the version a request asked for has been given several tags, one of which may be a weak one that came after
     * the strong one. Its success is beyond doubt all the same; its refusal may be due to the tag.
     */
    boolean split(Operation request) {
        EntityTag sent = request.precondition().tag();
        return sent != null && (split.contains(request.parent()) || weakened(request));
    }

    private boolean weakened(Operation request) {
        Long until = weakUntilNs.isEmpty() ? null : weakUntilNs.get(request.parent());
        return until != null
                && request.precondition().kind() == Precondition.Kind.IF_MATCH
                && until >= strongSinceNs.getOrDefault(request.parent(), Long.MIN_VALUE);
    }

    /**
     * Whether a request was sent with another tag than the version that it is said to name has: the tag of another one, or
     * one that no answer gave.
     */
    boolean mislabelled(Operation request) {
        EntityTag sent = request.precondition().tag();
        Version named = request.parent();
        if (sent == null || sent.weak() || named.equals(Version.FOREIGN) || named.equals(Version.ABSENT)) {
            return false;
        }
        Version owner = versions.get(sent);
        return owner == null ? tags.containsKey(named) : !owner.equals(named) && !shared.contains(sent);
    }

    /** Whether an answer was put together of two states. */
    boolean mixed(Operation op) {
        return !mixed.isEmpty() && mixed.contains(op);
    }

    /** Whether one tag stands for several bodies beyond doubt, and not only in answers put together of two states. */
    boolean reuses() {
        return reuses;
    }

    /** What is wrong with them. */
    List<Finding> findings() {
        return findings;
    }

    private List<Finding> diagnosed() {
        List<Finding> findings = new ArrayList<>();
        tagsOf.forEach((version, tags) -> {
            if (tags.size() > 1 && tags.keySet().stream().noneMatch(shared::contains)) {
                List<List<Operation>> bearers = List.copyOf(tags.values());
                List<EntityTag> names = List.copyOf(tags.keySet());
                findings.add(Finding.of(
                        Anomaly.UNSTABLE_TAG,
                        key,
                        List.of(bearers.get(0).get(0), bearers.get(1).get(0)),
                        "One body, " + version + ", was given two tags: " + names.get(0) + " and " + names.get(1)
                                + "."));
            }
        });
        versionsOf.forEach((tag, versions) -> {
            if (versions.size() > 1) {
                findings.add(sharedTag(tag, versions));
            }
        });
        return findings;
    }

    /**
     * Two bodies or more came with one tag. An answer that was given while a write was in flight may have been put together of
     * two states, the tag of one and the body of the other, and several answers may. That is what they are called if no more
     * than one body surely has the tag, or a body that came with it has a tag of its own. If a write began after one of the
     * answers and was acknowledged before another, no single state can have lent its tag to both: the server gives equal
     * tags to different bodies. So it does, too, as far as anybody can tell, where no answer surely has the tag.
     */
    private Finding sharedTag(EntityTag tag, Map<Version, List<Operation>> versions) {
        List<Operation> bearers = versions.values().stream().map(this::quietest).toList();
        List<Operation> loud = bearers.stream()
                .filter(op -> !op.write() && (!quiet(op) || lateRival(op, bearers)))
                .toList();
        List<Operation> atRest =
                bearers.stream().filter(op -> !loud.contains(op)).toList();
        Optional<Operation> own = (loud.isEmpty() ? bearers : loud)
                .stream().filter(op -> properly(op).isPresent()).findFirst();
        if (own.isPresent() && (atRest.size() != 1 || bearers.size() > 2)) {
            mix(own.get());
            return otherBodysTag(tag, own.get(), bearers);
        }
        if (atRest.size() > 1) {
            return reused(tag, bearers.size(), List.of(atRest.get(0), atRest.get(1)), "");
        }
        List<Operation> apart = own.isPresent()
                ? List.of()
                : writtenBetween(
                        versions.values().stream().flatMap(List::stream).toList());
        if (!apart.isEmpty()) {
            Operation write = apart.get(1);
            String what = write.removes() ? "all was deleted" : version(write) + " was written";
            return reused(tag, bearers.size(), apart, ", and " + what + " in between");
        }
        loud.forEach(this::mix);
        Operation odd = loud.get(0);
        Operation other = atRest.isEmpty() ? loud.get(1) : atRest.get(0);
        String both = twoWithOne(tag, other, odd) + ", the second while a write was in flight: ";
        return atRest.isEmpty()
                ? Finding.of(
                        Anomaly.TAG_REUSE,
                        key,
                        List.of(other, odd),
                        both + "both have one tag, or that answer was put together from two states.")
                : Finding.of(
                        Anomaly.MIXED_ANSWER,
                        key,
                        List.of(other, odd),
                        both + "whoever writes with that answer's tag replaces a body that was never seen.");
    }

    private static String twoWithOne(EntityTag tag, Operation first, Operation second) {
        return "Two different bodies, " + version(first) + " and " + version(second) + ", came with the same tag "
                + tag;
    }

    /** A8, whatever answers may have been put together of two states. */
    private Finding reused(EntityTag tag, int bodies, List<Operation> witness, String why) {
        reuses = true;
        Operation first = witness.get(0);
        Operation last = witness.get(witness.size() - 1);
        return Finding.of(
                Anomaly.TAG_REUSE,
                key,
                witness,
                (bodies == 2
                                ? twoWithOne(tag, first, last)
                                : bodies + " different bodies, " + version(first) + " and " + version(last)
                                        + " among them, came with the same tag " + tag)
                        + why + ": If-Match cannot tell them apart.");
    }

    /**
     * Two answers that gave one tag to different bodies, and the acknowledged write in between; none if there is no such
     * write. What was in place before that write no longer was at the second answer, and what it made not yet at the first.
     */
    private List<Operation> writtenBetween(List<Operation> bearers) {
        Operation first =
                bearers.stream().min(Comparator.comparingLong(Operation::endNs)).orElseThrow();
        Operation last = bearers.stream()
                .max(Comparator.comparingLong(Operation::startNs))
                .orElseThrow();
        return Stream.concat(
                        others(bearers, first)
                                .max(Comparator.comparingLong(Operation::startNs))
                                .flatMap(other -> writeBetween(first, other))
                                .stream(),
                        others(bearers, last)
                                .min(Comparator.comparingLong(Operation::endNs))
                                .flatMap(other -> writeBetween(other, last))
                                .stream())
                .findFirst()
                .orElse(List.of());
    }

    private static Stream<Operation> others(List<Operation> bearers, Operation one) {
        return bearers.stream().filter(op -> !Objects.equals(version(op), version(one)));
    }

    private Optional<List<Operation>> writeBetween(Operation first, Operation last) {
        long afterNs = first.endNs() + apartNs;
        long beforeNs = last.startNs() - apartNs;
        if (afterNs >= beforeNs) {
            return Optional.empty();
        }
        if (acknowledged == null) {
            acknowledged = operations.stream()
                    .filter(op -> op.write() && op.applied())
                    .collect(Collectors.toMap(Operation::startNs, op -> op, (one, other) -> one, TreeMap::new));
        }
        return acknowledged.subMap(afterNs, false, beforeNs, false).values().stream()
                .filter(write -> write.endNs() < beforeNs)
                .findFirst()
                .map(write -> List.of(first, write, last));
    }

    /**
     * What a finding is on a server that gives equal tags to different bodies at rest: an answer that may have been put together
     * of two states is then no more than one more of those, unless a tag of its own is known.
     */
    static Finding reused(Finding finding) {
        if (finding.anomaly() != Anomaly.MIXED_ANSWER || finding.witness().size() > 2) {
            return finding;
        }
        Operation first = finding.witness().get(0);
        Operation second = finding.witness().get(1);
        return new Finding(
                Anomaly.TAG_REUSE,
                finding.key(),
                finding.round(),
                finding.witness(),
                twoWithOne(second.tag().orElseThrow(), first, second)
                        + ", the second while a write was in flight. Others have one tag at rest, too: If-Match cannot"
                        + " tell them apart.",
                finding.consequences());
    }

    /** Whether a read may have met the write of another bearer that nobody knows the end of. */
    private boolean lateRival(Operation read, List<Operation> bearers) {
        return bearers.stream()
                .map(Tags::version)
                .anyMatch(version -> version != null && !version.equals(version(read)) && unknown.contains(version));
    }

    /** An answer that gave the version of another one a tag that no other version has. */
    private Optional<Operation> properly(Operation odd) {
        return tagsOf.getOrDefault(version(odd), Map.of()).entrySet().stream()
                .filter(entry -> !shared.contains(entry.getKey()))
                .map(entry -> entry.getValue().get(0))
                .findFirst();
    }

    private Finding otherBodysTag(EntityTag tag, Operation odd, List<Operation> bearers) {
        Operation proper = properly(odd).orElseThrow();
        Operation other = bearers.stream().filter(op -> op != odd).findFirst().orElseThrow();
        return Finding.of(
                Anomaly.MIXED_ANSWER,
                key,
                List.of(other, proper, odd),
                twoWithOne(tag, other, odd)
                        + ", though the second has one of its own: whoever writes with that answer's tag replaces a"
                        + " body that was never seen.");
    }

    private Operation quietest(List<Operation> bearers) {
        return bearers.stream()
                .filter(op -> op.write() || quiet(op))
                .findFirst()
                .orElse(bearers.get(0));
    }

    /** Whether no write was in flight while a read was answered. */
    private boolean quiet(Operation read) {
        if (reach == null) {
            reach = new TreeMap<>();
            long furthest = Long.MIN_VALUE;
            for (Operation op : operations) {
                if (op.write()) {
                    furthest = Math.max(furthest, op.endNs());
                    reach.put(op.startNs(), furthest);
                }
            }
        }
        Map.Entry<Long, Long> begun = reach.floorEntry(read.endNs() + apartNs);
        return begun == null || begun.getValue() < read.startNs() - apartNs;
    }
}
