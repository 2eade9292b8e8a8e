package dev.etalon.scenarios.conformance;

import dev.etalon.junit.RuleResult;
import dev.etalon.junit.RuleTest;

/** Every rule on every target: kept, or broken exactly as its findings file says. A changing answer takes longer to find. */
class RulesIT {
    @RuleTest(repetitions = 1, load = 0)
    void givesWhatOneClientAloneIsOwed(RuleResult result) {
        result.assertAsExpected();
    }
}
