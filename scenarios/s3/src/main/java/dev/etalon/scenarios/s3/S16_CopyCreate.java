package dev.etalon.scenarios.s3;

import dev.etalon.core.plan.OperationRace;

/** Copies that race with PUT and completed uploads for one name: one may win. */
public final class S16_CopyCreate extends OperationRace {
    public S16_CopyCreate() {
        super(Form.COPY_CREATE);
    }
}
