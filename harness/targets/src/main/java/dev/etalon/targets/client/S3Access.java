package dev.etalon.targets.client;

import dev.etalon.core.model.EntityTag;
import dev.etalon.core.model.Precondition;
import dev.etalon.core.plan.Versioning;
import dev.etalon.core.target.Answer;
import dev.etalon.core.target.Client;
import dev.etalon.core.target.Request;
import dev.etalon.core.target.Settings;
import dev.etalon.core.target.TargetUnavailableException;
import io.minio.BucketExistsArgs;
import io.minio.GetBucketVersioningArgs;
import io.minio.GetObjectArgs;
import io.minio.MakeBucketArgs;
import io.minio.MinioClient;
import io.minio.SetBucketVersioningArgs;
import io.minio.errors.ErrorResponseException;
import io.minio.errors.MinioException;
import io.minio.messages.VersioningConfiguration;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
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
 * @param bucket bucket to write to; made when it is missing, else left as it is
 * @param versioning the kinds of buckets to write to, at least one. For {@link Versioning#OFF} it is that bucket; the others
 *     have buckets of their own, named after it and made when they are missing
 * @param options how to talk to it
 */
public record S3Access(
        HttpUrl endpoint,
        String region,
        String accessKey,
        String secretKey,
        String bucket,
        List<Versioning> versioning,
        WireOptions options)
        implements Access {
    public S3Access {
        versioning = List.copyOf(versioning);
    }

    /** One bucket, reached over HTTP/1.1. */
    public S3Access(HttpUrl endpoint, String region, String accessKey, String secretKey, String bucket) {
        this(endpoint, region, accessKey, secretKey, bucket, List.of(Versioning.OFF), WireOptions.DEFAULT);
    }

    /**
     * The kinds of buckets to race a server of ours in: those it has, as far as {@code etalon.versioning} names them.
     *
     * @param offered those it has
     * @param usual those where the setting names none
     * @throws TargetUnavailableException when it names only others
     * @throws IllegalArgumentException with a sentence for the user when the setting makes no sense
     */
    public static List<Versioning> chosen(Settings settings, List<Versioning> offered, List<Versioning> usual)
            throws TargetUnavailableException {
        List<Versioning> wanted = settings.versioning();
        if (wanted.isEmpty()) {
            return usual;
        }
        List<Versioning> both = wanted.stream().filter(offered::contains).toList();
        if (both.isEmpty()) {
            throw TargetUnavailableException.lacking(
                    "The target has no such buckets: etalon.versioning=" + Versioning.labels(wanted) + "; it can take "
                            + Versioning.labels(offered) + ".",
                    null);
        }
        return both;
    }

    private String name(Versioning kind) {
        return switch (kind) {
            case OFF -> bucket;
            // The same as those of the rules.
            case ENABLED -> bucket + "-etalon-versioned";
            case SUSPENDED -> bucket + "-etalon-suspended";
        };
    }

    private HttpUrl url(Versioning kind) {
        return endpoint.newBuilder().addPathSegment(name(kind)).build();
    }

    @Override
    public Map<String, String> settings() {
        return Map.of(
                "etalon.protocol", "s3",
                "etalon.url", endpoint.toString(),
                "etalon.region", region,
                "etalon.access-key", accessKey,
                "etalon.secret-key", secretKey,
                "etalon.bucket", bucket,
                "etalon.versioning", Versioning.labels(versioning));
    }

    /** Our own client for objects of the bucket. */
    @Override
    public WireClient client() {
        return new WireClient(
                folder(Versioning.OFF), new S3Signing(region, accessKey, secretKey, Clock.systemUTC()), options);
    }

    @Override
    public Client speaking(WireClient wire) {
        Map<Versioning, Client> clients = new EnumMap<>(Versioning.class);
        versioning.forEach(kind -> clients.put(kind, new S3Client(wire.below(folder(kind)), url(kind))));
        return new Buckets(wire, clients);
    }

    private HttpUrl folder(Versioning kind) {
        return url(kind).newBuilder().addPathSegment("").build();
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
     * Makes sure that the buckets are there, with versioning as asked for, and that both clients agree on one object.
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
            ensureBucket(sdk, bucket);
            for (Versioning kind : versioning) {
                ensure(sdk, kind);
            }
            crossCheck(sdk, own);
        } catch (TargetUnavailableException e) {
            throw e;
        } catch (Exception e) {
            throw TargetUnavailableException.broken(sentence(e), e);
        }
    }

    private void ensureBucket(MinioClient sdk, String name) throws MinioException, TargetUnavailableException {
        if (sdk.bucketExists(BucketExistsArgs.builder().bucket(name).build())) {
            return;
        }
        try {
            sdk.makeBucket(MakeBucketArgs.builder().bucket(name).build());
        } catch (ErrorResponseException e) {
            throw TargetUnavailableException.broken(
                    "The bucket does not exist and making it was refused ("
                            + e.errorResponse().code() + "): bucket="
                            + name + " at " + endpoint
                            + "; make it, or name one you may write to with etalon.bucket.",
                    e);
        }
    }

    /** A bucket of ours that keeps versions, or has done so; the user's own is left as it is. */
    private void ensure(MinioClient sdk, Versioning kind) throws MinioException, TargetUnavailableException {
        if (kind == Versioning.OFF) {
            return;
        }
        ensureBucket(sdk, name(kind));
        VersioningConfiguration.Status wanted = kind == Versioning.ENABLED
                ? VersioningConfiguration.Status.ENABLED
                : VersioningConfiguration.Status.SUSPENDED;
        try {
            if (sdk.getBucketVersioning(GetBucketVersioningArgs.builder()
                                    .bucket(name(kind))
                                    .build())
                            .status()
                    != wanted) {
                sdk.setBucketVersioning(SetBucketVersioningArgs.builder()
                        .bucket(name(kind))
                        .config(new VersioningConfiguration(wanted, null, null, null))
                        .build());
            }
        } catch (ErrorResponseException e) {
            throw TargetUnavailableException.broken(
                    "Versioning could not be set (" + e.errorResponse().code() + "): bucket=" + name(kind)
                            + " versioning=" + kind.label() + " at " + endpoint
                            + "; leave it out of etalon.versioning, or let this user set it.",
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
