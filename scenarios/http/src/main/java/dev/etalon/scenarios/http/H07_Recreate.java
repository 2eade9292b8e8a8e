package dev.etalon.scenarios.http;

import dev.etalon.core.plan.MixedRace;
import dev.etalon.core.plan.Protocol;

/** Creates that race with deletes of what is there: each may win only upon nothing. */
public final class H07_Recreate extends MixedRace {
    public H07_Recreate() {
        super(Protocol.HTTP, Form.RECREATE);
    }
}
