package dev.etalon.targets.mutant;

import dev.etalon.targets.reference.Call;
import dev.etalon.targets.reference.Faithful;
import dev.etalon.targets.reference.Manner;

/** Honours conditions on PUT and ignores them on PATCH and POST. */
@Defect(
        value = "Honours conditions on PUT and ignores them on PATCH and POST.",
        like = "conditions checked method by method; no public thread",
        caughtBy = "IM-20")
final class IgnoresConditionsOnPatch extends Faithful {
    IgnoresConditionsOnPatch() {
        super(Manner.RFC9110);
    }

    @Override
    protected Fields writeFields(Call call) {
        boolean ignored = call.method().equals("PATCH") || call.method().equals("POST");
        return ignored ? name -> null : super.writeFields(call);
    }
}
