package dev.etalon.targets.mutant;

import dev.etalon.targets.reference.Call;
import dev.etalon.targets.reference.Faithful;
import dev.etalon.targets.reference.Manner;
import dev.etalon.targets.reference.Reply;
import java.util.concurrent.TimeUnit;

/** Overwrites objects in place: a reader gets the beginning of one body and the end of another. */
@Defect(
        value = "Overwrites objects in place: a reader gets the beginning of one body and the end of another.",
        like = "localstack/localstack#10387",
        caughtBy = "A10")
final class TearsBodies extends Faithful {
    private static final long WRITING_NS = TimeUnit.MICROSECONDS.toNanos(100);

    TearsBodies() {
        super(Manner.RFC9110);
    }

    @Override
    protected Reply read(Call call, String key) {
        Reply first = super.read(call, key);
        Pauses.of(WRITING_NS);
        Reply second = super.read(call, key);
        if (first.status() != 200 || second.status() != 200) {
            return second;
        }
        byte[] mixed = first.body().clone();
        int half = Math.min(mixed.length, second.body().length) / 2;
        System.arraycopy(second.body(), half, mixed, half, Math.min(mixed.length, second.body().length) - half);
        return first.with(mixed);
    }
}
