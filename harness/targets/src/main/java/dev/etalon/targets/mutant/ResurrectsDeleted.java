package dev.etalon.targets.mutant;

import dev.etalon.targets.reference.Call;
import dev.etalon.targets.reference.Faithful;
import dev.etalon.targets.reference.Line;
import dev.etalon.targets.reference.Manner;
import java.util.concurrent.ThreadLocalRandom;

/** Brings back, after a moment, what was deleted: one of its disks had not heard of it. */
@Defect(
        value = "Brings back, after a moment, what was deleted: one of its disks had not heard of it.",
        like = "versity/versitygw#2200",
        caughtBy = "A14")
final class ResurrectsDeleted extends Faithful {
    private static final double SHARE = 0.2;
    private static final long AWAY_MS = 60;

    private final Former former = new Former(AWAY_MS);

    ResurrectsDeleted() {
        super(Manner.RFC9110);
    }

    @Override
    protected void commit(Call call, String key, Line line) {
        Line before = line(call, key);
        boolean deleted = line.current() == null && before.current() != null;
        if (deleted && ThreadLocalRandom.current().nextDouble() < SHARE) {
            former.keep(key, before);
        } else {
            former.forget(key);
        }
        super.commit(call, key, line);
    }

    @Override
    protected Line line(Call call, String key) {
        return former.of(key, super.line(call, key));
    }

    @Override
    protected Line shown(Call call, String key) {
        return former.of(key, super.shown(call, key));
    }
}
