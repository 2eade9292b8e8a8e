package dev.etalon.scenarios.s3;

import dev.etalon.core.plan.Protocol;
import dev.etalon.core.plan.PutRace;

/** Writers that all hold the current entity tag: exactly one may win. */
public final class S01_SameValidatorRace extends PutRace {
    public S01_SameValidatorRace() {
        super(Protocol.S3, Form.SAME_VALIDATOR);
    }
}
