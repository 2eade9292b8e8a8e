package dev.etalon.scenarios.conformance;

import dev.etalon.junit.RuleResult;
import dev.etalon.junit.RuleTest;

/** Every rule on every target: kept, or broken exactly as its findings file says. A changing answer takes longer to find. The gate asks S3Mock, too, which takes as long as all others. */
class RulesIT {
    @RuleTest(repetitions = 1, load = 0, leaveOut = "s3mock")
    void givesWhatOneClientAloneIsOwed(RuleResult result) {
        result.assertAsExpected();
    }
}
