package dev.etalon.targets.mutant;

import dev.etalon.targets.reference.Call;
import dev.etalon.targets.reference.Faithful;
import dev.etalon.targets.reference.Manner;
import dev.etalon.targets.reference.Reply;
import java.util.concurrent.ThreadLocalRandom;

/** Evaluates the condition at once, and writes when the client has long given up, whatever happened meanwhile. */
@Defect(
        value =
                "Evaluates the condition at once, and writes when the client has long given up, whatever happened meanwhile.",
        like = "cloudflare/cloudflare-docs#32793",
        caughtBy = "A1")
final class AppliesLate extends Faithful {
    /** Longer than the time limit that a hunt gives its requests. */
    private static final long LATE_MS = 1300;

    private static final double SHARE = 0.1;

    AppliesLate() {
        super(Manner.RFC9110);
    }

    @Override
    protected Reply put(Call call, String key) {
        byte[] body = call.body();
        if (call.header("If-Match") == null || ThreadLocalRandom.current().nextDouble() >= SHARE) {
            return super.put(call, key);
        }
        Reply refusal = refusal(call, writeFields(call), line(call, key));
        if (refusal != null) {
            return refusal;
        }
        Pauses.ofMillis(LATE_MS);
        return change(call, key, name -> null, line -> put(key, line, body));
    }
}
