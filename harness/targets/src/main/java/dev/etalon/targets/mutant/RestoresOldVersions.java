package dev.etalon.targets.mutant;

import dev.etalon.targets.reference.Call;
import dev.etalon.targets.reference.Faithful;
import dev.etalon.targets.reference.Line;
import dev.etalon.targets.reference.Manner;
import java.util.concurrent.ThreadLocalRandom;

/** Puts an old version back in place, after a moment in which the new one was there for everybody. */
@Defect(
        value = "Puts an old version back in place, after a moment in which the new one was there for everybody.",
        like = "versity/versitygw#2200",
        caughtBy = {"A6", "A5"})
final class RestoresOldVersions extends Faithful {
    private static final double SHARE = 0.1;
    private static final long AWAY_MS = 50;

    private final Former former = new Former(AWAY_MS);

    RestoresOldVersions() {
        super(Manner.RFC9110);
    }

    @Override
    protected void commit(Call call, String key, Line line) {
        Line before = line(call, key);
        if (before.current() != null && ThreadLocalRandom.current().nextDouble() < SHARE) {
            former.keep(key, before);
        }
        super.commit(call, key, line);
    }

    @Override
    protected Line shown(Call call, String key) {
        return former.of(key, super.shown(call, key));
    }
}
