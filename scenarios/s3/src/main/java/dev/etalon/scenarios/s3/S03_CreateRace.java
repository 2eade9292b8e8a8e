package dev.etalon.scenarios.s3;

import dev.etalon.core.plan.Protocol;
import dev.etalon.core.plan.PutRace;

/** Writers that all create one name with {@code If-None-Match: *}: exactly one may win. */
public final class S03_CreateRace extends PutRace {
    public S03_CreateRace() {
        super(Protocol.S3, Form.CREATE_RACE);
    }
}
