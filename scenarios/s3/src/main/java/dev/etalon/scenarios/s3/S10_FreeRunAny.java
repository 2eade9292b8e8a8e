package dev.etalon.scenarios.s3;

import dev.etalon.core.plan.FreeRace;
import dev.etalon.core.plan.Protocol;

/** Clients that also write and delete without conditions, unaligned. */
public final class S10_FreeRunAny extends FreeRace {
    public S10_FreeRunAny() {
        super(Protocol.S3, Form.FREE_RUN_ANY);
    }
}
