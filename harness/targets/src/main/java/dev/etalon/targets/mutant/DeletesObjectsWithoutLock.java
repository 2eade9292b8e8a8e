package dev.etalon.targets.mutant;

import dev.etalon.targets.reference.Call;
import dev.etalon.targets.reference.Faithful;
import dev.etalon.targets.reference.Manner;
import dev.etalon.targets.reference.Reply;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Compares the tags of a DeleteObjects request, and deletes a moment later; DELETE is sound. */
@Defect(
        value = "Compares the tags of a DeleteObjects request, and deletes a moment later; DELETE is sound.",
        like = "gaul/s3proxy 4.1.0",
        caughtBy = "A1")
final class DeletesObjectsWithoutLock extends Faithful {
    private static final long WINDOW_NS = TimeUnit.MICROSECONDS.toNanos(100);

    DeletesObjectsWithoutLock() {
        super(Manner.AWS);
    }

    @Override
    protected Reply delete(Call call, String key, @Nullable String id, Fields fields) {
        if (!call.method().equals("POST")) {
            return super.delete(call, key, id, fields);
        }
        Reply refusal = refusal(call, fields, line(call, key));
        Pauses.of(WINDOW_NS);
        return refusal != null ? refusal : super.delete(call, key, id, name -> null);
    }
}
