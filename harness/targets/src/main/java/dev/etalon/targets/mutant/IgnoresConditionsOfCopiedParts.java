package dev.etalon.targets.mutant;

import dev.etalon.targets.reference.Call;
import dev.etalon.targets.reference.Faithful;
import dev.etalon.targets.reference.Manner;

/** Ignores the conditions on the source of a part that is copied. */
@Defect(
        value = "Ignores the conditions on the source of a part that is copied.",
        like = "chimera-nas/chimera#1206",
        caughtBy = "C15")
final class IgnoresConditionsOfCopiedParts extends Faithful {
    IgnoresConditionsOfCopiedParts() {
        super(Manner.AWS);
    }

    @Override
    protected Fields sourceFields(Call call) {
        boolean part = call.parameters().containsKey("partNumber");
        return part ? name -> null : super.sourceFields(call);
    }
}
