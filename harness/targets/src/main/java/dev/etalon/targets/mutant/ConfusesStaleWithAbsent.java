package dev.etalon.targets.mutant;

import dev.etalon.targets.reference.Call;
import dev.etalon.targets.reference.Faithful;
import dev.etalon.targets.reference.Line;
import dev.etalon.targets.reference.Manner;
import dev.etalon.targets.reference.Reply;
import dev.etalon.targets.reference.Stored;
import org.jspecify.annotations.Nullable;

/** Answers a stale tag with 404, and a name that does not exist with 412. */
@Defect(
        value = "Answers a stale tag with 404, and a name that does not exist with 412.",
        like = "seaweedfs/seaweedfs#10984",
        caughtBy = "P08")
final class ConfusesStaleWithAbsent extends Faithful {
    ConfusesStaleWithAbsent() {
        super(Manner.AWS);
    }

    @Override
    protected Reply failed(String condition, @Nullable Stored current) {
        return super.failed(condition, current).as(condition.equals("If-Match") ? 404 : 412);
    }

    @Override
    protected Reply notFound(Call call, Line line) {
        return super.notFound(call, line).as(call.method().equals("PUT") ? 412 : 404);
    }
}
