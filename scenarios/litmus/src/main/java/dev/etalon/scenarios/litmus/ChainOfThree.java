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
import org.openjdk.jcstress.infra.results.LLL_Result;

/** Who writes three times, each time with the tag of his last write, is never overtaken by somebody who holds none of them. */
@JCStressTest
@JCStressMeta(Grades.class)
@Description("one client writes three versions in a chain, the other holds the tag they begin with")
@Outcome(
        id = "3 of 3, refused, v3",
        expect = ACCEPTABLE,
        desc = "the chain was written, and the other one was told that the tag is superseded")
@Outcome(id = "0 of 3, applied, v4", expect = ACCEPTABLE, desc = "the other one came first, and the chain never began")
@Outcome(
        id = "[123] of 3, applied, .*",
        expect = FORBIDDEN,
        desc = "both replaced the version they began with, and what one of them wrote is lost")
@Outcome(
        id = "[12] of 3, refused, .*",
        expect = FORBIDDEN,
        desc = "the chain was refused a tag it had just been given, though nobody else got through")
@Outcome(
        id = "0 of 3, refused, .*",
        expect = FORBIDDEN,
        desc = "everybody was refused, though the tag was current and nobody else wrote")
@Outcome(id = ".*", expect = FORBIDDEN, desc = "what is there in the end is not what was acknowledged")
@Needs(Capability.PUT_IF_MATCH)
@State
public class ChainOfThree {
    private final Resource resource = Resource.present();
    private final Racer other = resource.put(4, resource.current());

    @Actor
    public void chain(LLL_Result r) {
        r.r1 = resource.chain(1, 2, 3);
    }

    @Actor
    public void other(LLL_Result r) {
        r.r2 = other.send();
    }

    @Arbiter
    public void end(LLL_Result r) {
        r.r3 = resource.end();
    }
}
