package dev.etalon.targets.mutant;

import dev.etalon.targets.reference.Call;
import dev.etalon.targets.reference.Faithful;
import dev.etalon.targets.reference.Manner;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Lock;

/** Each node of the server has locks of its own: it is sound through one endpoint and not through two. */
@Defect(
        value = "Each node of the server has locks of its own: it is sound through one endpoint and not through two.",
        like = "rustfs/rustfs#1659",
        caughtBy = "A1")
final class LocksPerNode extends Faithful {
    private static final long WINDOW_NS = TimeUnit.MICROSECONDS.toNanos(100);

    LocksPerNode() {
        super(Manner.RFC9110);
    }

    @Override
    protected Lock lock(Call call, String key) {
        return super.lock(call, key + "@" + call.node());
    }

    @Override
    protected void decided(Call call, String key) {
        Pauses.of(WINDOW_NS);
    }
}
