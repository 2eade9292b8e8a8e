package dev.etalon.targets.mutant;

import dev.etalon.targets.reference.Call;
import dev.etalon.targets.reference.Faithful;
import dev.etalon.targets.reference.Manner;
import dev.etalon.targets.reference.Reply;
import java.nio.charset.StandardCharsets;

/** Leaves refusals out of the answer to a quiet DeleteObjects, like everything else. */
@Defect(
        value = "Leaves refusals out of the answer to a quiet DeleteObjects, like everything else.",
        like = "Quiet taken at its word; no public thread",
        caughtBy = "D17")
final class HushesRefusalsWhenQuiet extends Faithful {
    HushesRefusalsWhenQuiet() {
        super(Manner.AWS);
    }

    @Override
    protected Reply deleteObjects(Call call, String bucket) {
        Reply reply = super.deleteObjects(call, bucket);
        boolean quiet = new String(call.body(), StandardCharsets.UTF_8).contains("<Quiet>true</Quiet>");
        return quiet ? reply.with("<DeleteResult/>".getBytes(StandardCharsets.UTF_8)) : reply;
    }
}
