package dev.etalon.targets.mutant;

import dev.etalon.targets.reference.Conditions;
import dev.etalon.targets.reference.Faithful;
import dev.etalon.targets.reference.Manner;

/** Does not let a weak tag match in If-None-Match, which asks for the weak comparison. */
@Defect(
        value = "Does not let a weak tag match in If-None-Match, which asks for the weak comparison.",
        like = "hapijs/hapi#3956",
        caughtBy = "NM-04")
final class ComparesStronglyForIfNoneMatch extends Faithful {
    ComparesStronglyForIfNoneMatch() {
        super(Manner.RFC9110);
    }

    @Override
    protected boolean matchesWeakly(String sent, String current) {
        return Conditions.strong(sent, current);
    }
}
