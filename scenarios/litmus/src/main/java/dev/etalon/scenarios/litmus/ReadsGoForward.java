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

/** A reader that has seen the new version never sees the old one again. */
@JCStressTest
@JCStressMeta(Grades.class)
@Description("one client reads twice while another one writes")
@Outcome(
        id = {"applied, v0, v0, v1", "applied, v0, v1, v1", "applied, v1, v1, v1"},
        expect = ACCEPTABLE,
        desc = "the reads went from the old version to the new one, and never back")
@Outcome(
        id = "applied, v1, v0, .*",
        expect = FORBIDDEN,
        desc = "the reader saw the new version and then the old one again")
@Outcome(
        id = ".*(torn|mixed).*",
        expect = FORBIDDEN,
        desc = "the reader was given a body that nobody wrote, or one with the tag of another")
@Outcome(id = "refused, .*", expect = FORBIDDEN, desc = "the tag was refused, though nobody else wrote")
@Outcome(
        id = ".*",
        expect = FORBIDDEN,
        desc = "the reader saw nothing though nothing was deleted, or what was acknowledged is not there")
@Needs(Capability.PUT_IF_MATCH)
@State
public class ReadsGoForward {
    private final Resource resource = Resource.present();
    private final Racer writer = resource.put(1, resource.current());
    private final Racer early = resource.get();
    private final Racer late = resource.get();

    @Actor
    public void writer(LLLL_Result r) {
        r.r1 = writer.send();
    }

    @Actor
    public void reader(LLLL_Result r) {
        r.r2 = early.send();
        r.r3 = late.send();
    }

    @Arbiter
    public void end(LLLL_Result r) {
        r.r4 = resource.end();
    }
}
