package dev.etalon.scenarios.litmus;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;
import static org.openjdk.jcstress.annotations.Expect.FORBIDDEN;

import dev.etalon.core.plan.Capability;
import dev.etalon.litmus.Grades;
import dev.etalon.litmus.Needs;
import dev.etalon.litmus.Racer;
import dev.etalon.litmus.Resource;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.Description;
import org.openjdk.jcstress.annotations.JCStressMeta;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.LLLL_Result;

/** Three writers that hold the same tag: one gets through. */
@JCStressTest
@JCStressMeta(Grades.class)
@Description("three writers hold the same tag")
@Outcome(
        id = {"applied, refused, refused, v1", "refused, applied, refused, v2", "refused, refused, applied, v3"},
        expect = ACCEPTABLE,
        desc = "one of them got through, the others were told that the tag is superseded")
@Outcome(
        id = "(?=.*applied.*applied).*",
        expect = FORBIDDEN,
        desc = "an update is lost, though several were told that they replaced the same version")
@Outcome(
        id = "refused, refused, refused, .*",
        expect = FORBIDDEN,
        desc = "everybody was refused, though the tag was current and nobody else wrote")
@Outcome(id = ".*", expect = FORBIDDEN, desc = "what is there in the end is not what was acknowledged")
@Needs(Capability.PUT_IF_MATCH)
@State
public class ThreeWritersOneTag {
    private final Resource resource = Resource.present();
    private final Racer first = resource.put(1, resource.current());
    private final Racer second = resource.put(2, resource.current());
    private final Racer third = resource.put(3, resource.current());

    @Actor
    public void first(LLLL_Result r) {
        r.r1 = first.send();
    }

    @Actor
    public void second(LLLL_Result r) {
        r.r2 = second.send();
    }

    @Actor
    public void third(LLLL_Result r) {
        r.r3 = third.send();
    }

    @Arbiter
    public void end(LLLL_Result r) {
        r.r4 = resource.end();
    }
}
