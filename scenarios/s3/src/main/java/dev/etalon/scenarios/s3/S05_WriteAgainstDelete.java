package dev.etalon.scenarios.s3;

import dev.etalon.core.plan.MixedRace;
import dev.etalon.core.plan.Protocol;

/** Writers and deleters that all hold the current entity tag: one writer may win, or deleters and no writer. */
public final class S05_WriteAgainstDelete extends MixedRace {
    public S05_WriteAgainstDelete() {
        super(Protocol.S3, Form.WRITE_AGAINST_DELETE);
    }
}
