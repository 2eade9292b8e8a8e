package dev.etalon.core.target;

import dev.etalon.core.model.Outcome;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A whole answer, as it came.
 *
 * @param status HTTP status; 0 when no answer was in
 * @param headers field lines in the order received
 * @param body the whole content; empty for none. Not copied: do not change it
 * @param failure why there was no whole answer; null when there was one
 * @param detail the failure in words; null when there was none
 */
@SuppressWarnings("ArrayRecordComponent") // read, never compared as a whole
public record RawAnswer(
        int status,
        List<RawField> headers,
        byte[] body,
        Outcome.@Nullable Cause failure,
        @Nullable String detail) {
    private static final byte[] EMPTY = {};

    public RawAnswer {
        headers = List.copyOf(headers);
    }

    /** No whole answer. */
    public static RawAnswer failed(Outcome.Cause cause, String detail) {
        return new RawAnswer(0, List.of(), EMPTY, cause, detail);
    }

    /** The first field of a name, in any case. */
    public Optional<String> header(String name) {
        return headers.stream()
                .filter(field -> field.name().equalsIgnoreCase(name))
                .map(RawField::value)
                .findFirst();
    }
}
