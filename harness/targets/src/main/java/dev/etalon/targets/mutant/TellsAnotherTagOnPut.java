package dev.etalon.targets.mutant;

import dev.etalon.targets.reference.Faithful;
import dev.etalon.targets.reference.Manner;
import dev.etalon.targets.reference.Reply;
import dev.etalon.targets.reference.Stored;

/** Tells the writer one tag and the reader another of the same version. */
@Defect(
        value = "Tells the writer one tag and the reader another of the same version.",
        like = "wiremock/wiremock#2822",
        caughtBy = "A18")
final class TellsAnotherTagOnPut extends Faithful {
    TellsAnotherTagOnPut() {
        super(Manner.RFC9110);
    }

    @Override
    protected Reply written(Reply reply, Stored stored) {
        return reply.with("ETag", stored.tag().replaceFirst("\"", "\"written-"));
    }
}
