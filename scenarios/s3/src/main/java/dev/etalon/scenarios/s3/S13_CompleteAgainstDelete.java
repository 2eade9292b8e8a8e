package dev.etalon.scenarios.s3;

import dev.etalon.core.plan.OperationRace;

/** Completed uploads and PUT that race with deletes: one may win, and after a delete one that creates. */
public final class S13_CompleteAgainstDelete extends OperationRace {
    public S13_CompleteAgainstDelete() {
        super(Form.COMPLETE_AGAINST_DELETE);
    }
}
