package dev.etalon.targets.mutant;

import dev.etalon.targets.reference.Call;
import dev.etalon.targets.reference.Faithful;
import dev.etalon.targets.reference.Line;
import dev.etalon.targets.reference.Manner;
import dev.etalon.targets.reference.Reply;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;

/** Acknowledges before the disk has it: what was acknowledged just before a restart is gone after it. */
@Defect(
        value = "Acknowledges before the disk has it: what was acknowledged just before a restart is gone after it.",
        like = "minio/minio#20200",
        caughtBy = {"A5", "A1", "A3"})
final class ForgetsOnRestart extends Faithful {
    private static final double SHARE = 0.1;
    private static final long RESTART_NS = TimeUnit.MILLISECONDS.toNanos(10);

    private final Object power = new Object();
    private volatile long downUntilNs = System.nanoTime();

    ForgetsOnRestart() {
        super(Manner.RFC9110);
    }

    @Override
    public Reply answer(Call call) {
        synchronized (power) {
            return System.nanoTime() - downUntilNs < 0 ? Reply.of(503) : super.answer(call);
        }
    }

    @Override
    protected void commit(Call call, String key, Line line) {
        boolean replaced = call.method().equals("PUT") && call.header("If-Match") != null;
        if (replaced && ThreadLocalRandom.current().nextDouble() < SHARE) {
            downUntilNs = System.nanoTime() + RESTART_NS;
        } else {
            super.commit(call, key, line);
        }
    }
}
