package dev.etalon.targets.external;

import dev.etalon.core.plan.Protocol;
import dev.etalon.core.target.TargetInfo;

/**
 * Any S3 service, path-style: {@code etalon.url}, {@code etalon.access-key}, {@code etalon.secret-key}, {@code
 * etalon.bucket} and {@code etalon.region}. What the bucket does with old versions is left as it is; {@code etalon.versioning}
 * asks for buckets beside it.
 */
public final class ExternalS3 extends ExternalTarget {
    public ExternalS3() {
        this(unknown(Protocol.S3));
    }

    private ExternalS3(TargetInfo info) {
        super(info);
    }

    @Override
    ExternalTarget known(TargetInfo info) {
        return new ExternalS3(info);
    }
}
