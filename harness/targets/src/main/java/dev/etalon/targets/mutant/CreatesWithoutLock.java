package dev.etalon.targets.mutant;

import dev.etalon.targets.reference.Call;
import dev.etalon.targets.reference.Faithful;
import dev.etalon.targets.reference.Manner;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;

/** Takes a lock for If-Match, but none for If-None-Match: two creators both find nothing there. */
@Defect(
        value = "Takes a lock for If-Match, but none for If-None-Match: two creators both find nothing there.",
        like = "floci-io/floci#1328",
        caughtBy = "A2")
final class CreatesWithoutLock extends Faithful {
    private static final long WINDOW_NS = TimeUnit.MICROSECONDS.toNanos(100);

    CreatesWithoutLock() {
        super(Manner.RFC9110);
    }

    @Override
    protected Lock lock(Call call, String key) {
        return call.header("If-None-Match") == null ? super.lock(call, key) : new ReentrantLock();
    }

    @Override
    protected void decided(Call call, String key) {
        Pauses.of(WINDOW_NS);
    }
}
