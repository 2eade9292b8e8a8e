package dev.etalon.scenarios.s3;

import dev.etalon.core.plan.OperationRace;

/** Copies that race with PUT and completed uploads, all with the current tag: one may win. */
public final class S15_Copy extends OperationRace {
    public S15_Copy() {
        super(Form.COPY);
    }
}
