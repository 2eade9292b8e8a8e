package dev.etalon.targets.mutant;

import dev.etalon.targets.reference.Faithful;
import dev.etalon.targets.reference.Manner;
import java.time.Instant;

/** Makes entity tags of the time in seconds and the length: two writes of one second have one tag. */
@Defect(
        value = "Makes entity tags of the time in seconds and the length: two writes of one second have one tag.",
        like = "apache/opendal#8296",
        caughtBy = "A8")
final class TagsByTimeAndSize extends Faithful {
    TagsByTimeAndSize() {
        super(Manner.RFC9110);
    }

    @Override
    protected String tag(String key, byte[] body, Instant modified) {
        return "\"" + Long.toHexString(modified.getEpochSecond()) + "-" + body.length + "\"";
    }
}
