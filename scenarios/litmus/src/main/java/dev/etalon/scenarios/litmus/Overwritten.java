package dev.etalon.scenarios.litmus;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;
import static org.openjdk.jcstress.annotations.Expect.FORBIDDEN;

import org.openjdk.jcstress.annotations.Outcome;

/** What may come of a writer that holds the tag, and one that overwrites whatever is there. */
@Outcome(id = "applied, applied, v2", expect = ACCEPTABLE, desc = "it was replaced, and then overwritten")
@Outcome(id = "refused, applied, v2", expect = ACCEPTABLE, desc = "it was overwritten first, and the tag was refused")
@Outcome(
        id = "applied, applied, v1",
        expect = FORBIDDEN,
        desc = "what was there without a condition was replaced by somebody who held the tag of another version")
@Outcome(id = ".*", expect = FORBIDDEN, desc = "what is there in the end is not what was acknowledged")
public abstract class Overwritten {
    Overwritten() {}
}
