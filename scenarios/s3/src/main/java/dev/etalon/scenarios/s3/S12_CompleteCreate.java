package dev.etalon.scenarios.s3;

import dev.etalon.core.plan.OperationRace;

/** Completed uploads that race with PUT for one name: one may win. */
public final class S12_CompleteCreate extends OperationRace {
    public S12_CompleteCreate() {
        super(Form.COMPLETE_CREATE);
    }
}
