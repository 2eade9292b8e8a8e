package dev.etalon.targets.mutant;

import dev.etalon.targets.reference.Call;
import dev.etalon.targets.reference.Faithful;
import dev.etalon.targets.reference.Manner;

/** Ignores conditions where one part of an object is read. */
@Defect(
        value = "Ignores conditions where one part of an object is read.",
        like = "an answer from the store of parts; no public thread",
        caughtBy = "G18")
final class IgnoresConditionsOfPartReads extends Faithful {
    IgnoresConditionsOfPartReads() {
        super(Manner.AWS);
    }

    @Override
    protected Fields readFields(Call call) {
        boolean part = call.parameters().containsKey("partNumber");
        return part ? name -> null : super.readFields(call);
    }
}
