package dev.etalon.targets.mutant;

import dev.etalon.targets.reference.Call;
import dev.etalon.targets.reference.Faithful;
import dev.etalon.targets.reference.Manner;
import org.jspecify.annotations.Nullable;

/** Aborts an upload whenever it may have been begun. */
@Defect(
        value = "Aborts an upload whenever it may have been begun.",
        like = "a header it does not know; no public thread",
        caughtBy = "D16")
final class AbortsUploadsOfAnyAge extends Faithful {
    AbortsUploadsOfAnyAge() {
        super(Manner.AWS);
    }

    @Override
    protected @Nullable String initiated(Call call, String key) {
        return null;
    }
}
