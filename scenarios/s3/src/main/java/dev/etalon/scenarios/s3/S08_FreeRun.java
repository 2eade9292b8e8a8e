package dev.etalon.scenarios.s3;

import dev.etalon.core.plan.FreeRace;
import dev.etalon.core.plan.Protocol;

/** Clients that read, create and write with validators on a few keys, unaligned. */
public final class S08_FreeRun extends FreeRace {
    public S08_FreeRun() {
        super(Protocol.S3, Form.FREE_RUN);
    }
}
