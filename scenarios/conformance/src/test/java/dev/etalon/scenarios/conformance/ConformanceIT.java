package dev.etalon.scenarios.conformance;

import dev.etalon.junit.RaceResult;
import dev.etalon.junit.RaceTest;

/**
 * Every scenario on every target: valid, or broken exactly as its findings file says. A sample without S3Mock,
 * which takes as long as all others; the gate races more, and it too; and {@code .ci/nightly conformance} the default length.
 */
class ConformanceIT {
    @RaceTest(rounds = 10, increments = 5, leaveOut = "s3mock")
    void keepsThePromiseOfIfMatch(RaceResult result) {
        result.assertAsExpected();
    }
}
