package dev.etalon.targets.mutant;

import dev.etalon.targets.reference.Faithful;
import dev.etalon.targets.reference.Manner;
import dev.etalon.targets.reference.Stored;
import org.jspecify.annotations.Nullable;

/** Looks at If-None-Match before If-Match: a read whose condition is false is told 304. */
@Defect(
        value = "Looks at If-None-Match before If-Match: a read whose condition is false is told 304.",
        like = "minio/minio, cmd/object-handlers-common.go",
        caughtBy = "PR-01")
final class EvaluatesIfNoneMatchFirst extends Faithful {
    EvaluatesIfNoneMatchFirst() {
        super(Manner.RFC9110);
    }

    @Override
    protected Verdict evaluate(Fields fields, @Nullable Stored current, boolean read) {
        Verdict tag = super.evaluate(name -> name.equals("If-None-Match") ? fields.value(name) : null, current, read);
        return tag instanceof Verdict.Proceed ? super.evaluate(fields, current, read) : tag;
    }
}
