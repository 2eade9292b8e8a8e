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

/** A writer and a deleter that hold the same tag: one gets through. */
@JCStressTest
@JCStressMeta(Grades.class)
@Description("a writer and a deleter hold the same tag")
@Needs({Capability.PUT_IF_MATCH, Capability.DELETE_IF_MATCH})
@State
public class WriterAgainstDeleter extends WrittenOrDeleted {
    private final Resource resource = Resource.present();
    private final Racer writer = resource.put(1, resource.current());
    private final Racer deleter = resource.delete(resource.current());

    @Actor
    public void writer(LLL_Result r) {
        r.r1 = writer.send();
    }

    @Actor
    public void deleter(LLL_Result r) {
        r.r2 = deleter.send();
    }

    @Arbiter
    public void end(LLL_Result r) {
        r.r3 = resource.end();
    }
}
