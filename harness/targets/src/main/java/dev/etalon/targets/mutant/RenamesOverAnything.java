package dev.etalon.targets.mutant;

import dev.etalon.targets.reference.Call;
import dev.etalon.targets.reference.Faithful;
import dev.etalon.targets.reference.Manner;

/** Ignores the conditions on the destination of a rename. */
@Defect(
        value = "Ignores the conditions on the destination of a rename.",
        like = "conditions it has never heard of; no public thread",
        caughtBy = "R01")
final class RenamesOverAnything extends Faithful {
    RenamesOverAnything() {
        super(Manner.AWS);
    }

    @Override
    protected Fields renameFields(Call call) {
        return name -> null;
    }
}
