package dev.etalon.targets.embedded;

import dev.etalon.core.plan.Versioning;
import java.util.List;

/** S3Proxy with its in-memory store. */
public final class S3ProxyMemory extends S3ProxyTarget {
    public S3ProxyMemory() {
        super("s3proxy-memory", "transient", "S3Proxy (in memory)");
    }

    @Override
    List<Versioning> versioning() {
        return List.of(Versioning.values());
    }
}
