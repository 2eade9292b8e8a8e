package dev.etalon.targets.client;

import dev.etalon.core.model.EntityTag;
import dev.etalon.core.model.Precondition;
import dev.etalon.core.target.Answer;
import dev.etalon.core.target.Client;
import dev.etalon.core.target.Request;
import dev.etalon.core.target.TargetUnavailableException;
import io.minio.BucketExistsArgs;
import io.minio.GetObjectArgs;
import io.minio.MakeBucketArgs;
import io.minio.MinioClient;
import io.minio.errors.ErrorResponseException;
import io.minio.errors.MinioException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.Arrays;
import java.util.Map;
import java.util.UUID;
import okhttp3.HttpUrl;

/**
 * How an S3 target is reached, and the steps that make it ready: bucket there, credentials right, and a stock SDK
 * (minio-java) seeing what our own client sees.
 *
 * @param endpoint base URL of the service
 * @param region region to sign for
 * @param accessKey access key id
 * @param secretKey secret access key
 * @param bucket bucket to write to; made when it is missing
 * @param options how to talk to it
 */
public record S3Access(
        HttpUrl endpoint, String region, String accessKey, String secretKey, String bucket, WireOptions options)
        implements Access {
    /** Reached over HTTP/1.1. */
    public S3Access(HttpUrl endpoint, String region, String accessKey, String secretKey, String bucket) {
        this(endpoint, region, accessKey, secretKey, bucket, WireOptions.DEFAULT);
    }

    /** Our own client for objects of the bucket. */
    @Override
    public WireClient client() {
        HttpUrl base =
                endpoint.newBuilder().addPathSegment(bucket).addPathSegment("").build();
        return new WireClient(base, new S3Signing(region, accessKey, secretKey, Clock.systemUTC()), options);
    }

    @Override
    public Client speaking(WireClient wire) {
        return new S3Client(wire, endpoint.newBuilder().addPathSegment(bucket).build());
    }

    @Override
    public RawWire raw() {
        return new RawWire(
                endpoint,
                Map.of("bucket", bucket),
                new S3Signing(region, accessKey, secretKey, Clock.systemUTC()),
                options);
    }

    /**
     * Makes sure that the bucket is there and both clients agree on one object.
     *
     * @throws TargetUnavailableException with one sentence that says what to do
     */
    @Override
    public void makeReady(Client own) throws TargetUnavailableException {
        try (MinioClient sdk = MinioClient.builder()
                .endpoint(endpoint)
                .region(region)
                .credentials(accessKey, secretKey)
                .httpClient(WireClient.harmless(options).build(), true)
                .build()) {
            ensureBucket(sdk);
            crossCheck(sdk, own);
        } catch (TargetUnavailableException e) {
            throw e;
        } catch (Exception e) {
            throw TargetUnavailableException.broken(sentence(e), e);
        }
    }

    private void ensureBucket(MinioClient sdk) throws MinioException, TargetUnavailableException {
        if (sdk.bucketExists(BucketExistsArgs.builder().bucket(bucket).build())) {
            return;
        }
        try {
            sdk.makeBucket(MakeBucketArgs.builder().bucket(bucket).build());
        } catch (ErrorResponseException e) {
            throw TargetUnavailableException.broken(
                    "The bucket does not exist and making it was refused ("
                            + e.errorResponse().code() + "): bucket="
                            + bucket + " at " + endpoint
                            + "; make it, or name one you may write to with etalon.bucket.",
                    e);
        }
    }

    /** An independent client must see the bytes and the tag that ours wrote: otherwise the harness is suspect. */
    private void crossCheck(MinioClient sdk, Client own)
            throws MinioException, IOException, TargetUnavailableException {
        String key = "etalon-cross-check-" + UUID.randomUUID();
        byte[] body = key.getBytes(StandardCharsets.UTF_8);
        Answer put = own.send(Request.put(key, Precondition.NONE, body));
        if (!put.successful()) {
            throw TargetUnavailableException.broken(refusal(put), null);
        }
        Answer get = own.send(Request.get(key));
        try (InputStream in =
                sdk.getObject(GetObjectArgs.builder().bucket(bucket).object(key).build())) {
            String tag = ((io.minio.GetObjectResponse) in).headers().get("ETag");
            EntityTag ownTag = get.tag();
            if (!Arrays.equals(in.readAllBytes(), get.body())
                    || ownTag == null
                    || !ownTag.value().equals(tag)) {
                throw TargetUnavailableException.broken(
                        "minio-java and Etalon's own client see different objects under one key: tag=" + tag
                                + " own=" + ownTag + " at " + endpoint
                                + "; nothing this harness says of the server can be trusted, please report it.",
                        null);
            }
        }
        sdk.removeObject(
                io.minio.RemoveObjectArgs.builder().bucket(bucket).object(key).build());
    }

    private String refusal(Answer put) {
        if (put.failure() != null) {
            return "Nothing usable answers at " + endpoint + " (" + put.detail()
                    + "); start the server, or correct etalon.url.";
        }
        return "A plain PUT into bucket " + bucket + " at " + endpoint + " was answered " + put.status()
                + (put.detail() == null ? "" : " " + put.detail())
                + "; name an S3 endpoint (etalon.url), a bucket Etalon may write to (etalon.bucket) and credentials that may"
                + " (etalon.access-key, etalon.secret-key).";
    }

    private String sentence(Exception e) {
        for (Throwable cause = e; cause != null; cause = cause.getCause()) {
            if (cause instanceof ErrorResponseException error) {
                int status = error.response() == null ? 0 : error.response().code();
                if (status == 401 || status == 403) {
                    return "The credentials were refused (" + status + " "
                            + error.errorResponse().code() + ") at "
                            + endpoint + "; correct etalon.access-key and etalon.secret-key, or their rights on bucket "
                            + bucket + ".";
                }
                return "The server answered a bucket request with " + status + " "
                        + error.errorResponse().code() + " at " + endpoint
                        + "; check that etalon.url names an S3 endpoint.";
            }
            if (cause instanceof IOException) {
                return "Nothing usable answers at " + endpoint + " (" + cause + "); start the server, or correct"
                        + " etalon.url.";
            }
        }
        return "No S3 service was found at " + endpoint + " (" + e + "); check that etalon.url names an S3 endpoint.";
    }
}
