package dev.etalon.scenarios.http;

import dev.etalon.core.plan.Protocol;
import dev.etalon.core.plan.PutRace;

/** Writers that all create one name with {@code If-None-Match: *}: exactly one may win. */
public final class H03_CreateRace extends PutRace {
    public H03_CreateRace() {
        super(Protocol.HTTP, Form.CREATE_RACE);
    }
}
