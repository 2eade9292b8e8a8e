package dev.etalon.targets.mutant;

import dev.etalon.targets.reference.Call;
import dev.etalon.targets.reference.Faithful;
import dev.etalon.targets.reference.Line;
import dev.etalon.targets.reference.Manner;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;

/**
 * Answers the first read of a version from where it was written, and the second, when nothing has happened for a while, from a
 * copy that had not heard of it.
 */
@Defect(
        value = "Answers the second read of a version at rest from a copy that has not heard of it.",
        like = "minio/minio#20200",
        caughtBy = "A9")
final class ReadsBehindTheSecondTime extends Faithful {
    private static final long AT_REST_NS = TimeUnit.MILLISECONDS.toNanos(40);

    private final Map<String, Kept> kept = new ConcurrentHashMap<>();

    ReadsBehindTheSecondTime() {
        super(Manner.RFC9110);
    }

    private record Kept(Line before, long sinceNs, int reads) {
        Kept read() {
            return new Kept(before, sinceNs, reads + 1);
        }
    }

    @Override
    protected void commit(Call call, String key, Line line) {
        kept.put(key, new Kept(line(call, key), System.nanoTime(), 0));
        super.commit(call, key, line);
    }

    @Override
    protected Line shown(Call call, String key) {
        Kept now = kept.computeIfPresent(key, (same, old) -> old.read());
        boolean behind = now != null
                && now.reads == 2
                && now.before.current() != null
                && System.nanoTime() - now.sinceNs > AT_REST_NS;
        return behind ? now.before : super.shown(call, key);
    }
}
