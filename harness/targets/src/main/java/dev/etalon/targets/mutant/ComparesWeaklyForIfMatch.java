package dev.etalon.targets.mutant;

import dev.etalon.targets.reference.Conditions;
import dev.etalon.targets.reference.Faithful;
import dev.etalon.targets.reference.Manner;

/** Lets a weak tag satisfy If-Match, which asks for the strong comparison. */
@Defect(
        value = "Lets a weak tag satisfy If-Match, which asks for the strong comparison.",
        like = "krelltunez/lastGLANCE#82",
        caughtBy = "IM-08")
final class ComparesWeaklyForIfMatch extends Faithful {
    ComparesWeaklyForIfMatch() {
        super(Manner.RFC9110);
    }

    @Override
    protected boolean matchesStrongly(String sent, String current) {
        return Conditions.weakly(sent, current);
    }
}
