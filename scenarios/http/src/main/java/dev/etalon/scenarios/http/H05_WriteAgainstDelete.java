package dev.etalon.scenarios.http;

import dev.etalon.core.plan.MixedRace;
import dev.etalon.core.plan.Protocol;

/** Writers and deleters that all hold the current entity tag: one writer may win, or deleters and no writer. */
public final class H05_WriteAgainstDelete extends MixedRace {
    public H05_WriteAgainstDelete() {
        super(Protocol.HTTP, Form.WRITE_AGAINST_DELETE);
    }
}
