package dev.etalon.targets.mutant;

import dev.etalon.targets.reference.Call;
import dev.etalon.targets.reference.Faithful;
import dev.etalon.targets.reference.Manner;
import dev.etalon.targets.reference.Reply;

/** Answers whoever loses a race with 500, so that he knows nothing. */
@Defect(
        value = "Answers whoever loses a race with 500, so that he knows nothing.",
        like = "rustfs/rustfs, namespace_lock_quorum_test",
        caughtBy = "A16")
final class AnswersLosersWith500 extends Faithful {
    private final Crowd crowd = new Crowd();

    AnswersLosersWith500() {
        super(Manner.RFC9110);
    }

    @Override
    protected Reply put(Call call, String key) {
        return crowd.among(key, () -> super.put(call, key));
    }

    @Override
    protected Reply refused(Call call, String key, Reply refusal) {
        return crowd.at(key) ? refusal.as(500) : refusal;
    }
}
