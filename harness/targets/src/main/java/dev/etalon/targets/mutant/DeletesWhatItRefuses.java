package dev.etalon.targets.mutant;

import dev.etalon.targets.reference.Call;
import dev.etalon.targets.reference.Faithful;
import dev.etalon.targets.reference.Line;
import dev.etalon.targets.reference.Manner;
import dev.etalon.targets.reference.Reply;

/** Says 412, and deletes the object whose tag did not match. */
@Defect(value = "Says 412, and deletes the object whose tag did not match.", like = "ceph/ceph#10311", caughtBy = "A19")
final class DeletesWhatItRefuses extends Faithful {
    DeletesWhatItRefuses() {
        super(Manner.RFC9110);
    }

    @Override
    protected Reply refused(Call call, String key, Reply refusal) {
        commit(call, key, Line.EMPTY);
        return refusal;
    }
}
