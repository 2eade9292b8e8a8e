package dev.etalon.targets.mutant;

import dev.etalon.targets.reference.Call;
import dev.etalon.targets.reference.Faithful;
import dev.etalon.targets.reference.Line;
import dev.etalon.targets.reference.Manner;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;

/** Puts an old version back in place, after a moment in which the new one was there for everybody. */
@Defect(
        value = "Puts an old version back in place, after a moment in which the new one was there for everybody.",
        like = "versity/versitygw#2200",
        caughtBy = "A6")
final class RestoresOldVersions extends Faithful {
    private static final double SHARE = 0.1;
    private static final long PRESENT_NS = TimeUnit.MILLISECONDS.toNanos(50);

    private final Map<String, Returning> returning = new ConcurrentHashMap<>();

    RestoresOldVersions() {
        super(Manner.RFC9110);
    }

    private record Returning(Line line, long atNs) {}

    @Override
    protected void commit(Call call, String key, Line line) {
        Line before = line(call, key);
        if (before.current() != null && ThreadLocalRandom.current().nextDouble() < SHARE) {
            returning.put(key, new Returning(before, System.nanoTime() + PRESENT_NS));
        }
        super.commit(call, key, line);
    }

    @Override
    protected Line shown(Call call, String key) {
        Returning back = returning.get(key);
        return back != null && System.nanoTime() - back.atNs >= 0 ? back.line : super.shown(call, key);
    }
}
