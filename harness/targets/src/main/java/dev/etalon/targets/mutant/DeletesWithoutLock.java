package dev.etalon.targets.mutant;

import dev.etalon.targets.reference.Call;
import dev.etalon.targets.reference.Faithful;
import dev.etalon.targets.reference.Manner;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;

/** Locks for PUT, but not for DELETE: what is deleted need not be what the condition was about. */
@Defect(
        value = "Locks for PUT, but not for DELETE: what is deleted need not be what the condition was about.",
        like = "gaul/s3proxy 4.1.0",
        caughtBy = "A1")
final class DeletesWithoutLock extends Faithful {
    private static final long WINDOW_NS = TimeUnit.MICROSECONDS.toNanos(100);

    DeletesWithoutLock() {
        super(Manner.RFC9110);
    }

    @Override
    protected Lock lock(Call call, String key) {
        return call.method().equals("DELETE") ? new ReentrantLock() : super.lock(call, key);
    }

    @Override
    protected void decided(Call call, String key) {
        if (call.method().equals("DELETE")) {
            Pauses.of(WINDOW_NS);
        }
    }
}
