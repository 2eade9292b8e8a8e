package dev.etalon.targets.mutant;

import dev.etalon.targets.reference.Call;
import dev.etalon.targets.reference.Faithful;
import dev.etalon.targets.reference.Manner;

/** Evaluates the conditions on the source of a copy against its destination, and the other way round. */
@Defect(
        value = "Evaluates the conditions on the source of a copy against its destination, and the other way round.",
        like = "storj/edge#564",
        caughtBy = "C01")
final class SwapsCopyConditions extends Faithful {
    SwapsCopyConditions() {
        super(Manner.AWS);
    }

    @Override
    protected Fields sourceFields(Call call) {
        return super.writeFields(call);
    }

    @Override
    protected Fields writeFields(Call call) {
        boolean copy = call.header("x-amz-copy-source") != null;
        return copy ? super.sourceFields(call) : super.writeFields(call);
    }
}
