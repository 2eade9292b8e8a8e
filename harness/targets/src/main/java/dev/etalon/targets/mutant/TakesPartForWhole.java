package dev.etalon.targets.mutant;

import dev.etalon.targets.reference.Call;
import dev.etalon.targets.reference.Faithful;
import dev.etalon.targets.reference.Manner;
import dev.etalon.targets.reference.Reply;

/** Ignores Content-Range on a PUT: the part replaces the whole. */
@Defect(
        value = "Ignores Content-Range on a PUT: the part replaces the whole.",
        like = "RFC 7231 §4.3.4, which is why it forbade it; no public thread",
        caughtBy = "VA-09")
final class TakesPartForWhole extends Faithful {
    TakesPartForWhole() {
        super(Manner.RFC9110);
    }

    @Override
    protected Reply put(Call call, String key) {
        return change(call, key, writeFields(call), line -> put(key, line, call.body()));
    }
}
