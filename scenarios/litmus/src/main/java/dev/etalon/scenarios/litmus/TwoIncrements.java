package dev.etalon.scenarios.litmus;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;
import static org.openjdk.jcstress.annotations.Expect.FORBIDDEN;

import dev.etalon.core.plan.Capability;
import dev.etalon.litmus.Grades;
import dev.etalon.litmus.Needs;
import dev.etalon.litmus.Resource;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.Description;
import org.openjdk.jcstress.annotations.JCStressMeta;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.LLL_Result;

/** Read, change, write with the tag that was read: each acknowledged increment is in the sum. */
@JCStressTest
@JCStressMeta(Grades.class)
@Description("two clients each read a counter and write it back one higher")
@Outcome(
        id = "applied, applied, depth 2",
        expect = ACCEPTABLE,
        desc = "they came one after the other, and both are in the sum")
@Outcome(
        id = {"applied, refused, depth 1", "refused, applied, depth 1"},
        expect = ACCEPTABLE,
        desc = "one of them got through, the other has to try again")
@Outcome(
        id = "applied, applied, depth 1",
        expect = FORBIDDEN,
        desc = "both were acknowledged, and only one of them is in the sum")
@Outcome(id = "refused, refused, .*", expect = FORBIDDEN, desc = "both were refused, though nobody else wrote")
@Outcome(id = ".*", expect = FORBIDDEN, desc = "the sum is not what was acknowledged")
@Needs(Capability.PUT_IF_MATCH)
@State
public class TwoIncrements {
    private final Resource resource = Resource.present();

    @Actor
    public void first(LLL_Result r) {
        r.r1 = resource.increment(1);
    }

    @Actor
    public void second(LLL_Result r) {
        r.r2 = resource.increment(2);
    }

    @Arbiter
    public void end(LLL_Result r) {
        r.r3 = resource.endDepth();
    }
}
