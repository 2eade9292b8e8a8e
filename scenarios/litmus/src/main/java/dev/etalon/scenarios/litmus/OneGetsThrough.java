package dev.etalon.scenarios.litmus;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;
import static org.openjdk.jcstress.annotations.Expect.FORBIDDEN;

import org.openjdk.jcstress.annotations.Outcome;

/** What may come of two writers that hold the same tag. */
@Outcome(
        id = {"applied, refused, v1", "refused, applied, v2"},
        expect = ACCEPTABLE,
        desc = "one of them got through, the other was told that the tag is superseded")
@Outcome(
        id = "applied, applied, .*",
        expect = FORBIDDEN,
        desc = "the update of one of them is lost, though both were told that they replaced the same version")
@Outcome(
        id = "refused, refused, .*",
        expect = FORBIDDEN,
        desc = "everybody was refused, though the tag was current and nobody else wrote")
@Outcome(id = ".*", expect = FORBIDDEN, desc = "what is there in the end is not what was acknowledged")
public abstract class OneGetsThrough {
    OneGetsThrough() {}
}
