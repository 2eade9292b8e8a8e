package dev.etalon.targets.mutant;

import dev.etalon.targets.reference.Call;
import dev.etalon.targets.reference.Faithful;
import dev.etalon.targets.reference.Manner;

/** Does not know the keys by which a policy demands a condition. */
@Defect(
        value = "Does not know the keys by which a policy demands a condition.",
        like = "a policy taken and not understood; no public thread",
        caughtBy = "P20")
final class IgnoresConditionKeys extends Faithful {
    IgnoresConditionKeys() {
        super(Manner.AWS);
    }

    @Override
    protected boolean has(Call call, String conditionKey) {
        return true;
    }
}
