package dev.etalon.targets.mutant;

import dev.etalon.targets.reference.Call;
import dev.etalon.targets.reference.Faithful;
import dev.etalon.targets.reference.Line;
import dev.etalon.targets.reference.Manner;

/** Answers reads on its second node from a copy that is a few milliseconds behind. */
@Defect(
        value = "Answers reads on its second node from a copy that is a few milliseconds behind.",
        like = "Tigris, reads away from the leader",
        caughtBy = "A7")
final class ReadsBehindOnOneNode extends Faithful {
    private final Replica replica = new Replica();

    ReadsBehindOnOneNode() {
        super(Manner.RFC9110);
    }

    @Override
    protected void commit(Call call, String key, Line line) {
        replica.replaced(key, line(call, key));
        super.commit(call, key, line);
    }

    @Override
    protected Line shown(Call call, String key) {
        Line now = super.shown(call, key);
        return call.node() > 0 ? replica.of(key, now) : now;
    }
}
