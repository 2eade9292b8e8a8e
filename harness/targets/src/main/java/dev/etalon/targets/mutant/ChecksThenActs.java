package dev.etalon.targets.mutant;

import dev.etalon.targets.reference.Call;
import dev.etalon.targets.reference.Faithful;
import dev.etalon.targets.reference.Manner;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;

/** Evaluates the condition, and writes a moment later: whoever looks in between is let through too. */
@Defect(
        value = "Evaluates the condition, and writes a moment later: whoever looks in between is let through too.",
        like = "versity/versitygw#2288",
        caughtBy = {"A1", "A2"})
final class ChecksThenActs extends Faithful {
    private final long windowNs;

    /**
     * Makes one.
     *
     * @param windowUs how long the moment is, in microseconds
     */
    ChecksThenActs(long windowUs) {
        super(Manner.RFC9110);
        this.windowNs = TimeUnit.MICROSECONDS.toNanos(windowUs);
    }

    @Override
    protected Lock lock(Call call, String key) {
        return new ReentrantLock();
    }

    @Override
    protected void decided(Call call, String key) {
        Pauses.of(windowNs);
    }
}
