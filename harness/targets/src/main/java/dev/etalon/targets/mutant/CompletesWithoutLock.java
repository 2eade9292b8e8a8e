package dev.etalon.targets.mutant;

import dev.etalon.targets.reference.Call;
import dev.etalon.targets.reference.Faithful;
import dev.etalon.targets.reference.Line;
import dev.etalon.targets.reference.Manner;
import dev.etalon.targets.reference.Reply;
import dev.etalon.targets.reference.Upload;
import java.util.concurrent.TimeUnit;

/** Evaluates the condition of CompleteMultipartUpload, and puts the object in place a moment later; PUT is sound. */
@Defect(
        value =
                "Evaluates the condition of CompleteMultipartUpload, and puts the object in place a moment later; PUT is"
                        + " sound.",
        like = "versity/versitygw#2288",
        caughtBy = {"A1", "A2"})
final class CompletesWithoutLock extends Faithful {
    private static final long WINDOW_NS = TimeUnit.MICROSECONDS.toNanos(100);

    CompletesWithoutLock() {
        super(Manner.AWS);
    }

    @Override
    protected Reply complete(Call call, String key, String id) {
        Reply refusal = refusal(call, super.writeFields(call), line(call, key));
        Pauses.of(WINDOW_NS);
        return refusal != null ? refusal : super.complete(call, key, id);
    }

    @Override
    protected Fields writeFields(Call call) {
        return call.parameters().containsKey("uploadId") ? name -> null : super.writeFields(call);
    }

    @Override
    protected boolean overtaken(Call call, Upload upload, Line line) {
        return false;
    }
}
