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

/** A superseded tag never gets through, whoever else writes. */
@JCStressTest
@JCStressMeta(Grades.class)
@Description("one writer holds a superseded tag, the other the current one")
@Outcome(
        id = "refused, applied, v2",
        expect = ACCEPTABLE,
        desc = "the superseded tag was refused, the current one got through")
@Outcome(
        id = "applied, .*",
        expect = FORBIDDEN,
        desc = "a writer got through with a tag that was superseded before the race began")
@Outcome(
        id = "refused, refused, .*",
        expect = FORBIDDEN,
        desc = "the current tag was refused, though nobody else got through")
@Outcome(id = ".*", expect = FORBIDDEN, desc = "what is there in the end is not what was acknowledged")
@Needs(Capability.PUT_IF_MATCH)
@State
public class StaleAgainstFresh {
    private final Resource resource = Resource.rewritten();
    private final Racer stale = resource.put(1, resource.stale());
    private final Racer fresh = resource.put(2, resource.current());

    @Actor
    public void stale(LLL_Result r) {
        r.r1 = stale.send();
    }

    @Actor
    public void fresh(LLL_Result r) {
        r.r2 = fresh.send();
    }

    @Arbiter
    public void end(LLL_Result r) {
        r.r3 = resource.end();
    }
}
