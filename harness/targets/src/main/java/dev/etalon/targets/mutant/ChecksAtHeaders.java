package dev.etalon.targets.mutant;

import dev.etalon.targets.reference.Call;
import dev.etalon.targets.reference.Faithful;
import dev.etalon.targets.reference.Manner;
import dev.etalon.targets.reference.Reply;

/** Evaluates the condition when the header fields have arrived, and never again when the body has. */
@Defect(
        value = "Evaluates the condition when the header fields have arrived, and never again when the body has.",
        like = "seaweedfs/seaweedfs#8800",
        caughtBy = "A1")
final class ChecksAtHeaders extends Faithful {
    ChecksAtHeaders() {
        super(Manner.RFC9110);
    }

    @Override
    protected Reply put(Call call, String key) {
        Reply refusal = refusal(call, writeFields(call), line(call, key));
        if (refusal != null) {
            return refusal;
        }
        byte[] body = call.body();
        return change(call, key, name -> null, line -> put(key, line, body));
    }
}
