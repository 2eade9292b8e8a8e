package dev.etalon.targets.container;

import dev.etalon.core.plan.Protocol;
import dev.etalon.targets.client.Access;
import dev.etalon.targets.client.S3Access;
import dev.etalon.targets.client.WireOptions;
import okhttp3.HttpUrl;

/** MinIO, the last community code, one node and one drive: {@code docker/minio/}. */
public final class MinioTarget extends ContainerTarget {
    private static final int PORT = 9000;

    public MinioTarget() {
        super("minio", Protocol.S3, "MinIO 2026-02-12", PORT);
    }

    @Override
    Access access(HttpUrl url, WireOptions options) {
        // The credentials of docker/minio/Dockerfile.
        return new S3Access(url, "us-east-1", "etalon", "etalon-secret", "etalon", options);
    }
}
