package dev.etalon.targets.mutant;

import dev.etalon.targets.reference.Call;
import dev.etalon.targets.reference.Faithful;
import dev.etalon.targets.reference.Line;
import dev.etalon.targets.reference.Manner;
import dev.etalon.targets.reference.Reply;
import org.jspecify.annotations.Nullable;

/** Demands a condition of whoever changes what is there, and says so with 412 instead of 428 (RFC 6585 §3). */
@Defect(
        value = "Answers a write without a condition with 412 where something is there.",
        like = "428 of RFC 6585 said with the older status; no public thread",
        caughtBy = "A12")
final class DemandsConditionWith412 extends Faithful {
    DemandsConditionWith412() {
        super(Manner.RFC9110);
    }

    @Override
    protected @Nullable Reply refusal(Call call, Fields fields, Line line) {
        boolean plain = fields.value("If-Match") == null
                && fields.value("If-None-Match") == null
                && fields.value("If-Unmodified-Since") == null;
        return plain && line.current() != null && !call.method().equals("DELETE")
                ? failed("If-Match", line.current())
                : super.refusal(call, fields, line);
    }
}
