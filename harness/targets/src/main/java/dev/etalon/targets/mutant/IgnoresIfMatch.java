package dev.etalon.targets.mutant;

import dev.etalon.targets.reference.Faithful;
import dev.etalon.targets.reference.Manner;
import dev.etalon.targets.reference.Stored;
import org.jspecify.annotations.Nullable;

/** Does not know If-Match: every condition is met. */
@Defect(value = "Does not know If-Match: every condition is met.", like = "stackshy/cloudemu#657", caughtBy = "A17")
final class IgnoresIfMatch extends Faithful {
    IgnoresIfMatch() {
        super(Manner.RFC9110);
    }

    @Override
    protected boolean ifMatch(String value, @Nullable Stored current) {
        return true;
    }
}
