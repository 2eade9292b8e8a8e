package dev.etalon.scenarios.conformance;

import dev.etalon.junit.RaceResult;
import dev.etalon.junit.RaceTest;

/** Every scenario on every target: valid, or broken exactly as its findings file says. */
class ConformanceIT {
    @RaceTest
    void keepsThePromiseOfIfMatch(RaceResult result) {
        result.assertAsExpected();
    }
}
