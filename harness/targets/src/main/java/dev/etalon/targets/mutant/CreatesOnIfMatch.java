package dev.etalon.targets.mutant;

import dev.etalon.targets.reference.Call;
import dev.etalon.targets.reference.Faithful;
import dev.etalon.targets.reference.Line;
import dev.etalon.targets.reference.Manner;
import dev.etalon.targets.reference.Reply;
import org.jspecify.annotations.Nullable;

/** Takes If-Match on a name that does not exist for met, and creates it. */
@Defect(
        value = "Takes If-Match on a name that does not exist for met, and creates it.",
        like = "minio/minio#21526",
        caughtBy = "P09")
final class CreatesOnIfMatch extends Faithful {
    CreatesOnIfMatch() {
        super(Manner.AWS);
    }

    @Override
    protected @Nullable Reply refusal(Call call, Fields fields, Line line) {
        return line.current() == null && fields.value("If-Match") != null ? null : super.refusal(call, fields, line);
    }
}
