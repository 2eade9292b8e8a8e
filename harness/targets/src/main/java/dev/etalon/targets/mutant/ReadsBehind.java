package dev.etalon.targets.mutant;

import dev.etalon.targets.reference.Call;
import dev.etalon.targets.reference.Faithful;
import dev.etalon.targets.reference.Line;
import dev.etalon.targets.reference.Manner;

/** Answers reads from a copy that is a few milliseconds behind. */
@Defect(
        value = "Answers reads from a copy that is a few milliseconds behind.",
        like = "Tigris, reads away from the leader",
        caughtBy = "A7")
class ReadsBehind extends Faithful {
    private final Replica replica = new Replica();

    ReadsBehind() {
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
        Line old = behind(call) ? replica.of(key, now) : now;
        // What was never there is looked for where it was written.
        return old.current() == null ? now : old;
    }

    /** Whether it is answered from the copy. */
    boolean behind(Call call) {
        return true;
    }
}
