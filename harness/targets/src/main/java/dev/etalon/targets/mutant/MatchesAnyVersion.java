package dev.etalon.targets.mutant;

import dev.etalon.targets.reference.Call;
import dev.etalon.targets.reference.Faithful;
import dev.etalon.targets.reference.Line;
import dev.etalon.targets.reference.Manner;
import dev.etalon.targets.reference.Reply;
import org.jspecify.annotations.Nullable;

/** Lets If-Match match the tag of any version, not only of the current one. */
@Defect(
        value = "Lets If-Match match the tag of any version, not only of the current one.",
        like = "seaweedfs/seaweedfs#8073",
        caughtBy = "P14")
final class MatchesAnyVersion extends Faithful {
    MatchesAnyVersion() {
        super(Manner.AWS);
    }

    @Override
    protected @Nullable Reply refusal(Call call, Fields fields, Line line) {
        String tag = fields.value("If-Match");
        boolean any = line.versions().stream().anyMatch(stored -> stored.tag().equals(tag));
        return any && line.current() != null ? null : super.refusal(call, fields, line);
    }
}
