package dev.etalon.targets.mutant;

import dev.etalon.core.plan.RequestShape;
import dev.etalon.targets.reference.Call;
import dev.etalon.targets.reference.Faithful;
import dev.etalon.targets.reference.Manner;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;

/** Has a path of its own for uploads of one shape, and takes no lock there: only a race of such uploads shows it. */
@Defect(
        value = "Has a path of its own for uploads of one shape, and takes no lock there.",
        like = "seaweedfs/seaweedfs#8800, of one kind of upload",
        caughtBy = {"A1", "A2"})
final class ChecksThenActsInShape extends Faithful {
    private static final long WINDOW_NS = TimeUnit.MILLISECONDS.toNanos(1);

    private final RequestShape shape;

    /** Makes one that does so where a request has this shape. */
    ChecksThenActsInShape(RequestShape shape) {
        super(shape == RequestShape.AWS_CHUNKED ? Manner.AWS : Manner.RFC9110);
        this.shape = shape;
    }

    @Override
    protected Lock lock(Call call, String key) {
        return unlocked(call) ? new ReentrantLock() : super.lock(call, key);
    }

    @Override
    protected void decided(Call call, String key) {
        if (unlocked(call)) {
            Pauses.of(WINDOW_NS);
        }
    }

    private boolean unlocked(Call call) {
        return call.method().equals("PUT") && Shapes.has(shape, call);
    }
}
