package dev.etalon.targets.mutant;

import dev.etalon.targets.reference.Call;
import dev.etalon.targets.reference.Faithful;
import dev.etalon.targets.reference.Manner;
import dev.etalon.targets.reference.Reply;
import java.util.concurrent.ThreadLocalRandom;

/** Writes first and then says 412, now and then. */
@Defect(value = "Writes first and then says 412, now and then.", like = "apache/httpd mod_dav", caughtBy = "A4")
final class RefusesButApplies extends Faithful {
    private static final double SHARE = 0.05;

    RefusesButApplies() {
        super(Manner.RFC9110);
    }

    @Override
    protected Reply refused(Call call, String key, Reply refusal) {
        if (call.method().equals("PUT") && ThreadLocalRandom.current().nextDouble() < SHARE) {
            commit(call, key, put(key, line(call, key), call.body()).line());
        }
        return refusal;
    }
}
