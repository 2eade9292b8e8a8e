package dev.etalon.targets.mutant;

import dev.etalon.targets.reference.Call;
import dev.etalon.targets.reference.Faithful;
import dev.etalon.targets.reference.Manner;
import java.util.Locale;

/** Ignores a condition that is sent beside a presigned URL and not signed. */
@Defect(
        value = "Ignores a condition that is sent beside a presigned URL and not signed.",
        like = "kuestcom/prediction-market#1492",
        caughtBy = "P23")
final class HeedsOnlySignedConditions extends Faithful {
    HeedsOnlySignedConditions() {
        super(Manner.AWS);
    }

    @Override
    protected Fields writeFields(Call call) {
        String signed = call.parameters().get("X-Amz-SignedHeaders");
        Fields all = super.writeFields(call);
        return name -> signed == null || call.header(name) == null || signed.contains(name.toLowerCase(Locale.ROOT))
                ? all.value(name)
                : null;
    }
}
