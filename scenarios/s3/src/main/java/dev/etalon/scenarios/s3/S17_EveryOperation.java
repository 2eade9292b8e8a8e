package dev.etalon.scenarios.s3;

import dev.etalon.core.plan.OperationRace;

/** Every operation that writes or deletes with a condition, all at once: one may win, and after a delete one that creates. */
public final class S17_EveryOperation extends OperationRace {
    public S17_EveryOperation() {
        super(Form.EVERY_OPERATION);
    }
}
