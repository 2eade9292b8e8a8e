package dev.etalon.targets.mutant;

import dev.etalon.targets.reference.Call;
import dev.etalon.targets.reference.Faithful;
import dev.etalon.targets.reference.Manner;
import dev.etalon.targets.reference.Reply;

/** Sends 200 before an upload is complete, and then nothing of its refusal. */
@Defect(
        value = "Sends 200 before an upload is complete, and then nothing of its refusal.",
        like = "the early 200 of Amazon S3 without its document; no public thread",
        caughtBy = "M02")
final class SaysNothingOfLateRefusals extends Faithful {
    SaysNothingOfLateRefusals() {
        super(Manner.AWS);
    }

    @Override
    protected Reply complete(Call call, String key, String id) {
        Reply reply = super.complete(call, key, id);
        return reply.status() == 412 ? Reply.of(200) : reply;
    }
}
