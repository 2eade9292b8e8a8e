package dev.etalon.core.check;

import dev.etalon.core.model.EntityTag;
import dev.etalon.core.model.Observation;
import dev.etalon.core.model.Operation;
import dev.etalon.core.model.Precondition;
import dev.etalon.core.model.Printable;
import dev.etalon.core.model.Version;

/** One request and its answer in a few words, the same wherever a witness is shown. Nothing a server sent is shown raw. */
public final class OperationText {
    private static final int TAG_CHARS_MAX = 20;
    private static final int TAG_CHARS_SHOWN = 13;

    private OperationText() {}

    /** What was asked for, and on what condition. */
    public static String request(Operation op) {
        return op.method() + (op.write() || op.conditional() ? " " + condition(op) : "");
    }

    private static String condition(Operation op) {
        EntityTag tag = op.precondition().tag();
        return switch (op.precondition().kind()) {
            case NONE -> "unconditional";
            case IF_MATCH -> "If-Match " + (tag == null ? "" : abbreviated(tag)) + " (" + op.parent() + ")";
            case IF_NONE_MATCH_ANY -> Precondition.CREATE.toString();
            case IF_NONE_MATCH -> "If-None-Match " + (tag == null ? "" : abbreviated(tag)) + " (" + op.parent() + ")";
        };
    }

    /** The status, and the tag if there was one. */
    public static String answer(Operation op) {
        if (op.answer() == null || op.status() == 0) {
            return "no answer";
        }
        return op.status() + op.tag().map(tag -> " etag " + abbreviated(tag)).orElse("");
    }

    /** The first characters of a long tag: enough to follow it through a witness; the history has it whole. */
    private static String abbreviated(EntityTag tag) {
        String value = tag.value();
        return value.length() <= TAG_CHARS_MAX
                ? Printable.of(value)
                : Printable.of(value.substring(0, TAG_CHARS_SHOWN)) + "…\"";
    }

    /** What follows from the answer; empty when nothing does. */
    public static String said(Operation op) {
        if (op.removes()) {
            return op.observation() instanceof Observation.Absent || (op.applied() && op.status() == 404)
                    ? "found nothing to delete"
                    : op.applied() ? "deleted" : "";
        }
        if (op.status() == 304) {
            return op.parent().equals(Version.ABSENT) ? "not modified" : "not modified, so still " + op.parent();
        }
        return op.write() ? "version " + op.version() : shown(op.observation());
    }

    private static String shown(Observation observation) {
        if (observation instanceof Observation.Seen seen) {
            return "showed " + seen.version() + " (parent "
                    + (seen.parent().equals(Version.ABSENT) ? "none" : seen.parent()) + ")";
        }
        if (observation instanceof Observation.Torn torn) {
            return "torn: the body " + torn.sentence();
        }
        return observation instanceof Observation.Absent ? "showed nothing there" : "";
    }
}
