package dev.etalon.targets.mutant;

import dev.etalon.targets.reference.Call;
import dev.etalon.targets.reference.Faithful;
import dev.etalon.targets.reference.Manner;
import dev.etalon.targets.reference.Reply;
import java.util.concurrent.ThreadLocalRandom;

/** Refuses a stale tag with 412 99 times of 100, and with 500 once. */
@Defect(
        value = "Refuses a stale tag with 412 99 times of 100, and with 500 once.",
        like = "adobe/S3Mock 5.2.0",
        caughtBy = "flapping")
final class FailsNowAndThen extends Faithful {
    private static final double SHARE = 0.01;

    FailsNowAndThen() {
        super(Manner.RFC9110);
    }

    @Override
    protected Reply refused(Call call, String key, Reply refusal) {
        return ThreadLocalRandom.current().nextDouble() < SHARE ? refusal.as(500) : refusal;
    }
}
