package dev.etalon.targets.mutant;

import dev.etalon.targets.reference.Faithful;
import dev.etalon.targets.reference.Line;
import dev.etalon.targets.reference.Manner;
import java.time.Instant;

/** Gives the next version but one the tag of this one, as freed inodes do: A, B, A. */
@Defect(
        value = "Gives the next version but one the tag of this one, as freed inodes do: A, B, A.",
        like = "ClickHouse/ClickHouse#112556",
        caughtBy = "A8")
final class ReusesTags extends Faithful {
    ReusesTags() {
        super(Manner.RFC9110);
    }

    @Override
    protected String tag(String key, byte[] body, Instant modified) {
        long changes = lines().getOrDefault(key, Line.EMPTY).changes();
        return "\"" + key.hashCode() + "-" + changes % 2 + "\"";
    }
}
