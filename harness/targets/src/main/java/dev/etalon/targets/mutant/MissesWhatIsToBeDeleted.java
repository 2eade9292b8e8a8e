package dev.etalon.targets.mutant;

import dev.etalon.targets.reference.Call;
import dev.etalon.targets.reference.Faithful;
import dev.etalon.targets.reference.Line;
import dev.etalon.targets.reference.Manner;
import dev.etalon.targets.reference.Reply;
import org.jspecify.annotations.Nullable;

/** Complains, in a directory bucket too, that nothing is there to be deleted under a condition. */
@Defect(
        value = "Complains, in a directory bucket too, that nothing is there to be deleted under a condition.",
        like = "ministackorg/ministack#1475",
        caughtBy = "D12")
final class MissesWhatIsToBeDeleted extends Faithful {
    MissesWhatIsToBeDeleted() {
        super(Manner.AWS);
    }

    @Override
    protected @Nullable Reply removal(Call call, Fields fields, Line line) {
        return line.current() == null ? notFound(call, line) : super.removal(call, fields, line);
    }
}
