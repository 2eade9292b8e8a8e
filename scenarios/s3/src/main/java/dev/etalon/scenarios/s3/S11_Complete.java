package dev.etalon.scenarios.s3;

import dev.etalon.core.plan.OperationRace;

/** Completed uploads that race with PUT, all with the current tag: one may win. */
public final class S11_Complete extends OperationRace {
    public S11_Complete() {
        super(Form.COMPLETE);
    }
}
