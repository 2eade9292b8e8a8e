package dev.etalon.targets.mutant;

import dev.etalon.targets.reference.Call;
import dev.etalon.targets.reference.Faithful;
import dev.etalon.targets.reference.Line;
import dev.etalon.targets.reference.Manner;
import java.util.Map;
import java.util.concurrent.ThreadLocalRandom;

/** Answers a read, now and then, with the object of another name: its cache mixes them up. */
@Defect(
        value = "Answers a read, now and then, with the object of another name: its cache mixes them up.",
        like = "a cache keyed by a part of the URL; no public thread",
        caughtBy = "A11")
final class ServesOtherKeys extends Faithful {
    private static final double SHARE = 0.02;

    ServesOtherKeys() {
        super(Manner.RFC9110);
    }

    @Override
    protected Line shown(Call call, String key) {
        Line own = super.shown(call, key);
        if (own.current() == null || ThreadLocalRandom.current().nextDouble() >= SHARE) {
            return own;
        }
        String family = key.substring(0, key.lastIndexOf('-') + 1);
        return lines().entrySet().stream()
                .filter(entry ->
                        entry.getKey().startsWith(family) && !entry.getKey().equals(key))
                .map(Map.Entry::getValue)
                .filter(line -> line.current() != null)
                .findFirst()
                .orElse(own);
    }
}
