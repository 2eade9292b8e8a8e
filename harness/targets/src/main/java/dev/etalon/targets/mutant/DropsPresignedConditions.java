package dev.etalon.targets.mutant;

import dev.etalon.targets.reference.Call;
import dev.etalon.targets.reference.Faithful;
import dev.etalon.targets.reference.Manner;

/** Ignores conditions that are signed into a URL. */
@Defect(
        value = "Ignores conditions that are signed into a URL.",
        like = "localstack/localstack#12624, boto/boto3#4367",
        caughtBy = "P21")
final class DropsPresignedConditions extends Faithful {
    DropsPresignedConditions() {
        super(Manner.AWS);
    }

    @Override
    protected Fields writeFields(Call call) {
        return name ->
                call.header(name) == null ? null : super.writeFields(call).value(name);
    }
}
