package dev.etalon.targets.mutant;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;

/** Knows which keys several writers are at. Thread-safe. */
final class Crowd {
    private final Map<String, Integer> writers = new ConcurrentHashMap<>();
    private final Map<String, Boolean> crowded = new ConcurrentHashMap<>();

    /** Does something as one of those who write a key. */
    <T> T among(String key, Supplier<T> write) {
        if (writers.merge(key, 1, Integer::sum) > 1) {
            crowded.put(key, true);
        }
        try {
            return write.get();
        } finally {
            if (writers.merge(key, -1, Integer::sum) == 0) {
                crowded.remove(key);
            }
        }
    }

    /** Whether others were at this key since it was last left alone. */
    boolean at(String key) {
        return crowded.containsKey(key);
    }
}
