package dev.etalon.scenarios.conformance;

import dev.etalon.junit.RaceResult;
import dev.etalon.junit.RaceTest;

/**
 * Every scenario on every target: valid, or broken exactly as its findings file says. A sample; {@code .ci/nightly conformance}
 * races at the default length.
 */
class ConformanceIT {
    @RaceTest(rounds = 20, increments = 10)
    void keepsThePromiseOfIfMatch(RaceResult result) {
        result.assertAsExpected();
    }
}
