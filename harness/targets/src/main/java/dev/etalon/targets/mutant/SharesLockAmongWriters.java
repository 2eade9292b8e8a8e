package dev.etalon.targets.mutant;

import dev.etalon.targets.reference.Call;
import dev.etalon.targets.reference.Faithful;
import dev.etalon.targets.reference.Manner;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReadWriteLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;

/** Takes its lock shared for a PUT with If-Match, as if it were a read, and exclusively for everything else. */
@Defect(
        value =
                "Takes its lock shared for a PUT with If-Match, as if it were a read, and exclusively for everything else.",
        like = "JavaScriptSolidServer/JavaScriptSolidServer#600",
        caughtBy = "A1")
final class SharesLockAmongWriters extends Faithful {
    private static final long WINDOW_NS = TimeUnit.MICROSECONDS.toNanos(100);

    private final Map<String, ReadWriteLock> locks = new ConcurrentHashMap<>();

    SharesLockAmongWriters() {
        super(Manner.RFC9110);
    }

    @Override
    protected Lock lock(Call call, String key) {
        ReadWriteLock lock = locks.computeIfAbsent(key, any -> new ReentrantReadWriteLock());
        return shares(call) ? lock.readLock() : lock.writeLock();
    }

    @Override
    protected void decided(Call call, String key) {
        if (shares(call)) {
            Pauses.of(WINDOW_NS);
        }
    }

    private static boolean shares(Call call) {
        return call.method().equals("PUT") && call.header("If-Match") != null;
    }
}
