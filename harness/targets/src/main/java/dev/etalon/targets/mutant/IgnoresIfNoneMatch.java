package dev.etalon.targets.mutant;

import dev.etalon.targets.reference.Faithful;
import dev.etalon.targets.reference.Manner;
import dev.etalon.targets.reference.Stored;
import org.jspecify.annotations.Nullable;

/** Does not know If-None-Match: whatever is there is overwritten. */
@Defect(
        value = "Does not know If-None-Match: whatever is there is overwritten.",
        like = "Robothy/local-s3#289",
        caughtBy = "A17")
final class IgnoresIfNoneMatch extends Faithful {
    IgnoresIfNoneMatch() {
        super(Manner.RFC9110);
    }

    @Override
    protected boolean ifNoneMatch(String value, @Nullable Stored current) {
        return true;
    }
}
