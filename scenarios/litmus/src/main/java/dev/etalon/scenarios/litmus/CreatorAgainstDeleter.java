package dev.etalon.scenarios.litmus;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;
import static org.openjdk.jcstress.annotations.Expect.FORBIDDEN;

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
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.LLL_Result;

/** A creator gets through exactly when the deletion came before. */
@JCStressTest
@JCStressMeta(Grades.class)
@Description("one client deletes what another one creates if it is not there")
@Outcome(
        id = "refused, applied, absent",
        expect = ACCEPTABLE,
        desc = "it was still there for the creator, and then deleted")
@Outcome(id = "applied, applied, v1", expect = ACCEPTABLE, desc = "it was deleted, and then created anew")
@Outcome(
        id = "applied, applied, absent",
        expect = FORBIDDEN,
        desc = "it was created, which takes a deletion before it, and yet it is gone")
@Outcome(
        id = ".*, refused, .*",
        expect = FORBIDDEN,
        desc = "the deleter was refused, though nobody could change anything before the deletion")
@Outcome(id = ".*", expect = FORBIDDEN, desc = "what is there in the end is not what was acknowledged")
@Needs({Capability.PUT_IF_NONE_MATCH, Capability.DELETE_IF_MATCH})
@State
public class CreatorAgainstDeleter {
    private final Resource resource = Resource.present();
    private final Racer creator = resource.put(1, Precondition.CREATE);
    private final Racer deleter = resource.delete(resource.current());

    @Actor
    public void creator(LLL_Result r) {
        r.r1 = creator.send();
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
