package dev.etalon.targets.mutant;

import dev.etalon.targets.reference.Faithful;
import dev.etalon.targets.reference.Manner;
import dev.etalon.targets.reference.Reply;
import dev.etalon.targets.reference.Stored;
import org.jspecify.annotations.Nullable;

/** Answers a condition that is false with 409. */
@Defect(
        value = "Answers a condition that is false with 409.",
        like = "apache/couchdb; apache/gravitino#12349",
        caughtBy = "IM-02")
final class AnswersConflict extends Faithful {
    AnswersConflict() {
        super(Manner.RFC9110);
    }

    @Override
    protected Reply failed(String condition, @Nullable Stored current) {
        return super.failed(condition, current).as(409);
    }
}
