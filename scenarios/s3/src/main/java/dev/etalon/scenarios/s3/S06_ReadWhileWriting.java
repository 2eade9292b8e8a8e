package dev.etalon.scenarios.s3;

import dev.etalon.core.plan.MixedRace;
import dev.etalon.core.plan.Protocol;

/** Readers that race with writers: every body is whole, with its own tag, and none that was replaced before. */
public final class S06_ReadWhileWriting extends MixedRace {
    public S06_ReadWhileWriting() {
        super(Protocol.S3, Form.READ_WHILE_WRITING);
    }
}
