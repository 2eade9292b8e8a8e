package dev.etalon.scenarios.litmus;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;
import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE_INTERESTING;
import static org.openjdk.jcstress.annotations.Expect.FORBIDDEN;

import dev.etalon.core.plan.Protocol;
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

/** What a date is worth: it cannot tell apart what is written within a second (RFC 9110 §8.8.2.2). */
@JCStressTest
@JCStressMeta(Grades.class)
@Description("two writers hold the same Last-Modified in If-Unmodified-Since, within one second")
@Outcome(
        id = {"applied, refused, v1", "refused, applied, v2"},
        expect = ACCEPTABLE,
        desc = "one of them got through, the other was told that it was modified")
@Outcome(
        id = "applied, applied, v[12]",
        expect = ACCEPTABLE_INTERESTING,
        desc = "both got through and one update is lost, as dates of whole seconds allow: use If-Match")
@Outcome(
        id = "refused, refused, v0",
        expect = ACCEPTABLE_INTERESTING,
        desc =
                "everybody was refused, though nobody wrote since the date that the server gave: its dates are not exact")
@Outcome(id = ".*", expect = FORBIDDEN, desc = "what is there in the end is not what was acknowledged")
@Needs(protocol = Protocol.HTTP)
@State
public class TwoWritersOneDate {
    private final Resource resource = Resource.dated();
    private final Racer first = resource.putUnmodified(1);
    private final Racer second = resource.putUnmodified(2);

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
