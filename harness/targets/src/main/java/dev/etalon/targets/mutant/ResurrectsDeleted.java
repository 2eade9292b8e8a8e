package dev.etalon.targets.mutant;

import dev.etalon.targets.reference.Call;
import dev.etalon.targets.reference.Faithful;
import dev.etalon.targets.reference.Line;
import dev.etalon.targets.reference.Manner;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;

/** Brings back, after a moment, what was deleted: one of its disks had not heard of it. */
@Defect(
        value = "Brings back, after a moment, what was deleted: one of its disks had not heard of it.",
        like = "versity/versitygw#2200",
        caughtBy = "A14")
final class ResurrectsDeleted extends Faithful {
    private static final double SHARE = 0.2;
    private static final long AWAY_NS = TimeUnit.MILLISECONDS.toNanos(60);

    private final Map<String, Returning> returning = new ConcurrentHashMap<>();

    ResurrectsDeleted() {
        super(Manner.RFC9110);
    }

    private record Returning(Line line, long atNs) {}

    @Override
    protected void commit(Call call, String key, Line line) {
        Line before = line(call, key);
        boolean deleted = line.current() == null && before.current() != null;
        if (deleted && ThreadLocalRandom.current().nextDouble() < SHARE) {
            returning.put(key, new Returning(before, System.nanoTime() + AWAY_NS));
        } else {
            returning.remove(key);
        }
        super.commit(call, key, line);
    }

    @Override
    protected Line line(Call call, String key) {
        return returned(key, super.line(call, key));
    }

    @Override
    protected Line shown(Call call, String key) {
        return returned(key, super.shown(call, key));
    }

    private Line returned(String key, Line now) {
        Returning back = returning.get(key);
        return back != null && System.nanoTime() - back.atNs >= 0 ? back.line : now;
    }
}
