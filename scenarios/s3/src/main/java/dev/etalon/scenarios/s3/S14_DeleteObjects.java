package dev.etalon.scenarios.s3;

import dev.etalon.core.plan.OperationRace;

/** DeleteObjects that races with PUT, all with the current tag: a writer may win, or deleters. */
public final class S14_DeleteObjects extends OperationRace {
    public S14_DeleteObjects() {
        super(Form.DELETE_OBJECTS);
    }
}
