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

/** As {@link WriterAgainstOverwriter}, with a CopyObject that holds the tag of its destination. */
@JCStressTest
@JCStressMeta(Grades.class)
@Description("a copy holds the tag of its destination, a PUT overwrites it")
@Needs(Capability.COPY_IF_MATCH)
@State
public class CopyAgainstOverwrite extends Overwritten {
    private final Resource resource = Resource.present();
    private final Racer copy = resource.copy(1, resource.current());
    private final Racer overwrite = resource.put(2, Precondition.NONE);

    @Actor
    public void copy(LLL_Result r) {
        r.r1 = copy.send();
    }

    @Actor
    public void overwrite(LLL_Result r) {
        r.r2 = overwrite.send();
    }

    @Arbiter
    public void end(LLL_Result r) {
        r.r3 = resource.end();
    }
}
