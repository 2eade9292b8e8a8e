package dev.etalon.targets.mutant;

import dev.etalon.targets.reference.Call;
import dev.etalon.targets.reference.Faithful;
import dev.etalon.targets.reference.Manner;
import dev.etalon.targets.reference.Reply;

/** Gives tags without their quotes. */
@Defect(
        value = "Gives tags without their quotes.",
        like = "the quoting of adobe/S3Mock#2665 the other way round",
        caughtBy = "G21")
final class GivesBareTags extends Faithful {
    GivesBareTags() {
        super(Manner.AWS);
    }

    @Override
    public Reply answer(Call call) {
        Reply reply = super.answer(call);
        String tag = reply.headers().get("ETag");
        return tag == null ? reply : reply.with("ETag", tag.replace("\"", ""));
    }
}
