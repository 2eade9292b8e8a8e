package dev.etalon.targets.mutant;

import dev.etalon.targets.reference.Call;
import dev.etalon.targets.reference.Faithful;
import dev.etalon.targets.reference.Manner;
import dev.etalon.targets.reference.Reply;

/** Answers whoever loses a race with 409 instead of 412. */
@Defect(
        value = "Answers whoever loses a race with 409 instead of 412.",
        like = "apache/arrow-rs-object-store#852",
        caughtBy = "A16")
final class AnswersLosersWith409 extends Faithful {
    private final Crowd crowd = new Crowd();

    AnswersLosersWith409() {
        super(Manner.RFC9110);
    }

    @Override
    protected Reply put(Call call, String key) {
        return crowd.among(key, () -> super.put(call, key));
    }

    @Override
    protected Reply refused(Call call, String key, Reply refusal) {
        return crowd.at(key) ? refusal.as(409) : refusal;
    }
}
