package dev.etalon.targets.client;

import io.minio.Signer;
import io.minio.errors.MinioException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Clock;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.HexFormat;
import okhttp3.HttpUrl;
import okhttp3.Request;
import org.jspecify.annotations.Nullable;

/**
 * Signs requests with AWS Signature Version 4, payload included, by minio-java's signer. Thread-safe.
 *
 * <p>The whole body is known and hashed before anything is sent, so holding back its last byte leaves the signature valid.
 *
 * @param region the region of the bucket
 * @param accessKey access key id
 * @param secretKey secret access key
 * @param clock where the signing time comes from
 */
public record S3Signing(String region, String accessKey, String secretKey, Clock clock)
        implements WireClient.Signing, RawWire.Signing {
    private static final DateTimeFormatter AMZ_DATE =
            DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmss'Z'").withZone(ZoneOffset.UTC);

    /** As long as anybody waits for an answer; a presigned URL is used at once here. */
    private static final int EXPIRES_SECONDS = 300;

    @Override
    public Request sign(Request request, byte @Nullable [] body) {
        String inChunks = request.header("x-amz-content-sha256");
        String hash = inChunks == null ? sha256(body == null ? new byte[0] : body) : inChunks;
        Request dated =
                dated(request).newBuilder().header("x-amz-content-sha256", hash).build();
        try {
            return Signer.signV4S3(dated, region, accessKey, secretKey, hash);
        } catch (MinioException e) {
            throw new IllegalStateException("a request could not be signed: url=" + request.url(), e);
        }
    }

    @Override
    public boolean takesChunks() {
        return true;
    }

    @Override
    public Request presign(Request request) {
        try {
            HttpUrl url = Signer.presignV4(dated(request), region, accessKey, secretKey, EXPIRES_SECONDS);
            return request.newBuilder().url(url).header("Host", host(url)).build();
        } catch (MinioException e) {
            throw new IllegalStateException("a request could not be presigned: url=" + request.url(), e);
        }
    }

    private Request dated(Request request) {
        return request.newBuilder()
                .header("Host", host(request.url()))
                .header("x-amz-date", AMZ_DATE.format(clock.instant()))
                .build();
    }

    private static String host(HttpUrl url) {
        String name = url.host().contains(":") ? "[" + url.host() + "]" : url.host();
        return url.port() == HttpUrl.defaultPort(url.scheme()) ? name : name + ":" + url.port();
    }

    private static String sha256(byte[] bytes) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }

    /** Never the secret. */
    @Override
    public String toString() {
        return "S3Signing[region=" + region + ", accessKey=" + accessKey + "]";
    }
}
