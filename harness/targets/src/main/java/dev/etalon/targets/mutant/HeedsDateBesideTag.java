package dev.etalon.targets.mutant;

import dev.etalon.targets.reference.Faithful;
import dev.etalon.targets.reference.Manner;
import dev.etalon.targets.reference.Stored;
import org.jspecify.annotations.Nullable;

/** Evaluates If-Unmodified-Since even where If-Match was sent, which replaces it. */
@Defect(
        value = "Evaluates If-Unmodified-Since even where If-Match was sent, which replaces it.",
        like = "gaul/s3proxy 4.1.0",
        caughtBy = "US-06")
final class HeedsDateBesideTag extends Faithful {
    HeedsDateBesideTag() {
        super(Manner.RFC9110);
    }

    @Override
    protected Verdict evaluate(Fields fields, @Nullable Stored current, boolean read) {
        return ifUnmodifiedSince(fields.value("If-Unmodified-Since"), current)
                ? super.evaluate(fields, current, read)
                : new Verdict.Failed("If-Unmodified-Since");
    }
}
