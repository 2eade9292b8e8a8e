package dev.etalon.targets.mutant;

import dev.etalon.targets.reference.Call;
import dev.etalon.targets.reference.Faithful;
import dev.etalon.targets.reference.Manner;

/** Honours If-Match on PUT and ignores it on GET and HEAD. */
@Defect(
        value = "Honours If-Match on PUT and ignores it on GET and HEAD.",
        like = "gaul/s3proxy#849",
        caughtBy = "IM-21")
final class IgnoresIfMatchOnRead extends Faithful {
    IgnoresIfMatchOnRead() {
        super(Manner.RFC9110);
    }

    @Override
    protected Fields readFields(Call call) {
        return name -> name.equals("If-Match") ? null : call.condition(name);
    }
}
