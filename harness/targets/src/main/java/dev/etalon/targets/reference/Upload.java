package dev.etalon.targets.reference;

import java.time.Instant;
import java.util.Map;
import java.util.TreeMap;

/**
 * A multipart upload that is not finished. Immutable.
 *
 * @param key the object it will become
 * @param began the object when it was begun: a change since then makes conditions conflict
 * @param initiated when it was begun
 * @param parts parts by number
 */
public record Upload(String key, Line began, Instant initiated, Map<Integer, Stored> parts) {
    public Upload {
        parts = new TreeMap<>(parts);
    }

    /** With a part more. */
    Upload with(int number, Stored part) {
        Map<Integer, Stored> more = new TreeMap<>(parts);
        more.put(number, part);
        return new Upload(key, began, initiated, more);
    }

    /** Whether nobody has changed the object since the upload was begun. */
    boolean undisturbed(Line line) {
        return line.changes() == began.changes();
    }
}
