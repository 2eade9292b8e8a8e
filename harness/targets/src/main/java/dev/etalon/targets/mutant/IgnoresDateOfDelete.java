package dev.etalon.targets.mutant;

import dev.etalon.targets.reference.Call;
import dev.etalon.targets.reference.Faithful;
import dev.etalon.targets.reference.Manner;

/** Honours tag and size as conditions on DeleteObject, and ignores the date. */
@Defect(
        value = "Honours tag and size as conditions on DeleteObject, and ignores the date.",
        like = "ministackorg/ministack#1501",
        caughtBy = "D11")
final class IgnoresDateOfDelete extends Faithful {
    IgnoresDateOfDelete() {
        super(Manner.AWS);
    }

    @Override
    protected Fields writeFields(Call call) {
        Fields all = super.writeFields(call);
        return name -> name.equals("x-amz-if-match-last-modified-time") ? null : all.value(name);
    }
}
