package dev.etalon.targets.mutant;

import dev.etalon.targets.reference.Faithful;
import dev.etalon.targets.reference.Manner;
import dev.etalon.targets.reference.Reply;
import dev.etalon.targets.reference.Stored;
import org.jspecify.annotations.Nullable;

/** Answers a stale tag as if nothing were there. */
@Defect(
        value = "Answers a stale tag with 404, as if nothing were there.",
        like = "seaweedfs/seaweedfs#10984",
        caughtBy = "A25")
final class AnswersStaleWith404 extends Faithful {
    AnswersStaleWith404() {
        super(Manner.AWS);
    }

    @Override
    protected Reply failed(String condition, @Nullable Stored current) {
        return super.failed(condition, current).as(condition.equals("If-Match") ? 404 : 412);
    }
}
