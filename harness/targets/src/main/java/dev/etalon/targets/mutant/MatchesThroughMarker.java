package dev.etalon.targets.mutant;

import dev.etalon.targets.reference.Call;
import dev.etalon.targets.reference.Faithful;
import dev.etalon.targets.reference.Line;
import dev.etalon.targets.reference.Manner;
import dev.etalon.targets.reference.Reply;
import dev.etalon.targets.reference.Stored;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Looks past a delete marker: the tag of what was deleted still matches. */
@Defect(
        value = "Looks past a delete marker: the tag of what was deleted still matches.",
        like = "rustfs/rustfs#1686",
        caughtBy = "P13")
final class MatchesThroughMarker extends Faithful {
    MatchesThroughMarker() {
        super(Manner.AWS);
    }

    @Override
    protected @Nullable Reply refusal(Call call, Fields fields, Line line) {
        List<Stored> objects =
                line.versions().stream().filter(stored -> !stored.marker()).toList();
        boolean asked = fields.value("If-Match") != null;
        return super.refusal(call, fields, asked ? new Line(objects, line.changes()) : line);
    }
}
