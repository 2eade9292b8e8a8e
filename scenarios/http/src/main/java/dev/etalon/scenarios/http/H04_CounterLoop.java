package dev.etalon.scenarios.http;

import dev.etalon.core.plan.Protocol;
import dev.etalon.core.plan.PutRace;

/** Clients that increment one counter by read-modify-write, unaligned: no acknowledged increment may be lost. */
public final class H04_CounterLoop extends PutRace {
    public H04_CounterLoop() {
        super(Protocol.HTTP, Form.COUNTER);
    }
}
