package dev.etalon.targets.mutant;

import dev.etalon.core.model.Method;
import dev.etalon.targets.reference.Call;

/** Answers one way of reading from a copy that is a few milliseconds behind, and others from where it was written. */
@Defect(
        value = "Answers one way of reading from a copy that is a few milliseconds behind, and others from where it was"
                + " written.",
        like = "Tigris, reads away from the leader",
        caughtBy = "A9")
final class ReadsBehindByWay extends ReadsBehind {
    private final Method way;

    ReadsBehindByWay(Method way) {
        this.way = way;
    }

    @Override
    boolean behind(Call call) {
        return way == Method.HEAD ? call.method().equals("HEAD") : call.header("Range") != null;
    }
}
