package dev.etalon.targets.reference;

import java.util.Map;
import java.util.TreeMap;

/**
 * A multipart upload that is not finished. Immutable.
 *
 * @param key the object it will become
 * @param began the object when it was begun: a change since then makes conditions conflict
 * @param parts parts by number
 */
public record Upload(String key, Line began, Map<Integer, Stored> parts) {
    public Upload {
        parts = new TreeMap<>(parts);
    }

    /** With a part more. */
    Upload with(int number, Stored part) {
        Map<Integer, Stored> more = new TreeMap<>(parts);
        more.put(number, part);
        return new Upload(key, began, more);
    }

    /** Whether nobody has changed the object since the upload was begun. */
    boolean undisturbed(Line line) {
        return line.changes() == began.changes();
    }
}
