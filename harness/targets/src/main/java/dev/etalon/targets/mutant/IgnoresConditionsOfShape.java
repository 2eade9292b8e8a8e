package dev.etalon.targets.mutant;

import dev.etalon.core.plan.RequestShape;
import dev.etalon.targets.reference.Call;
import dev.etalon.targets.reference.Faithful;
import dev.etalon.targets.reference.Manner;

/** Has a path of its own for uploads of one shape, and evaluates no condition there. */
@Defect(
        value = "Has a path of its own for uploads of one shape, and evaluates no condition there.",
        like = "fsouza/fake-gcs-server#2308, loonfs/loonfs#537, owncloud/core#9772, bji/libs3#57",
        caughtBy = "A17")
final class IgnoresConditionsOfShape extends Faithful {
    private final RequestShape shape;

    /** Makes one that ignores them where a request has this shape. */
    IgnoresConditionsOfShape(RequestShape shape) {
        super(shape == RequestShape.AWS_CHUNKED ? Manner.AWS : Manner.RFC9110);
        this.shape = shape;
    }

    @Override
    protected Fields writeFields(Call call) {
        return call.method().equals("PUT") && Shapes.has(shape, call) ? name -> null : super.writeFields(call);
    }
}
