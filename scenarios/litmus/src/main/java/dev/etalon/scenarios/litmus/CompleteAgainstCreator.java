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

/** As {@link TwoCreators}, one of them by CompleteMultipartUpload. */
@JCStressTest
@JCStressMeta(Grades.class)
@Description("the completion of an upload and a PUT create the same object")
@Needs({Capability.COMPLETE_IF_NONE_MATCH, Capability.PUT_IF_NONE_MATCH})
@State
public class CompleteAgainstCreator extends OneCreates {
    private final Resource resource = Resource.absent();
    private final Racer complete = resource.complete(1, Precondition.CREATE);
    private final Racer put = resource.put(2, Precondition.CREATE);

    @Actor
    public void complete(LLL_Result r) {
        r.r1 = complete.send();
    }

    @Actor
    public void put(LLL_Result r) {
        r.r2 = put.send();
    }

    @Arbiter
    public void end(LLL_Result r) {
        r.r3 = resource.end();
    }
}
