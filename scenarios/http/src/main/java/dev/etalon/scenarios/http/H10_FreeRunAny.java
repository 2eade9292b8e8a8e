package dev.etalon.scenarios.http;

import dev.etalon.core.plan.FreeRace;
import dev.etalon.core.plan.Protocol;

/** Clients that also write and delete without conditions, unaligned. */
public final class H10_FreeRunAny extends FreeRace {
    public H10_FreeRunAny() {
        super(Protocol.HTTP, Form.FREE_RUN_ANY);
    }
}
