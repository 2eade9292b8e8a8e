package dev.etalon.scenarios.s3;

import dev.etalon.core.plan.Protocol;
import dev.etalon.core.plan.PutRace;

/** Writers of which some hold the current entity tag and some a superseded one: no stale one may win. */
public final class S02_StaleFreshMix extends PutRace {
    public S02_StaleFreshMix() {
        super(Protocol.S3, Form.STALE_FRESH_MIX);
    }
}
