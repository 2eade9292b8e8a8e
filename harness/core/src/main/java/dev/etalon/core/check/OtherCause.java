package dev.etalon.core.check;

import dev.etalon.core.model.Anomaly;
import dev.etalon.core.model.Finding;
import dev.etalon.core.model.Observation;
import dev.etalon.core.model.Operation;
import dev.etalon.core.model.Precondition;
import java.util.Arrays;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;

/**
 * What else in a deployment produces the answers of a finding, and how to tell it from a defect of the server: the data
 * behind the table in {@code docs/anomalies.md}.
 *
 * <p>A finding is a proof about what answered the client. Where a cache, a gateway or a second server is in front of the
 * one that is tested, the answers alone do not say which of them is at fault.
 */
public enum OtherCause {
    RESENT(
            "a retry on the way: the first attempt took effect, and the second got this answer",
            "look for two requests in the access log of the origin; a retry overwrites no accepted write",
            EnumSet.of(
                    Anomaly.REFUSED_BUT_APPLIED,
                    Anomaly.REFUSAL_WITH_EFFECT,
                    Anomaly.PHANTOM_REFUSAL,
                    Anomaly.ALL_REFUSED,
                    Anomaly.ACKNOWLEDGED_BUT_LOST,
                    Anomaly.NON_MONOTONIC_READS,
                    Anomaly.STALE_READ,
                    Anomaly.INEXPLICABLE)) {
        @Override
        boolean fits(Finding finding) {
            return any(finding, Operation::foundNothing)
                    || switch (finding.anomaly()) {
                        case ACKNOWLEDGED_BUT_LOST, NON_MONOTONIC_READS, STALE_READ -> false;
                        case REFUSAL_WITH_EFFECT -> any(finding, op -> op.removes() && op.refused());
                        case REFUSED_BUT_APPLIED -> true;
                        default ->
                            any(finding, op -> op.write() && op.refused() && op.conditional())
                                    && !shownAfterRefusal(finding);
                    };
        }
    },
    DELIVERED_LATE(
            "a write delivered late on the way, or once more after a later one",
            "compare number and times of the requests in the access log of the origin",
            EnumSet.of(
                    Anomaly.DELETE_RESURRECTION,
                    Anomaly.RESURRECTED_VALUE,
                    Anomaly.ACKNOWLEDGED_BUT_LOST,
                    Anomaly.LATE_APPLICATION,
                    Anomaly.INEXPLICABLE)),
    SHARED_CACHE(
            "a shared cache that answers despite Cache-Control: no-cache, or renews header fields without the body",
            "read from the origin, or look for Age, Via and Cache-Status",
            EnumSet.of(
                    Anomaly.PHANTOM_VALUE,
                    Anomaly.MIXED_ANSWER,
                    Anomaly.REFUSAL_WITH_EFFECT,
                    Anomaly.DELETE_RESURRECTION,
                    Anomaly.RESURRECTED_VALUE,
                    Anomaly.ACKNOWLEDGED_BUT_LOST,
                    Anomaly.NON_MONOTONIC_READS,
                    Anomaly.STALE_READ,
                    Anomaly.BASELESS_NOT_MODIFIED,
                    Anomaly.INEXPLICABLE)) {
        @Override
        boolean fits(Finding finding) {
            return any(finding, op -> !op.write() && !op.unknown());
        }
    },
    SEVERAL_SERVERS(
            "several servers behind one name, each with a copy of its own",
            "repeat with one of them as the only endpoint",
            EnumSet.of(
                    Anomaly.TAG_REUSE,
                    Anomaly.LOST_UPDATE,
                    Anomaly.DUPLICATE_CREATE,
                    Anomaly.STALE_SUCCESS,
                    Anomaly.DELETE_RESURRECTION,
                    Anomaly.RESURRECTED_VALUE,
                    Anomaly.ACKNOWLEDGED_BUT_LOST,
                    Anomaly.NON_MONOTONIC_READS,
                    Anomaly.STALE_READ,
                    Anomaly.UNSTABLE_TAG,
                    Anomaly.PHANTOM_REFUSAL,
                    Anomaly.ALL_REFUSED,
                    Anomaly.MISSING_TO_A_WRITER,
                    Anomaly.INEXPLICABLE)) {
        @Override
        boolean fits(Finding finding) {
            return finding.anomaly() != Anomaly.PHANTOM_REFUSAL || any(finding, op -> op.refused() && op.conditional());
        }
    },
    EXPIRY(
            "expiry by a lifecycle rule, a time to live, eviction or a clean-up job",
            "look for one that covers this name; what expired is not there again later",
            EnumSet.of(
                    Anomaly.CONDITION_IGNORED,
                    Anomaly.REFUSAL_WITH_EFFECT,
                    Anomaly.LOST_UPDATE,
                    Anomaly.STALE_SUCCESS,
                    Anomaly.DUPLICATE_CREATE,
                    Anomaly.ACKNOWLEDGED_BUT_LOST,
                    Anomaly.NON_MONOTONIC_READS,
                    Anomaly.STALE_READ,
                    Anomaly.PHANTOM_REFUSAL,
                    Anomaly.ALL_REFUSED,
                    Anomaly.MISSING_TO_A_WRITER,
                    Anomaly.INEXPLICABLE)) {
        @Override
        boolean fits(Finding finding) {
            boolean missing = any(finding, op -> op.observation() instanceof Observation.Absent || op.status() == 404);
            boolean refused = refusedUnderIfMatch(finding) && !shownAfterRefusal(finding);
            boolean created = any(finding, op -> op.applied() && asks(op, Precondition.Kind.IF_NONE_MATCH_ANY));
            return switch (finding.anomaly()) {
                case DUPLICATE_CREATE -> true;
                case PHANTOM_REFUSAL, ALL_REFUSED -> refused;
                // A delete may be answered 2xx where nothing is there.
                case CONDITION_IGNORED, LOST_UPDATE, STALE_SUCCESS -> any(finding, op -> op.removes() && op.applied());
                case INEXPLICABLE -> missing || refused || created;
                default -> missing;
            };
        }
    },
    OTHER_WRITER(
            "a writer that is not recorded, such as another run, a restore or a replication job",
            "repeat under a prefix that only this run writes to",
            EnumSet.of(Anomaly.PHANTOM_VALUE)),
    TRANSFORMED(
            "content changed, cut off or assembled from ranges on the way",
            "read from the origin, and compare Content-Length and Content-Encoding",
            EnumSet.of(Anomaly.TORN_BODY)),
    TAG_OF_MORE(
            "a tag that changes with metadata (RFC 9110 §8.8.1) or with the content coding (§8.8.3.3)",
            "compare the other header fields of the two answers",
            EnumSet.of(Anomaly.UNSTABLE_TAG)),
    TAG_REWRITTEN(
            "tags rewritten on the way, made weak or given a suffix such as -gzip",
            "compare with the tag that the origin gives",
            EnumSet.of(Anomaly.UNSTABLE_TAG, Anomaly.PHANTOM_REFUSAL, Anomaly.ALL_REFUSED)) {
        @Override
        boolean fits(Finding finding) {
            return finding.anomaly() == Anomaly.UNSTABLE_TAG || refusedUnderIfMatch(finding);
        }
    },
    TAG_TOO_COARSE(
            "tags made of time and length, as coarse as a second or a clock tick",
            "write more than a second apart; if the tags differ then, look for a setting of the server",
            EnumSet.of(Anomaly.TAG_REUSE)),
    CONDITION_DROPPED(
            "a condition that is not passed on, as by a cache that fetches the whole",
            "look for If-Match and If-None-Match in what the origin receives",
            EnumSet.of(Anomaly.CONDITION_IGNORED, Anomaly.NOT_MODIFIED_NOT_SAID)),
    ANSWERED_ON_THE_WAY(
            "an answer of an intermediary, from its store or because of a limit",
            "look for the request in the access log of the origin",
            EnumSet.of(
                    Anomaly.BASELESS_NOT_MODIFIED,
                    Anomaly.PHANTOM_REFUSAL,
                    Anomaly.ALL_REFUSED,
                    Anomaly.MISSING_TO_A_WRITER,
                    Anomaly.AMBIGUOUS_LOSER));

    private final String cause;
    private final String check;
    private final Set<Anomaly> anomalies;

    OtherCause(String cause, String check, Set<Anomaly> anomalies) {
        this.cause = cause;
        this.check = check;
        this.anomalies = Collections.unmodifiableSet(anomalies);
    }

    /** What else than the server may have given the answers of a finding, the most telling first. */
    public static List<OtherCause> of(Finding finding) {
        return Arrays.stream(values())
                .filter(each -> each.anomalies.contains(finding.anomaly()) && each.fits(finding))
                .toList();
    }

    /** What happens in the deployment, to continue "or else". */
    public String cause() {
        return cause;
    }

    /** How to tell it from a defect of the server, as an imperative. */
    public String check() {
        return check;
    }

    /** The anomalies that it may look like, in order of diagnosis. */
    public Set<Anomaly> anomalies() {
        return anomalies;
    }

    /** Cause and check in one line. */
    public String sentence() {
        return cause + " (" + check + ")";
    }

    /** Whether the answers of a witness are of a kind that this can give. */
    boolean fits(Finding finding) {
        return true;
    }

    private static boolean any(Finding finding, Predicate<Operation> condition) {
        return finding.witness().stream().anyMatch(condition);
    }

    /** Whether a success that began after a refusal had been answered needs what the refused request named. */
    private static boolean shownAfterRefusal(Finding finding) {
        return any(
                finding,
                refused -> refused.refused()
                        && any(finding, op -> !op.refused() && !op.unknown() && op.startNs() > refused.endNs()));
    }

    private static boolean refusedUnderIfMatch(Finding finding) {
        return any(finding, op -> op.refused() && asks(op, Precondition.Kind.IF_MATCH));
    }

    private static boolean asks(Operation op, Precondition.Kind kind) {
        return op.precondition().kind() == kind;
    }
}
