package dev.etalon.targets.embedded;

import dev.etalon.targets.reference.Manner;

/** The faithful server, speaking the S3 API as Amazon has it. */
public final class ReferenceS3 extends ReferenceTarget {
    public ReferenceS3() {
        super("reference-s3", Manner.AWS);
    }
}
