package dev.etalon.scenarios.http;

import dev.etalon.core.plan.Protocol;
import dev.etalon.core.plan.PutRace;

/** Writers of which some hold the current entity tag and some a superseded one: no stale one may win. */
public final class H02_StaleFreshMix extends PutRace {
    public H02_StaleFreshMix() {
        super(Protocol.HTTP, Form.STALE_FRESH_MIX);
    }
}
