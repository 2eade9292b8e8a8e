package dev.etalon.targets.mutant;

import dev.etalon.targets.reference.Conditions;
import dev.etalon.targets.reference.Faithful;
import dev.etalon.targets.reference.Manner;
import dev.etalon.targets.reference.Stored;
import org.jspecify.annotations.Nullable;

/** Compares the tag with its quotes to one without them, so that the current one never matches. */
@Defect(
        value = "Compares the tag with its quotes to one without them, so that the current one never matches.",
        like = "rustfs/rustfs#791",
        caughtBy = "A12")
final class NeverMatchesQuotedTags extends Faithful {
    NeverMatchesQuotedTags() {
        super(Manner.RFC9110);
    }

    @Override
    protected boolean ifMatch(String value, @Nullable Stored current) throws Conditions.MalformedException {
        return !value.startsWith("\"") && super.ifMatch(value, current);
    }
}
