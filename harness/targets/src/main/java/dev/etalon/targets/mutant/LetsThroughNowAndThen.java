package dev.etalon.targets.mutant;

import dev.etalon.targets.reference.Call;
import dev.etalon.targets.reference.Faithful;
import dev.etalon.targets.reference.Line;
import dev.etalon.targets.reference.Manner;
import dev.etalon.targets.reference.Reply;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;

/** Refuses a stale tag 99 times of 100, and lets it through once. */
@Defect(
        value = "Refuses a stale tag 99 times of 100, and lets it through once.",
        like = "floci-io/floci#1328",
        caughtBy = "flapping")
final class LetsThroughNowAndThen extends Faithful {
    private static final double SHARE = 0.01;

    LetsThroughNowAndThen() {
        super(Manner.RFC9110);
    }

    @Override
    protected @Nullable Reply refusal(Call call, Fields fields, Line line) {
        return ThreadLocalRandom.current().nextDouble() < SHARE ? null : super.refusal(call, fields, line);
    }
}
