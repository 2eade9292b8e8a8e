package dev.etalon.targets.mutant;

import dev.etalon.targets.reference.Call;
import dev.etalon.targets.reference.Faithful;
import dev.etalon.targets.reference.Line;
import dev.etalon.targets.reference.Manner;
import dev.etalon.targets.reference.Reply;
import dev.etalon.targets.reference.Stored;
import org.jspecify.annotations.Nullable;

/** Takes a delete marker for an object: a name that was deleted cannot be created again. */
@Defect(
        value = "Takes a delete marker for an object: a name that was deleted cannot be created again.",
        like = "rustfs/rustfs#1610",
        caughtBy = "P12")
final class TakesMarkerForObject extends Faithful {
    TakesMarkerForObject() {
        super(Manner.AWS);
    }

    @Override
    protected @Nullable Reply refusal(Call call, Fields fields, Line line) {
        Stored newest = line.newest();
        boolean create = "*".equals(fields.value("If-None-Match"));
        return create && newest != null ? failed("If-None-Match", newest) : super.refusal(call, fields, line);
    }
}
