package dev.etalon.targets.mutant;

import dev.etalon.targets.reference.Call;
import dev.etalon.targets.reference.Faithful;
import dev.etalon.targets.reference.Manner;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;

/** Locks the version it is about to write instead of the object: on a bucket with versions two writers never meet. */
@Defect(
        value =
                "Locks the version it is about to write instead of the object: on a bucket with versions two writers never meet.",
        like = "localstack/localstack#13294",
        caughtBy = "A1")
final class LocksPerVersion extends Faithful {
    private static final long WINDOW_NS = TimeUnit.MICROSECONDS.toNanos(100);

    LocksPerVersion() {
        super(Manner.AWS);
    }

    @Override
    protected Lock lock(Call call, String key) {
        return versioningOf(key) == Versioning.ENABLED ? new ReentrantLock() : super.lock(call, key);
    }

    @Override
    protected void decided(Call call, String key) {
        Pauses.of(WINDOW_NS);
    }
}
