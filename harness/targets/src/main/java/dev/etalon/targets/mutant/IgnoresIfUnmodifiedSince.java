package dev.etalon.targets.mutant;

import dev.etalon.targets.reference.Faithful;
import dev.etalon.targets.reference.Manner;
import dev.etalon.targets.reference.Stored;
import org.jspecify.annotations.Nullable;

/** Does not know If-Unmodified-Since. */
@Defect(value = "Does not know If-Unmodified-Since.", like = "nginx/nginx#561", caughtBy = "US-01")
final class IgnoresIfUnmodifiedSince extends Faithful {
    IgnoresIfUnmodifiedSince() {
        super(Manner.RFC9110);
    }

    @Override
    protected boolean ifUnmodifiedSince(@Nullable String value, @Nullable Stored current) {
        return true;
    }
}
