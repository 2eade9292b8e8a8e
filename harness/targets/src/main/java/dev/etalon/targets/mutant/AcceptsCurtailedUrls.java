package dev.etalon.targets.mutant;

import dev.etalon.targets.reference.Call;
import dev.etalon.targets.reference.Faithful;
import dev.etalon.targets.reference.Manner;
import dev.etalon.targets.reference.Reply;
import org.jspecify.annotations.Nullable;

/** Lets in whoever uses a presigned URL and leaves out a header field that was signed into it. */
@Defect(
        value = "Lets in whoever uses a presigned URL and leaves out a header field that was signed into it.",
        like = "the opposite of hexclave/hexclave#1970; no public thread",
        caughtBy = "P22")
final class AcceptsCurtailedUrls extends Faithful {
    AcceptsCurtailedUrls() {
        super(Manner.AWS);
    }

    @Override
    protected @Nullable Reply denied(Call call, String code, String message) {
        return call.parameters().containsKey("X-Amz-Signature") ? null : super.denied(call, code, message);
    }
}
