package dev.etalon.targets.mutant;

import dev.etalon.targets.reference.Conditions;
import dev.etalon.targets.reference.Faithful;
import dev.etalon.targets.reference.Manner;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** Takes a list with an empty element for no list at all. */
@Defect(
        value = "Takes a list with an empty element for no list at all.",
        like = "a list split at its commas; no public thread",
        caughtBy = "IM-07")
final class StumblesOnEmptyElements extends Faithful {
    StumblesOnEmptyElements() {
        super(Manner.RFC9110);
    }

    @Override
    protected Optional<List<String>> tags(String name, String value) throws Conditions.MalformedException {
        boolean gap = Arrays.stream(value.split(",", -1)).anyMatch(String::isBlank);
        return gap ? Optional.of(List.of()) : super.tags(name, value);
    }
}
