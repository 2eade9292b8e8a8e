package dev.etalon.targets.mutant;

import dev.etalon.targets.reference.Call;
import dev.etalon.targets.reference.Faithful;
import dev.etalon.targets.reference.Manner;
import dev.etalon.targets.reference.Reply;

/** Applies as much of a patch as it could read, and then says that it was malformed. */
@Defect(
        value = "Applies as much of a patch as it could read, and then says that it was malformed.",
        like = "RFC 5789 §2, which is why it forbids it; no public thread",
        caughtBy = "PA-01")
final class PatchesInPieces extends Faithful {
    PatchesInPieces() {
        super(Manner.RFC9110);
    }

    @Override
    protected Reply patch(Call call, String key) {
        Reply reply = super.patch(call, key);
        if (reply.status() == 400) {
            change(call, key, writeFields(call), line -> put(key, line, call.body()));
        }
        return reply;
    }
}
