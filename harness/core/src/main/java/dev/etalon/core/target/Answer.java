package dev.etalon.core.target;

import dev.etalon.core.model.EntityTag;
import dev.etalon.core.model.Outcome;
import org.jspecify.annotations.Nullable;

/**
 * What came back for one request sent once.
 *
 * @param status HTTP status; 0 when no answer was in
 * @param tag entity tag of the answer
 * @param body the whole body; empty for none
 * @param failure why there was no whole answer; null when there was one
 * @param detail the failure in words, or an error code from the body; for people
 */
@SuppressWarnings("ArrayRecordComponent") // read once by the runner; equality is never asked for
public record Answer(
        int status,
        @Nullable EntityTag tag,
        byte[] body,
        Outcome.@Nullable Cause failure,
        @Nullable String detail) {
    private static final byte[] EMPTY = {};

    /** No answer. */
    public static Answer failed(Outcome.Cause cause, String detail) {
        return new Answer(0, null, EMPTY, cause, detail);
    }

    /** Whether the server said that it performed the request. */
    public boolean successful() {
        return failure == null && status >= 200 && status < 300;
    }
}
