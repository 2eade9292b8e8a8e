package dev.etalon.targets.mutant;

import dev.etalon.targets.reference.Call;
import dev.etalon.targets.reference.Faithful;
import dev.etalon.targets.reference.Line;
import dev.etalon.targets.reference.Manner;
import dev.etalon.targets.reference.Reply;
import org.jspecify.annotations.Nullable;

/** Looks at conditions where versioning is enabled or was never, and not where it is suspended. */
@Defect(
        value = "Looks at conditions where versioning is enabled or was never, and not where it is suspended.",
        like = "a case left out of three; no public thread",
        caughtBy = "SU02")
final class IgnoresConditionsWhileSuspended extends Faithful {
    IgnoresConditionsWhileSuspended() {
        super(Manner.AWS);
    }

    @Override
    protected @Nullable Reply refusal(Call call, Fields fields, Line line) {
        return versioningOf(call.name()) == Versioning.SUSPENDED ? null : super.refusal(call, fields, line);
    }
}
