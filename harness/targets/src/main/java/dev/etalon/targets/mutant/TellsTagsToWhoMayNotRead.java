package dev.etalon.targets.mutant;

import dev.etalon.targets.reference.Call;
import dev.etalon.targets.reference.Faithful;
import dev.etalon.targets.reference.Manner;
import java.util.stream.Stream;

/** Lets whoever may write ask for a tag, though he may not read. */
@Defect(
        value = "Lets whoever may write ask for a tag, though he may not read.",
        like = "a right it does not ask for; no public thread",
        caughtBy = "P19")
final class TellsTagsToWhoMayNotRead extends Faithful {
    TellsTagsToWhoMayNotRead() {
        super(Manner.AWS);
    }

    @Override
    protected Stream<String> actions(Call call) {
        boolean read = call.method().equals("GET") || call.method().equals("HEAD");
        return super.actions(call).filter(action -> read || !action.equals("s3:GetObject"));
    }
}
