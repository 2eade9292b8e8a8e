package dev.etalon.scenarios.s3;

import dev.etalon.core.plan.FreeRace;
import dev.etalon.core.plan.Protocol;

/** Clients that also delete with validators and create again, unaligned. */
public final class S09_FreeRunDeletes extends FreeRace {
    public S09_FreeRunDeletes() {
        super(Protocol.S3, Form.FREE_RUN_DELETES);
    }
}
