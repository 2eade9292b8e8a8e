package dev.etalon.scenarios.http;

import dev.etalon.core.plan.MixedRace;
import dev.etalon.core.plan.Protocol;

/** Readers that race with writers: every body is whole, with its own tag, and none that was replaced before. */
public final class H06_ReadWhileWriting extends MixedRace {
    public H06_ReadWhileWriting() {
        super(Protocol.HTTP, Form.READ_WHILE_WRITING);
    }
}
