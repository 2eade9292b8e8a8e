package dev.etalon.targets.mutant;

import dev.etalon.targets.reference.Line;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;

/** States that come back in place of what replaced them, a moment later. Thread-safe. */
final class Former {
    private final Map<String, Returning> returning = new ConcurrentHashMap<>();
    private final long awayNs;

    /** What is kept comes back after so many milliseconds. */
    Former(long awayMs) {
        awayNs = TimeUnit.MILLISECONDS.toNanos(awayMs);
    }

    private record Returning(Line line, long atNs) {}

    /** Notes a state that is being replaced, and that will be back. */
    void keep(String key, Line before) {
        returning.put(key, new Returning(before, System.nanoTime() + awayNs));
    }

    /** Lets what has replaced it stay. */
    void forget(String key) {
        returning.remove(key);
    }

    /** The state that came back, or the one that is there now. */
    Line of(String key, Line now) {
        Returning back = returning.get(key);
        return back != null && System.nanoTime() - back.atNs >= 0 ? back.line : now;
    }
}
