package dev.etalon.targets.mutant;

import dev.etalon.targets.reference.Faithful;
import dev.etalon.targets.reference.Manner;
import dev.etalon.targets.reference.Reply;
import dev.etalon.targets.reference.Stored;
import org.jspecify.annotations.Nullable;

/** Answers a write whose If-None-Match is false with 304, which is for reads. */
@Defect(
        value = "Answers a write whose If-None-Match is false with 304, which is for reads.",
        like = "minio/minio#19442",
        caughtBy = "NM-02")
final class AnswersPutWith304 extends Faithful {
    AnswersPutWith304() {
        super(Manner.RFC9110);
    }

    @Override
    protected Reply failed(String condition, @Nullable Stored current) {
        Reply reply = super.failed(condition, current);
        return condition.equals("If-None-Match") ? reply.as(304) : reply;
    }
}
