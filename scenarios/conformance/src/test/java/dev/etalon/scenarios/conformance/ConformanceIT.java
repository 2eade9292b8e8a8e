package dev.etalon.scenarios.conformance;

import dev.etalon.junit.RaceResult;
import dev.etalon.junit.RaceTest;

/**
 * Every scenario on every target: valid, or broken exactly as its findings file says. A sample, with S3Proxy in one of its
 * two kinds and without S3Mock, which takes as long as all others; the gate races more, on these too; and
 * {@code .ci/nightly conformance} the default length.
 */
class ConformanceIT {
    @RaceTest(
            rounds = 8,
            increments = 4,
            leaveOut = {"s3mock", "s3proxy-filesystem"})
    void keepsThePromiseOfIfMatch(RaceResult result) {
        result.assertAsExpected();
    }
}
