package dev.etalon.targets.embedded;

/** S3Proxy with its file system store. */
public final class S3ProxyFilesystem extends S3ProxyTarget {
    public S3ProxyFilesystem() {
        super("s3proxy-filesystem", "filesystem", "S3Proxy (file system)");
    }
}
