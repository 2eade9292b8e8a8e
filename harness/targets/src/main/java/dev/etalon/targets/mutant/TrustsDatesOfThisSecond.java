package dev.etalon.targets.mutant;

import dev.etalon.targets.reference.Call;
import dev.etalon.targets.reference.Faithful;
import dev.etalon.targets.reference.Manner;
import dev.etalon.targets.reference.Reply;
import dev.etalon.targets.reference.Stored;

/** Takes a date for a strong validator while its second is not over. */
@Defect(
        value = "Takes a date for a strong validator while its second is not over.",
        like = "dates compared as they are; no public thread",
        caughtBy = "IR-04")
final class TrustsDatesOfThisSecond extends Faithful {
    TrustsDatesOfThisSecond() {
        super(Manner.RFC9110);
    }

    @Override
    protected boolean ifRange(Call call, Stored stored) {
        String value = call.header("If-Range");
        String date = validators(Reply.of(200), stored).headers().get("Last-Modified");
        return (value != null && value.equals(date)) || super.ifRange(call, stored);
    }
}
