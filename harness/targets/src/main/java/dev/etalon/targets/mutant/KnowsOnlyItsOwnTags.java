package dev.etalon.targets.mutant;

import dev.etalon.targets.reference.Conditions;
import dev.etalon.targets.reference.Faithful;
import dev.etalon.targets.reference.Manner;
import java.util.List;
import java.util.Optional;

/** Refuses a list with a tag that could not be one of its own. */
@Defect(
        value = "Refuses a list with a tag that could not be one of its own.",
        like = "a parser with the pattern of its own tags; no public thread",
        caughtBy = "IM-05")
final class KnowsOnlyItsOwnTags extends Faithful {
    KnowsOnlyItsOwnTags() {
        super(Manner.RFC9110);
    }

    @Override
    protected Optional<List<String>> tags(String name, String value) throws Conditions.MalformedException {
        Optional<List<String>> tags = super.tags(name, value);
        boolean own = tags.isEmpty() || tags.get().stream().allMatch(tag -> tag.matches("(W/)?\"[0-9a-f-]+\""));
        return own ? tags : Optional.of(List.of());
    }
}
