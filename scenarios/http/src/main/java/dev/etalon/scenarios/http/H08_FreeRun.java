package dev.etalon.scenarios.http;

import dev.etalon.core.plan.FreeRace;
import dev.etalon.core.plan.Protocol;

/** Clients that read, create and write with validators on a few keys, unaligned. */
public final class H08_FreeRun extends FreeRace {
    public H08_FreeRun() {
        super(Protocol.HTTP, Form.FREE_RUN);
    }
}
