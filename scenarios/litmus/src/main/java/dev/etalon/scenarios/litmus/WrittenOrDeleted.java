package dev.etalon.scenarios.litmus;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;
import static org.openjdk.jcstress.annotations.Expect.FORBIDDEN;

import org.openjdk.jcstress.annotations.Outcome;

/** What may come of a writer and a deleter that hold the same tag. */
@Outcome(
        id = "applied, refused, v1",
        expect = ACCEPTABLE,
        desc = "it was written, and the deleter was told that the tag is superseded")
@Outcome(
        id = "refused, applied, absent",
        expect = ACCEPTABLE,
        desc = "it was deleted, and the writer was told that there is nothing to replace")
@Outcome(
        id = "applied, applied, .*",
        expect = FORBIDDEN,
        desc = "what was deleted is not what the deleter saw, or what was replaced was gone")
@Outcome(
        id = "refused, refused, .*",
        expect = FORBIDDEN,
        desc = "everybody was refused, though the tag was current and nobody else wrote")
@Outcome(id = ".*", expect = FORBIDDEN, desc = "what is there in the end is not what was acknowledged")
public abstract class WrittenOrDeleted {
    WrittenOrDeleted() {}
}
