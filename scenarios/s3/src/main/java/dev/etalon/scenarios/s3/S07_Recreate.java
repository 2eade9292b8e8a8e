package dev.etalon.scenarios.s3;

import dev.etalon.core.plan.MixedRace;
import dev.etalon.core.plan.Protocol;

/** Creates that race with deletes of what is there: each may win only upon nothing. */
public final class S07_Recreate extends MixedRace {
    public S07_Recreate() {
        super(Protocol.S3, Form.RECREATE);
    }
}
