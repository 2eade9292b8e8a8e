package dev.etalon.targets.mutant;

import dev.etalon.targets.reference.Call;
import dev.etalon.targets.reference.Faithful;
import dev.etalon.targets.reference.Manner;
import dev.etalon.targets.reference.Reply;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** Answers 304 rightly, with the header fields of the version before. */
@Defect(
        value = "Answers 304 rightly, with the header fields of the version before.",
        like = "caches that update stored fields one answer late",
        caughtBy = "A23")
final class TellsFormerTagIn304 extends Faithful {
    private final Map<String, Tags> told = new ConcurrentHashMap<>();

    /** The tag that was told last, and the one before. */
    private record Tags(@Nullable String former, String current) {}

    TellsFormerTagIn304() {
        super(Manner.RFC9110);
    }

    @Override
    public Reply answer(Call call) {
        Reply reply = super.answer(call);
        String tag = reply.headers().get("ETag");
        if (tag == null) {
            return reply;
        }
        Tags tags = told.merge(
                call.path(),
                new Tags(null, tag),
                (known, now) -> known.current.equals(tag) ? known : new Tags(known.current, tag));
        return reply.status() == 304 && tags.former != null ? reply.with("ETag", tags.former) : reply;
    }
}
