package dev.etalon.targets.container;

import dev.etalon.core.plan.Capability;
import dev.etalon.core.plan.Protocol;
import dev.etalon.targets.client.Access;
import dev.etalon.targets.client.S3Access;
import dev.etalon.targets.client.WireOptions;
import java.util.EnumSet;
import okhttp3.HttpUrl;

/** MinIO, the last community code, one node and one drive: {@code docker/minio/}. */
public final class MinioTarget extends ContainerTarget {
    private static final int PORT = 9000;

    public MinioTarget() {
        super(
                "minio",
                Protocol.S3,
                "MinIO 2026-02-12",
                PORT,
                // Conditions on DELETE (minio/minio#21677), DeleteObjects and the destination of CopyObject are
                // ignored.
                EnumSet.of(
                        Capability.PUT_IF_MATCH,
                        Capability.PUT_IF_NONE_MATCH,
                        Capability.COMPLETE_IF_MATCH,
                        Capability.COMPLETE_IF_NONE_MATCH));
    }

    @Override
    Access access(HttpUrl url, WireOptions options) {
        // The credentials of docker/minio/Dockerfile.
        return new S3Access(url, "us-east-1", "etalon", "etalon-secret", "etalon", options);
    }
}
