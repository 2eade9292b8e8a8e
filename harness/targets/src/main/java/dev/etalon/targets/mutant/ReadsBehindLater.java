package dev.etalon.targets.mutant;

import dev.etalon.targets.reference.Call;
import dev.etalon.targets.reference.Faithful;
import dev.etalon.targets.reference.Line;
import dev.etalon.targets.reference.Manner;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;

/**
 * Answers the first reads of a version from where it was written, and one when nothing has happened for a while from a copy
 * that had not heard of it.
 */
@Defect(
        value = "Answers one later read of a version at rest from a copy that has not heard of it.",
        like = "minio/minio#20200",
        caughtBy = "A9")
final class ReadsBehindLater extends Faithful {
    private static final long AT_REST_NS = TimeUnit.MILLISECONDS.toNanos(40);

    private final Map<String, Kept> kept = new ConcurrentHashMap<>();

    ReadsBehindLater() {
        super(Manner.RFC9110);
    }

    private record Kept(Line before, long sinceNs, boolean read) {}

    @Override
    protected void commit(Call call, String key, Line line) {
        kept.put(key, new Kept(line(call, key), System.nanoTime(), false));
        super.commit(call, key, line);
    }

    @Override
    protected Line shown(Call call, String key) {
        Kept now = kept.get(key);
        if (now == null || now.before.current() == null) {
            return super.shown(call, key);
        }
        if (now.read && System.nanoTime() - now.sinceNs > AT_REST_NS && kept.remove(key, now)) {
            return now.before;
        }
        kept.replace(key, now, new Kept(now.before, now.sinceNs, true));
        return super.shown(call, key);
    }
}
