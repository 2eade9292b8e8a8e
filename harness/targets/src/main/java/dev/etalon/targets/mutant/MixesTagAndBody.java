package dev.etalon.targets.mutant;

import dev.etalon.targets.reference.Call;
import dev.etalon.targets.reference.Faithful;
import dev.etalon.targets.reference.Manner;
import dev.etalon.targets.reference.Reply;
import java.util.concurrent.TimeUnit;

/** Takes the header fields of an answer at one instant and the body at another. */
@Defect(
        value = "Takes the header fields of an answer at one instant and the body at another.",
        like = "apache/tomcat DefaultServlet",
        caughtBy = "A20")
final class MixesTagAndBody extends Faithful {
    private static final long BETWEEN_NS = TimeUnit.MICROSECONDS.toNanos(100);

    MixesTagAndBody() {
        super(Manner.RFC9110);
    }

    @Override
    protected Reply read(Call call, String key) {
        Reply head = super.read(call, key);
        Pauses.of(BETWEEN_NS);
        Reply body = super.read(call, key);
        return head.status() == 200 && body.status() == 200 ? head.with(body.body()) : body;
    }
}
