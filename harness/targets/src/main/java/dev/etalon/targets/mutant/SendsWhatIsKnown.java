package dev.etalon.targets.mutant;

import dev.etalon.targets.reference.Call;
import dev.etalon.targets.reference.Faithful;
import dev.etalon.targets.reference.Manner;

/** Honours If-None-Match on PUT and ignores it on GET and HEAD: the body is sent to whoever has it. */
@Defect(
        value = "Honours If-None-Match on PUT and ignores it on GET and HEAD.",
        like = "static file servers that know no If-None-Match",
        caughtBy = "A24")
final class SendsWhatIsKnown extends Faithful {
    SendsWhatIsKnown() {
        super(Manner.RFC9110);
    }

    @Override
    protected Fields readFields(Call call) {
        return name -> name.equals("If-None-Match") ? null : call.condition(name);
    }
}
