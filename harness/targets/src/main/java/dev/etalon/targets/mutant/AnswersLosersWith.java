package dev.etalon.targets.mutant;

import dev.etalon.targets.reference.Call;
import dev.etalon.targets.reference.Faithful;
import dev.etalon.targets.reference.Manner;
import dev.etalon.targets.reference.Reply;

/** Answers whoever loses a race with 409 or 500 instead of 412. */
@Defect(
        value = "Answers whoever loses a race with 409 or 500 instead of 412.",
        like = "apache/arrow-rs-object-store#852; rustfs/rustfs, namespace_lock_quorum_test",
        caughtBy = "A16")
final class AnswersLosersWith extends Faithful {
    private final Crowd crowd = new Crowd();

    private final int status;

    /**
     * Makes one.
     *
     * @param status what losers are answered with
     */
    AnswersLosersWith(int status) {
        super(Manner.RFC9110);
        this.status = status;
    }

    @Override
    protected Reply put(Call call, String key) {
        return crowd.among(key, () -> super.put(call, key));
    }

    @Override
    protected Reply refused(Call call, String key, Reply refusal) {
        return crowd.at(key) ? refusal.as(status) : refusal;
    }
}
