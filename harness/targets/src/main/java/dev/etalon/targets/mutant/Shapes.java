package dev.etalon.targets.mutant;

import dev.etalon.core.plan.RequestShape;
import dev.etalon.targets.reference.Call;
import java.util.List;
import java.util.Locale;

/** What a server sees of the shape of a request. Stateless. */
final class Shapes {
    private Shapes() {}

    /** Whether a request has a shape; waits for the body where the shape is one of its size. */
    static boolean has(RequestShape shape, Call call) {
        String type = call.header("Content-Type");
        return switch (shape) {
            case PLAIN -> false;
            case CHUNKED -> call.header("Transfer-Encoding") != null;
            case LOWER_CASE -> call.fieldNames().contains("host");
            case CONDITION_LAST -> conditionIsLast(call.fieldNames());
            case JSON -> "application/json".equals(type);
            case TEXT -> type != null && type.startsWith("text/");
            case UNTYPED -> type == null;
            case AWS_CHUNKED -> "aws-chunked".equals(call.header("Content-Encoding"));
            case EMPTY -> call.body().length == 0;
            case LARGE, HUGE -> call.body().length >= shape.bodyBytes(0);
        };
    }

    private static boolean conditionIsLast(List<String> names) {
        return !names.isEmpty()
                && names.get(names.size() - 1).toLowerCase(Locale.ROOT).startsWith("if-");
    }
}
