package dev.etalon.targets.mutant;

import dev.etalon.targets.reference.Call;
import dev.etalon.targets.reference.Faithful;
import dev.etalon.targets.reference.Line;
import dev.etalon.targets.reference.Manner;
import dev.etalon.targets.reference.Reply;
import org.jspecify.annotations.Nullable;

/** Refuses everybody as soon as there are several: nobody gets through. */
@Defect(
        value = "Refuses everybody as soon as there are several: nobody gets through.",
        like = "elastic/elasticsearch#101182",
        caughtBy = {"A13", "A12"})
final class RefusesCrowds extends Faithful {
    private final Crowd crowd = new Crowd();

    RefusesCrowds() {
        super(Manner.RFC9110);
    }

    @Override
    protected Reply put(Call call, String key) {
        return crowd.among(key, () -> super.put(call, key));
    }

    @Override
    protected @Nullable Reply refusal(Call call, Fields fields, Line line) {
        boolean conditional = fields.value("If-Match") != null;
        return conditional && crowd.at(call.name())
                ? failed("If-Match", line.current())
                : super.refusal(call, fields, line);
    }
}
