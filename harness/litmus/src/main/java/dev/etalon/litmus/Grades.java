package dev.etalon.litmus;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE_INTERESTING;
import static org.openjdk.jcstress.annotations.Expect.UNKNOWN;

import org.openjdk.jcstress.annotations.Outcome;

/**
 * How outcomes are to be taken that every litmus test can have; named with {@link
 * org.openjdk.jcstress.annotations.JCStressMeta}. They go before the test's own patterns, so that what nobody can tell is
 * never forbidden.
 */
@Outcome(
        id = ".*" + Grades.UNSENT + ".*",
        expect = ACCEPTABLE_INTERESTING,
        desc = "not raced: nothing could be set up, or the time or the requests allowed were used up")
@Outcome(
        id = ".*" + Grades.UNTOLD + ".*",
        expect = ACCEPTABLE_INTERESTING,
        desc = "an answer said nothing definite (none in time, a broken connection, 409, 5xx): nobody can tell who won")
@Outcome(expect = UNKNOWN, desc = "nobody wrote down what to think of this outcome")
public final class Grades {
    /** The word of an actor that raced for nothing. */
    public static final String UNSENT = "unsent";

    /** The word of an actor that was told nothing definite. */
    public static final String UNTOLD = "unknown";

    private Grades() {}
}
