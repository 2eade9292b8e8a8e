package dev.etalon.targets.mutant;

import dev.etalon.targets.reference.Conditions;
import dev.etalon.targets.reference.Faithful;
import dev.etalon.targets.reference.Manner;
import java.util.List;
import java.util.Optional;

/** Takes a list that holds * for the * alone, and no tag at all too. */
@Defect(
        value = "Takes a list that holds * for the * alone, and no tag at all too.",
        like = "a search for the star in the field value; no public thread",
        caughtBy = "IM-15")
final class TakesAnyStarForAll extends Faithful {
    TakesAnyStarForAll() {
        super(Manner.RFC9110);
    }

    @Override
    protected Optional<List<String>> tags(String name, String value) throws Conditions.MalformedException {
        return value.isBlank() || value.contains("*") ? Optional.empty() : super.tags(name, value);
    }
}
