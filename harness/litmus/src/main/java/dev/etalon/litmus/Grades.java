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
        id = ".*unsent.*",
        expect = ACCEPTABLE_INTERESTING,
        desc = "not raced: nothing could be set up, or the time or the requests allowed were used up")
@Outcome(
        id = ".*unknown.*",
        expect = ACCEPTABLE_INTERESTING,
        desc = "an answer said nothing definite (none in time, a broken connection, 409, 5xx): nobody can tell who won")
@Outcome(expect = UNKNOWN, desc = "nobody wrote down what to think of this outcome")
public final class Grades {
    private Grades() {}
}
