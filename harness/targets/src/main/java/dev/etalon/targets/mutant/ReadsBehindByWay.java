package dev.etalon.targets.mutant;

import dev.etalon.core.model.Method;
import dev.etalon.targets.reference.Call;
import dev.etalon.targets.reference.Faithful;
import dev.etalon.targets.reference.Line;
import dev.etalon.targets.reference.Manner;

/** Answers one way of reading from a copy that is a few milliseconds behind, and others from where it was written. */
@Defect(
        value = "Answers one way of reading from a copy that is a few milliseconds behind, and others from where it was"
                + " written.",
        like = "Tigris, reads away from the leader",
        caughtBy = "A9")
final class ReadsBehindByWay extends Faithful {
    private final Replica replica = new Replica();
    private final Method way;

    ReadsBehindByWay(Method way) {
        super(Manner.RFC9110);
        this.way = way;
    }

    @Override
    protected void commit(Call call, String key, Line line) {
        replica.replaced(key, line(call, key));
        super.commit(call, key, line);
    }

    @Override
    protected Line shown(Call call, String key) {
        Line now = super.shown(call, key);
        boolean behind = way == Method.HEAD ? call.method().equals("HEAD") : call.header("Range") != null;
        Line old = behind ? replica.of(key, now) : now;
        return old.current() == null ? now : old;
    }
}
