package dev.etalon.targets.mutant;

import dev.etalon.targets.reference.Call;
import dev.etalon.targets.reference.Faithful;
import dev.etalon.targets.reference.Manner;

/** Ignores the conditions on the source of a copy. */
@Defect(value = "Ignores the conditions on the source of a copy.", like = "chimera-nas/chimera#1206", caughtBy = "C01")
final class IgnoresCopyConditions extends Faithful {
    IgnoresCopyConditions() {
        super(Manner.AWS);
    }

    @Override
    protected Fields sourceFields(Call call) {
        return name -> null;
    }
}
