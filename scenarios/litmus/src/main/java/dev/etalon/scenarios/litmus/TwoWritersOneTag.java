package dev.etalon.scenarios.litmus;

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

/** The promise of If-Match: of two writers that hold the same tag one gets through. */
@JCStressTest
@JCStressMeta(Grades.class)
@Description("two writers hold the same tag")
@Needs(Capability.PUT_IF_MATCH)
@State
public class TwoWritersOneTag extends OneGetsThrough {
    private final Resource resource = Resource.present();
    private final Racer first = resource.put(1, resource.current());
    private final Racer second = resource.put(2, resource.current());

    @Actor
    public void first(LLL_Result r) {
        r.r1 = first.send();
    }

    @Actor
    public void second(LLL_Result r) {
        r.r2 = second.send();
    }

    @Arbiter
    public void end(LLL_Result r) {
        r.r3 = resource.end();
    }
}
