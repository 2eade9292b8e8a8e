package dev.etalon.scenarios.litmus;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;
import static org.openjdk.jcstress.annotations.Expect.FORBIDDEN;

import org.openjdk.jcstress.annotations.Outcome;

/** What may come of two writers that create the same resource. */
@Outcome(
        id = {"applied, refused, v1", "refused, applied, v2"},
        expect = ACCEPTABLE,
        desc = "one of them created it, the other was told that it is there")
@Outcome(
        id = "applied, applied, .*",
        expect = FORBIDDEN,
        desc = "both were told that they created it, and what one of them wrote is lost")
@Outcome(
        id = "refused, refused, .*",
        expect = FORBIDDEN,
        desc = "both were told that it is there already, though nobody created it")
@Outcome(id = ".*", expect = FORBIDDEN, desc = "what is there in the end is not what was acknowledged")
public abstract class OneCreates {
    OneCreates() {}
}
