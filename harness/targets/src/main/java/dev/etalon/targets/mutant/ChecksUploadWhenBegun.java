package dev.etalon.targets.mutant;

import dev.etalon.targets.reference.Call;
import dev.etalon.targets.reference.Faithful;
import dev.etalon.targets.reference.Line;
import dev.etalon.targets.reference.Manner;
import dev.etalon.targets.reference.Reply;
import dev.etalon.targets.reference.Upload;

/** Evaluates the condition of a multipart upload against what was there when it was begun. */
@Defect(
        value = "Evaluates the condition of a multipart upload against what was there when it was begun.",
        like = "adobe/S3Mock#2502",
        caughtBy = "M03")
final class ChecksUploadWhenBegun extends Faithful {
    ChecksUploadWhenBegun() {
        super(Manner.AWS);
    }

    @Override
    protected Reply complete(Call call, String key, String id) {
        Upload upload = upload(id);
        Reply refusal = upload == null ? null : refusal(call, super.writeFields(call), upload.began());
        return refusal != null ? refusal : super.complete(call, key, id);
    }

    @Override
    protected Fields writeFields(Call call) {
        return call.method().equals("POST") ? name -> null : super.writeFields(call);
    }

    @Override
    protected boolean overtaken(Call call, Upload upload, Line line) {
        return false;
    }
}
