package dev.etalon.targets.mutant;

import dev.etalon.targets.reference.Call;
import dev.etalon.targets.reference.Faithful;
import dev.etalon.targets.reference.Line;
import dev.etalon.targets.reference.Manner;
import dev.etalon.targets.reference.Reply;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;

/** Refuses one in a thousand conditional writes whose condition holds. */
@Defect(
        value = "Refuses one in a thousand conditional writes whose condition holds.",
        like = "frugalos/frugalos#288",
        caughtBy = {"A12", "A21"})
final class RefusesNowAndThen extends Faithful {
    private static final double SHARE = 0.001;

    RefusesNowAndThen() {
        super(Manner.RFC9110);
    }

    @Override
    protected @Nullable Reply refusal(Call call, Fields fields, Line line) {
        Reply refusal = super.refusal(call, fields, line);
        boolean conditional = fields.value("If-Match") != null;
        boolean now = conditional && ThreadLocalRandom.current().nextDouble() < SHARE;
        return refusal == null && now ? failed("If-Match", line.current()) : refusal;
    }
}
