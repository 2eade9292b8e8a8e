package dev.etalon.scenarios.litmus;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;
import static org.openjdk.jcstress.annotations.Expect.FORBIDDEN;

import dev.etalon.core.model.Precondition;
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

/** The sample of {@code docs/litmus.md}, to begin with. */
@JCStressTest
@JCStressMeta(Grades.class)
@Description("two guests book the same seat")
@Outcome(id = "applied, refused, v1", expect = ACCEPTABLE, desc = "the first guest has the seat")
@Outcome(id = "refused, applied, v2", expect = ACCEPTABLE, desc = "the second guest has the seat")
@Outcome(id = "applied, applied, .*", expect = FORBIDDEN, desc = "both were told that the seat is theirs")
@Needs(Capability.PUT_IF_NONE_MATCH)
@State
public class TwoGuestsOneSeat {
    private final Resource seat = Resource.absent();

    @Actor
    public void first(LLL_Result r) {
        r.r1 = seat.put(1, Precondition.CREATE).send();
    }

    @Actor
    public void second(LLL_Result r) {
        r.r2 = seat.put(2, Precondition.CREATE).send();
    }

    @Arbiter
    public void end(LLL_Result r) {
        r.r3 = seat.end();
    }
}
