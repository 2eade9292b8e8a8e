package dev.etalon.targets.mutant;

import dev.etalon.targets.reference.Call;
import dev.etalon.targets.reference.Faithful;
import dev.etalon.targets.reference.Manner;
import dev.etalon.targets.reference.Reply;
import java.nio.charset.StandardCharsets;

/** Tells whoever completes an upload another tag than its readers. */
@Defect(
        value = "Tells whoever completes an upload another tag than its readers.",
        like = "wiremock/wiremock#2822",
        caughtBy = "M01")
final class TellsAnotherTagOnComplete extends Faithful {
    TellsAnotherTagOnComplete() {
        super(Manner.AWS);
    }

    @Override
    protected Reply complete(Call call, String key, String id) {
        Reply reply = super.complete(call, key, id);
        String document = new String(reply.body(), StandardCharsets.UTF_8);
        return reply.with(document.replace("-1\"</ETag>", "-2\"</ETag>").getBytes(StandardCharsets.UTF_8));
    }
}
