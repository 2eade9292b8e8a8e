package dev.etalon.targets.reference;

import java.time.Instant;
import java.util.List;

/**
 * One version of one resource. Immutable.
 *
 * @param id version id of the S3 API; {@code null} (the word) where versions are not kept
 * @param body the representation; not to be changed
 * @param tag strong entity tag, with its quotes
 * @param modified when it was written; told with a resolution of one second (RFC 9110 §5.6.7)
 * @param marker whether it says that the object was deleted, and has no representation
 * @param parts lengths in bytes of the parts it was uploaded in; empty when it came as a whole
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
public record Stored(String id, byte[] body, String tag, Instant modified, boolean marker, List<Integer> parts) {
    public Stored {
        parts = List.copyOf(parts);
    }

    /** A version that came as a whole. */
    public Stored(String id, byte[] body, String tag, Instant modified, boolean marker) {
        this(id, body, tag, modified, marker, List.of());
    }
}
