package dev.etalon.targets.mutant;

import dev.etalon.targets.reference.Call;
import dev.etalon.targets.reference.Faithful;
import dev.etalon.targets.reference.Manner;
import dev.etalon.targets.reference.Reply;
import java.util.concurrent.TimeUnit;

/** Evaluates the condition on the destination of a copy, and copies a moment later; PUT is sound. */
@Defect(
        value = "Evaluates the condition on the destination of a copy, and copies a moment later; PUT is sound.",
        like = "versity/versitygw#2288, of another operation",
        caughtBy = {"A1", "A2"})
final class CopiesWithoutLock extends Faithful {
    private static final long WINDOW_NS = TimeUnit.MICROSECONDS.toNanos(100);

    CopiesWithoutLock() {
        super(Manner.AWS);
    }

    @Override
    protected Reply copy(Call call, String key) {
        Reply refusal = refusal(call, super.writeFields(call), line(call, key));
        Pauses.of(WINDOW_NS);
        return refusal != null ? refusal : super.copy(call, key);
    }

    @Override
    protected Fields writeFields(Call call) {
        return call.header("x-amz-copy-source") != null ? name -> null : super.writeFields(call);
    }
}
