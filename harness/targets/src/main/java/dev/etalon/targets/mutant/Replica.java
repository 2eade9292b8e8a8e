package dev.etalon.targets.mutant;

import dev.etalon.targets.reference.Line;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;

/** A copy of the state that is a little behind. Thread-safe. */
final class Replica {
    private static final long LAG_NS = TimeUnit.MILLISECONDS.toNanos(20);

    private final Map<String, Behind> behind = new ConcurrentHashMap<>();

    private record Behind(Line line, long sinceNs) {}

    /** Notes that a line is replaced, if there was anything. What the copy shows in the meantime stays as it is. */
    void replaced(String key, Line before) {
        if (before.current() == null) {
            return;
        }
        long now = System.nanoTime();
        behind.compute(key, (same, old) -> old != null && now - old.sinceNs < LAG_NS ? old : new Behind(before, now));
    }

    /** What the copy shows of a line. */
    Line of(String key, Line now) {
        Behind old = behind.get(key);
        return old != null && System.nanoTime() - old.sinceNs < LAG_NS ? old.line : now;
    }
}
