package dev.etalon.scenarios.conformance;

import dev.etalon.junit.RaceResult;
import dev.etalon.junit.RaceTest;

/**
 * Every scenario on every target: valid, or broken exactly as its findings file says. A sample; the gate races
 * more, and {@code .ci/nightly conformance} the default length.
 */
class ConformanceIT {
    @RaceTest(rounds = 10, increments = 5)
    void keepsThePromiseOfIfMatch(RaceResult result) {
        result.assertAsExpected();
    }
}
