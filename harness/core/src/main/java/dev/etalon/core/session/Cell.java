package dev.etalon.core.session;

import dev.etalon.core.plan.Scenario;
import dev.etalon.core.target.TargetProvider;

/** One scenario on one target. */
public record Cell(Scenario scenario, TargetProvider provider) {
    /** Its name in tests and tables. */
    public String name() {
        return scenario.id() + " on " + provider.info().name();
    }
}
