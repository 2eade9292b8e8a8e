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

/** A reader sees a whole version, and only one that was acknowledged or was there before. */
@JCStressTest
@JCStressMeta(Grades.class)
@Description("one client reads while two writers hold the same tag")
@Outcome(
        id = {"applied, refused, v[01], v1", "refused, applied, v[02], v2"},
        expect = ACCEPTABLE,
        desc = "one writer got through, and the reader saw what was there before or after")
@Outcome(
        id = "applied, applied, .*",
        expect = FORBIDDEN,
        desc = "the update of one of them is lost, though both were told that they replaced the same version")
@Outcome(
        id = "refused, refused, .*",
        expect = FORBIDDEN,
        desc = "everybody was refused, though the tag was current and nobody else wrote")
@Outcome(
        id = ".*, (torn|mixed), .*",
        expect = FORBIDDEN,
        desc = "the reader was given a body that nobody wrote, or one with the tag of another")
@Outcome(
        id = {"applied, refused, v2, .*", "refused, applied, v1, .*"},
        expect = FORBIDDEN,
        desc = "the reader saw what a refused writer wrote")
@Outcome(
        id = ".*",
        expect = FORBIDDEN,
        desc =
                "the reader saw nothing though nothing was deleted, or what is there in the end is not what was acknowledged")
@Needs(Capability.PUT_IF_MATCH)
@State
public class ReadWhileTwoWrite {
    private final Resource resource = Resource.present();
    private final Racer first = resource.put(1, resource.current());
    private final Racer second = resource.put(2, resource.current());
    private final Racer reader = resource.get();

    @Actor
    public void first(LLLL_Result r) {
        r.r1 = first.send();
    }

    @Actor
    public void second(LLLL_Result r) {
        r.r2 = second.send();
    }

    @Actor
    public void reader(LLLL_Result r) {
        r.r3 = reader.send();
    }

    @Arbiter
    public void end(LLLL_Result r) {
        r.r4 = resource.end();
    }
}
