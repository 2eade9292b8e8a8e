package dev.etalon.scenarios.http;

import dev.etalon.core.plan.FreeRace;
import dev.etalon.core.plan.Protocol;

/** Clients that also delete with validators and create again, unaligned. */
public final class H09_FreeRunDeletes extends FreeRace {
    public H09_FreeRunDeletes() {
        super(Protocol.HTTP, Form.FREE_RUN_DELETES);
    }
}
