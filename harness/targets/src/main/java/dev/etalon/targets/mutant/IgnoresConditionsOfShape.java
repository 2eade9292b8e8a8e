package dev.etalon.targets.mutant;

import dev.etalon.core.plan.RequestShape;
import dev.etalon.targets.reference.Call;
import dev.etalon.targets.reference.Faithful;
import dev.etalon.targets.reference.Manner;
import java.util.List;
import java.util.Locale;

/** Has a path of its own for uploads of one shape, and evaluates no condition there. */
@Defect(
        value = "Has a path of its own for uploads of one shape, and evaluates no condition there.",
        like = "fsouza/fake-gcs-server#2308, loonfs/loonfs#537, owncloud/core#9772, bji/libs3#57",
        caughtBy = {"A3", "A1", "A2"})
final class IgnoresConditionsOfShape extends Faithful {
    private static final int LARGE_BYTES_MIN = 1 << 20;

    private final RequestShape shape;

    /** Makes one that ignores them where a request has this shape. */
    IgnoresConditionsOfShape(RequestShape shape) {
        super(Manner.RFC9110);
        this.shape = shape;
    }

    @Override
    protected Fields writeFields(Call call) {
        return call.method().equals("PUT") && has(call) ? name -> null : super.writeFields(call);
    }

    private boolean has(Call call) {
        String type = call.header("Content-Type");
        return switch (shape) {
            case PLAIN -> false;
            case CHUNKED -> call.header("Transfer-Encoding") != null;
            case LOWER_CASE -> call.fieldNames().contains("host");
            case CONDITION_LAST -> conditionIsLast(call.fieldNames());
            case JSON -> "application/json".equals(type);
            case TEXT -> type != null && type.startsWith("text/");
            case UNTYPED -> type == null;
            case LARGE -> call.body().length >= LARGE_BYTES_MIN;
        };
    }

    private static boolean conditionIsLast(List<String> names) {
        return !names.isEmpty()
                && names.get(names.size() - 1).toLowerCase(Locale.ROOT).startsWith("if-");
    }
}
