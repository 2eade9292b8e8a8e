package dev.etalon.core.check;

import dev.etalon.core.check.BruteForce.Provenance;
import dev.etalon.core.check.LiteralRegister.Reading;
import dev.etalon.core.check.RandomRecordings.Dimension;
import dev.etalon.core.check.RandomRecordings.Tagging;
import dev.etalon.core.model.Anomaly;
import dev.etalon.core.model.Completion;
import dev.etalon.core.model.Finding;
import dev.etalon.core.model.History;
import dev.etalon.core.model.Operation;
import dev.etalon.core.model.Precondition;
import dev.etalon.core.model.Version;
import java.util.EnumSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The judge of a key against brute force on one recording of {@link RandomRecordings}.
 *
 * <p>Where the record is whole, of one clock, with a tag for each version, and every validator was shown before it was
 * sent: what the table does not allow is found, and what RFC 9110 allows is not. Everywhere else only the second is
 * asked, of what truly happened: neither a hole in the record nor a clock nor a tag may make an accusation of it. A
 * history without a lie is never accused.
 */
final class RecordingComparison {
    private static final Set<Anomaly> OF_TAGS =
            EnumSet.of(Anomaly.TAG_REUSE, Anomaly.UNSTABLE_TAG, Anomaly.MIXED_ANSWER, Anomaly.BASELESS_NOT_MODIFIED);

    private final Dimension dimension;
    private final RandomRecordings recordings;
    private final List<Operation> truth;
    private final History recorded;
    private final KeyCheck.Said said;
    private final Set<Anomaly> names = EnumSet.noneOf(Anomaly.class);

    private RecordingComparison(Dimension dimension, RandomRecordings recordings) {
        this.dimension = dimension;
        this.recordings = recordings;
        truth = recordings.operations();
        recorded = recordings.recording();
        said = KeyCheck.check(1, recorded.operations(), KeyCheck.Recording.of(recorded), Search.BRANCHES_MAX);
        for (Finding finding : said.findings()) {
            // What is left out of the verdict on a damaged record is not said.
            if (finding.anomaly().forbidden() && (recorded.damage().isEmpty() || !Judge.restsOnAbsence(finding))) {
                names.add(finding.anomaly());
            }
        }
    }

    /**
     * Compares one recording.
     *
     * @param accused is told whether the judge found something
     * @return where they differ; null where they agree
     */
    static @Nullable String difference(Dimension dimension, RandomRecordings recordings, Runnable accused) {
        RecordingComparison comparison = new RecordingComparison(dimension, recordings);
        if (!comparison.names.isEmpty()) {
            accused.run();
        }
        String difference = comparison.difference();
        return difference == null
                ? null
                : difference + "; the judge says " + comparison.names + " " + comparison.said + " of "
                        + comparison.recorded.clocks();
    }

    private @Nullable String difference() {
        if (said.undecided()) {
            return "undecided";
        }
        return switch (dimension) {
            case PLAIN, TIES, GUARD -> exact();
            case UNPROVEN -> sound(said.broken() == null ? Provenance.CERTAIN : Provenance.UNKNOWN);
            case TAGS -> tags();
            case HOSTS -> said.broken() != null && !stranger() ? "not judged" : sound(Provenance.CERTAIN);
            case SKEWED -> null;
            case DAMAGED -> sound(Provenance.CERTAIN);
            case FOREIGN ->
                recorded.operations().size() == truth.size() ? exact() : stranger() ? sound(Provenance.CERTAIN) : null;
        };
    }

    /** Whether a read showed what no recorded request wrote: then the judge knows that something is missing. */
    private boolean stranger() {
        return recorded.operations().stream()
                .flatMap(op -> op.seen().stream())
                .anyMatch(seen -> recorded.operations().stream()
                        .noneMatch(op -> op.invocation().method().replaces()
                                && op.version().equals(seen)));
    }

    private @Nullable String exact() {
        if (dimension == RandomRecordings.Dimension.FOREIGN
                && (said.broken() != null && said.broken().startsWith("P2")
                        || recorded.operations().stream()
                                .anyMatch(op -> op.precondition().version().equals(Version.FOREIGN)))) {
            // Another program may have begun to record when something was there already, and was given tags by then.
            return sound(Provenance.CERTAIN);
        }
        if (said.broken() != null && !stranger()) {
            return "not judged";
        }
        String unsound = sound(Provenance.CERTAIN);
        if (unsound != null) {
            return unsound;
        }
        if (names.isEmpty() && said.broken() == null && !BruteForce.linearizable(truth)) {
            return "missed: brute force finds no order";
        }
        return names.isEmpty() && said.broken() == null ? silence() : null;
    }

    /** An accusation of what has an order. */
    private @Nullable String sound(Provenance provenance) {
        return sound(truth, provenance);
    }

    private @Nullable String sound(List<Operation> truth, Provenance provenance) {
        boolean linearizable = BruteForce.linearizable(truth, Reading.RFC, provenance);
        if (!recordings.lied() && !linearizable) {
            return "brute force finds no order of a faithful server's answers";
        }
        return linearizable && !names.isEmpty() ? "false alarm: brute force finds an order" : null;
    }

    private @Nullable String tags() {
        if (recordings.tagging() == Tagging.OWN) {
            names.removeAll(OF_TAGS);
            return sound(truth.stream().map(RecordingComparison::withoutTag).toList(), Provenance.CERTAIN);
        }
        boolean hidden =
                recordings.tagging() == Tagging.COLLIDING && truth.stream().anyMatch(op -> op.write() && op.unknown());
        if (recordings.lied() || hidden) {
            // Which tag a write without an answer was given, only the server knows.
            return null;
        }
        switch (recordings.tagging()) {
            case COLLIDING -> names.removeAll(Set.of(Anomaly.TAG_REUSE, Anomaly.MIXED_ANSWER));
            case UNSTABLE -> names.remove(Anomaly.UNSTABLE_TAG);
            default -> {
                // Weak tags may be shared.
            }
        }
        return names.isEmpty() ? null : "false alarm: only the tags are odd";
    }

    /** A 304 as if it had come without a tag, about which a lie may have been told. */
    private static Operation withoutTag(Operation op) {
        Completion answer = op.completion();
        return answer == null || answer.status() != 304
                ? op
                : new Operation(
                        op.invocation(),
                        new Completion(
                                answer.id(),
                                answer.status(),
                                answer.outcome(),
                                null,
                                answer.observation(),
                                answer.releasedNs(),
                                answer.atNs()));
    }

    /** An answer that fits every state, and is not counted among those that were not judged. */
    private @Nullable String silence() {
        LiteralRegister register = new LiteralRegister(truth, Reading.TABLE);
        long silent = truth.stream().filter(op -> silent(register, op)).count();
        long counted =
                said.notJudged().values().stream().mapToInt(Integer::intValue).sum();
        return silent == counted ? null : silent + " answers say nothing of the state, " + counted + " are counted";
    }

    private static boolean silent(LiteralRegister register, Operation op) {
        Precondition sent = op.invocation().precondition();
        boolean neverTrue = sent.kind() == Precondition.Kind.IF_MATCH
                && (sent.weak() || Objects.equals(sent.version(), Version.FOREIGN));
        if (op.unknown() || (op.refused() && neverTrue)) {
            return false;
        }
        for (int state = 0; state <= register.versions() + 1; state++) {
            if (register.answered(op, state) != state) {
                return false;
            }
        }
        return true;
    }
}
