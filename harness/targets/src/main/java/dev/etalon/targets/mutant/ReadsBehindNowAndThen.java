package dev.etalon.targets.mutant;

import dev.etalon.targets.reference.Call;
import dev.etalon.targets.reference.Faithful;
import dev.etalon.targets.reference.Line;
import dev.etalon.targets.reference.Manner;
import java.util.concurrent.ThreadLocalRandom;

/** Answers every other read from a copy that is a few milliseconds behind, whoever asks. */
@Defect(
        value = "Answers every other read from a copy that is a few milliseconds behind, whoever asks.",
        like = "minio/minio#20200",
        caughtBy = "A9")
final class ReadsBehindNowAndThen extends Faithful {
    private final Replica replica = new Replica();

    ReadsBehindNowAndThen() {
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
        return ThreadLocalRandom.current().nextBoolean() ? replica.of(key, now) : now;
    }
}
