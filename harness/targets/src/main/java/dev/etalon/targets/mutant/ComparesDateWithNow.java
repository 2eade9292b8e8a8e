package dev.etalon.targets.mutant;

import dev.etalon.targets.reference.Faithful;
import dev.etalon.targets.reference.Manner;
import dev.etalon.targets.reference.Stored;
import org.jspecify.annotations.Nullable;

/** Compares If-Unmodified-Since with the present time, not with the last change. */
@Defect(
        value = "Compares If-Unmodified-Since with the present time, not with the last change.",
        like = "apache/httpd mod_dav",
        caughtBy = {"US-12", "US-02", "US-08", "US-10", "US-11", "flapping"})
final class ComparesDateWithNow extends Faithful {
    ComparesDateWithNow() {
        super(Manner.RFC9110);
    }

    @Override
    protected boolean ifUnmodifiedSince(@Nullable String value, @Nullable Stored current) {
        boolean asked = value != null && current != null && current.modified().isBefore(now());
        return asked
                ? super.ifUnmodifiedSince(
                        value, new Stored(current.id(), current.body(), current.tag(), now(), current.marker()))
                : super.ifUnmodifiedSince(value, current);
    }
}
