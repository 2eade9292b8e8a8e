package dev.etalon.core.check;

import dev.etalon.core.model.Anomaly;
import dev.etalon.core.model.Finding;
import dev.etalon.core.model.History;
import dev.etalon.core.model.Operation;
import dev.etalon.core.model.Outcome;
import dev.etalon.core.model.Version;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A finding as a picture, before it is drawn: a lane for each client, a bar for each request, and a link from each write to
 * the requests that used its tag. Immutable; the same finding and history give the same lanes.
 *
 * @param key name of the key on the server
 * @param lanes those with requests of the witness first, then the others, each by the number of its client
 * @param links in the order of the requests they lead to
 * @param scale where instants lie
 * @param notices one sentence for each thing that is not shown, or not shown exactly
 */
public record Lanes(String key, List<Lane> lanes, List<Link> links, TimeScale scale, List<String> notices) {
    /** Requests beyond which a picture shows nothing any more. */
    static final int BARS_MAX = 60;

    /** Which part of the time that a picture is about it shows before and after, where there is more than it can show. */
    private static final int MARGIN = 5;

    public Lanes {
        lanes = List.copyOf(lanes);
        links = List.copyOf(links);
        notices = List.copyOf(notices);
    }

    /**
     * What one client did.
     *
     * @param name of the client, with its machine where there are several
     * @param bars in order of their start
     */
    public record Lane(String name, List<Bar> bars) {
        public Lane {
            bars = List.copyOf(bars);
        }

        /** Whether one of its requests is of the witness. */
        public boolean witness() {
            return bars.stream().anyMatch(Bar::witness);
        }
    }

    /**
     * One request and its answer.
     *
     * @param operation what was sent and answered
     * @param mark its place in the witness, 1 and up, in the order the explanation names them; 0 when it is no part of it
     * @param lost whether it was accepted like another one of the same version, which readers saw, and nobody ever saw it
     * @param wrong whether its answer, or what became of it, is what cannot be right: one that is lost, for example
     */
    public record Bar(Operation operation, int mark, boolean lost, boolean wrong) {
        /** Whether it is part of the proof. */
        public boolean witness() {
            return mark > 0;
        }

        /** Whether no answer ever came, so that it may take effect at any later time. */
        public boolean open() {
            return neverAnswered(operation);
        }
    }

    /** What one request has to do with an earlier one. */
    public enum Kind {
        /** It was sent with the tag of the version that the other wrote. */
        USED,
        /** It is a read, and showed that version. */
        SHOWED
    }

    /**
     * A write and a request that depends on it.
     *
     * @param from the write
     * @param to the other
     * @param kind in which way
     */
    public record Link(Bar from, Bar to, Kind kind) {
        /** Whether it is part of the proof. */
        public boolean witness() {
            return to.witness();
        }
    }

    /** The lanes of a finding. */
    public static Lanes of(Finding finding, History history) {
        List<Operation> all = history.operations().stream()
                .filter(op -> op.key() == finding.key())
                .toList();
        Map<Long, Integer> marks = new HashMap<>();
        finding.witness().forEach(op -> marks.putIfAbsent(op.id(), marks.size() + 1));
        List<Operation> shown = shown(finding, all);
        Set<Version> lost = lost(finding, all);
        Set<Operation> wrong = wrong(finding);
        Map<Long, Bar> bars = new LinkedHashMap<>();
        for (Operation op : shown) {
            long id = op.id();
            boolean gone = op.write() && lost.contains(op.version());
            bars.put(id, new Bar(op, marks.getOrDefault(id, 0), gone, gone || wrong.contains(op)));
        }
        TimeScale scale = TimeScale.of(spans(finding, all, shown));
        List<Bar> inOrder = bars.values().stream()
                .filter(bar -> bar.operation().startNs() <= scale.toNs() && endNs(bar.operation()) >= scale.fromNs())
                .toList();
        return new Lanes(
                history.origin().keyName(finding.key()),
                lanes(inOrder, history.clocks()),
                links(inOrder),
                scale,
                notices(inOrder.size(), all.size(), history.clocks()));
    }

    /** Every bar, in order of start. */
    public List<Bar> bars() {
        return lanes.stream()
                .flatMap(lane -> lane.bars().stream())
                .sorted(Comparator.<Bar>comparingLong(bar -> bar.operation().startNs())
                        .thenComparing(bar -> bar.operation().id()))
                .toList();
    }

    /** The bars of the witness, in the order of their marks. */
    public List<Bar> witness() {
        return bars().stream()
                .filter(Bar::witness)
                .sorted(Comparator.comparingInt(Bar::mark))
                .toList();
    }

    private static boolean neverAnswered(Operation op) {
        return op.answer() == null
                || (op.outcome() instanceof Outcome.Unknown unknown && unknown.cause() != Outcome.Cause.STATUS);
    }

    /**
     * Everything, where that is little. Else the witness with the writes that it speaks of, and of the others those that are
     * nearest to the witness in time; in order of start.
     */
    private static List<Operation> shown(Finding finding, List<Operation> all) {
        if (all.size() <= BARS_MAX) {
            return all;
        }
        Set<Operation> shown = subject(finding, all);
        all.stream()
                .sorted(Comparator.comparingLong(op -> distanceNs(op, finding.witness())))
                .limit(BARS_MAX)
                .takeWhile(op -> shown.size() < BARS_MAX)
                .forEach(shown::add);
        return all.stream().filter(shown::contains).toList();
    }

    /** The witness, and the writes that it speaks of. */
    private static Set<Operation> subject(Finding finding, List<Operation> all) {
        Set<Version> spokenOf = finding.witness().stream()
                .flatMap(op ->
                        Stream.concat(op.seen().stream(), op.conditional() ? Stream.of(op.parent()) : Stream.empty()))
                .collect(Collectors.toSet());
        Set<Operation> subject = new LinkedHashSet<>(finding.witness());
        all.stream().filter(op -> op.write() && spokenOf.contains(op.version())).forEach(subject::add);
        return subject;
    }

    /** When the bars were in flight; where not everything is shown, as far as that is near to what the picture is about. */
    private static List<TimeScale.Span> spans(Finding finding, List<Operation> all, List<Operation> shown) {
        Set<Operation> subject = subject(finding, all);
        long from = subject.stream().mapToLong(Operation::startNs).min().orElse(Long.MIN_VALUE);
        long to = subject.stream().mapToLong(Lanes::endNs).max().orElse(Long.MAX_VALUE);
        boolean whole = shown.size() == all.size();
        long marginNs = whole ? 0 : (to - from) / MARGIN;
        return shown.stream()
                .map(op -> whole || subject.contains(op)
                        ? new TimeScale.Span(op.startNs(), endNs(op))
                        : new TimeScale.Span(
                                Math.max(op.startNs(), from - marginNs), Math.min(endNs(op), to + marginNs)))
                .filter(span -> span.fromNs() <= span.toNs())
                .toList();
    }

    /** How long before or after the nearest request of the witness one was in flight; 0 when they overlap. */
    private static long distanceNs(Operation op, List<Operation> witness) {
        return witness.stream()
                .mapToLong(other -> {
                    long between = Math.max(op.startNs(), other.startNs()) - Math.min(endNs(op), endNs(other));
                    return Math.max(0, between);
                })
                .min()
                .orElse(0);
    }

    /** A request without an answer is as near as its beginning, or it would be near to everything after it. */
    private static long endNs(Operation op) {
        return neverAnswered(op) ? op.releasedNs() : op.endNs();
    }

    /** The versions of accepted writes of a fork that nobody saw, while somebody saw one of the others. */
    private static Set<Version> lost(Finding finding, List<Operation> all) {
        Set<Operation> forked = new LinkedHashSet<>(finding.witness());
        if (finding.anomaly() == Anomaly.LOST_UPDATE) {
            Set<Version> parents = finding.witness().stream()
                    .filter(op -> op.write() && op.conditional())
                    .map(Operation::parent)
                    .collect(Collectors.toSet());
            all.stream()
                    .filter(op -> op.conditional() && parents.contains(op.parent()))
                    .forEach(forked::add);
        }
        Set<Version> accepted = forked.stream()
                .filter(op -> op.write() && !op.removes() && op.applied())
                .map(Operation::version)
                .collect(Collectors.toSet());
        Set<Version> known = all.stream()
                .flatMap(
                        op -> Stream.concat(op.seen().stream(), op.applied() ? Stream.of(op.parent()) : Stream.empty()))
                .filter(accepted::contains)
                .collect(Collectors.toSet());
        boolean fork = switch (finding.anomaly()) {
            case LOST_UPDATE, DUPLICATE_CREATE -> !known.isEmpty();
            case ACKNOWLEDGED_BUT_LOST -> true;
            default -> false;
        };
        accepted.removeAll(known);
        return fork ? accepted : Set.of();
    }

    /** The answers of a witness that no faithful server can have given, where it can be said which these are. */
    private static Set<Operation> wrong(Finding finding) {
        List<Operation> witness = finding.witness();
        return switch (finding.anomaly()) {
            case STALE_SUCCESS,
                    STALE_READ,
                    NON_MONOTONIC_READS,
                    RESURRECTED_VALUE,
                    DELETE_RESURRECTION,
                    MIXED_ANSWER,
                    REFUSED_BUT_APPLIED,
                    REFUSAL_WITH_EFFECT,
                    BASELESS_NOT_MODIFIED,
                    NOT_MODIFIED_NOT_SAID,
                    MISSING_TO_A_WRITER,
                    ACKNOWLEDGED_BUT_LOST -> Set.of(witness.get(witness.size() - 1));
            case CONDITION_IGNORED ->
                witness.stream().filter(op -> op.conditional() && op.applied()).collect(Collectors.toSet());
            case PHANTOM_REFUSAL, ALL_REFUSED ->
                witness.stream().filter(Operation::refused).collect(Collectors.toSet());
            case TORN_BODY, PHANTOM_VALUE ->
                witness.stream().filter(op -> !op.write()).collect(Collectors.toSet());
            case LOST_UPDATE,
                    DUPLICATE_CREATE,
                    UNSTABLE_TAG,
                    TAG_REUSE,
                    INEXPLICABLE,
                    LATE_APPLICATION,
                    AMBIGUOUS_LOSER -> Set.of();
        };
    }

    private static List<Lane> lanes(List<Bar> bars, History.Clocks clocks) {
        // Clients of different machines have numbers of their own.
        Map<Long, List<Bar>> byClient = new TreeMap<>();
        for (Bar bar : bars) {
            long host = bar.operation().host();
            long client = host << Integer.SIZE | bar.operation().actor();
            byClient.computeIfAbsent(client, each -> new ArrayList<>()).add(bar);
        }
        return byClient.values().stream()
                .map(of -> new Lane(name(of.get(0).operation(), clocks), of))
                .sorted(Comparator.comparing(lane -> !lane.witness()))
                .toList();
    }

    private static String name(Operation op, History.Clocks clocks) {
        String client = "w" + op.actor();
        int host = op.host();
        return clocks.several() && host < clocks.hosts().size()
                ? client + "@" + clocks.hosts().get(host)
                : client;
    }

    private static List<Link> links(List<Bar> bars) {
        Map<Version, Bar> writes = new HashMap<>();
        for (Bar bar : bars) {
            if (bar.operation().write() && !bar.operation().removes()) {
                writes.putIfAbsent(bar.operation().version(), bar);
            }
        }
        List<Link> links = new ArrayList<>();
        for (Bar bar : bars) {
            Bar used =
                    bar.operation().conditional() ? writes.get(bar.operation().parent()) : null;
            if (used != null && used != bar) {
                links.add(new Link(used, bar, Kind.USED));
            }
            bar.operation().seen().map(writes::get).ifPresent(write -> links.add(new Link(write, bar, Kind.SHOWED)));
        }
        return links;
    }

    private static List<String> notices(int shown, int all, History.Clocks clocks) {
        List<String> notices = new ArrayList<>();
        if (shown < all) {
            notices.add(
                    shown + " of " + all + " requests on this key are shown: the witness, and those nearest to it. Bars"
                            + " that reach further are cut off.");
        }
        if (clocks.several()) {
            notices.add(String.format(
                    Locale.ROOT,
                    "The clocks of these machines may be %.3f ms apart, and the bars too.",
                    clocks.boundNs() / 1e6));
        }
        return notices;
    }
}
