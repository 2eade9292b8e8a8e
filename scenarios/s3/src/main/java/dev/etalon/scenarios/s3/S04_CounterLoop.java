package dev.etalon.scenarios.s3;

import dev.etalon.core.plan.Protocol;
import dev.etalon.core.plan.PutRace;

/** Clients that increment one counter by read-modify-write, unaligned: no acknowledged increment may be lost. */
public final class S04_CounterLoop extends PutRace {
    public S04_CounterLoop() {
        super(Protocol.S3, Form.COUNTER);
    }
}
