package dev.etalon.scenarios.litmus;

import dev.etalon.core.model.Precondition;
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
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.LLL_Result;

/** A conditional write never replaces what an unconditional one put there. */
@JCStressTest
@JCStressMeta(Grades.class)
@Description("one writer holds the tag, the other overwrites whatever is there")
@Needs(Capability.PUT_IF_MATCH)
@State
public class WriterAgainstOverwriter extends Overwritten {
    private final Resource resource = Resource.present();
    private final Racer writer = resource.put(1, resource.current());
    private final Racer overwriter = resource.put(2, Precondition.NONE);

    @Actor
    public void writer(LLL_Result r) {
        r.r1 = writer.send();
    }

    @Actor
    public void overwriter(LLL_Result r) {
        r.r2 = overwriter.send();
    }

    @Arbiter
    public void end(LLL_Result r) {
        r.r3 = resource.end();
    }
}
