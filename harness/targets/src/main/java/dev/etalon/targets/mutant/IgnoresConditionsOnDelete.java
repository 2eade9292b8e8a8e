package dev.etalon.targets.mutant;

import dev.etalon.targets.reference.Call;
import dev.etalon.targets.reference.Faithful;
import dev.etalon.targets.reference.Manner;

/** Honours If-Match on PUT and ignores it on DELETE. */
@Defect(value = "Honours If-Match on PUT and ignores it on DELETE.", like = "minio/minio#21677", caughtBy = "A17")
final class IgnoresConditionsOnDelete extends Faithful {
    IgnoresConditionsOnDelete() {
        super(Manner.RFC9110);
    }

    @Override
    protected Fields writeFields(Call call) {
        return call.method().equals("DELETE") ? name -> null : super.writeFields(call);
    }
}
