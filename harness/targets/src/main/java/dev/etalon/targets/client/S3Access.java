package dev.etalon.targets.client;

import dev.etalon.core.model.EntityTag;
import dev.etalon.core.model.Precondition;
import dev.etalon.core.model.Printable;
import dev.etalon.core.model.SafeUrl;
import dev.etalon.core.plan.NameForm;
import dev.etalon.core.plan.Versioning;
import dev.etalon.core.target.Answer;
import dev.etalon.core.target.Client;
import dev.etalon.core.target.RawAnswer;
import dev.etalon.core.target.RawField;
import dev.etalon.core.target.RawRequest;
import dev.etalon.core.target.Request;
import dev.etalon.core.target.Settings;
import dev.etalon.core.target.TargetUnavailableException;
import io.minio.BucketExistsArgs;
import io.minio.GetBucketVersioningArgs;
import io.minio.GetObjectArgs;
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
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import okhttp3.HttpUrl;
import org.jspecify.annotations.Nullable;

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
    /** The region that Amazon S3 had first: a bucket there is made without saying where. */
    static final String DEFAULT_REGION = "us-east-1";

    /** Another process of ours was there first. */
    private static final String OWNED = "BucketAlreadyOwnedByYou";

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

    @Override
    public String url() {
        return SafeUrl.of(endpoint.toString());
    }

    /** Our own client for objects of the bucket. */
    @Override
    public Set<NameForm> names() {
        return EnumSet.allOf(NameForm.class);
    }

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
            list();
        } catch (TargetUnavailableException e) {
            throw TargetUnavailableException.broken(e.getMessage() + suspicion(), e);
        } catch (Exception e) {
            throw TargetUnavailableException.broken(sentence(e) + suspicion(), e);
        }
    }

    /** A request of ours and not of the SDK, which names us-east-1 as a constraint, and some servers refuse that. */
    private void ensureBucket(MinioClient sdk, String name) throws MinioException, TargetUnavailableException {
        if (sdk.bucketExists(BucketExistsArgs.builder().bucket(name).build())) {
            return;
        }
        RawAnswer answer;
        try (RawWire wire = raw()) {
            answer = wire.send(new RawRequest(
                            "PUT", List.of(name), List.of(), List.of(), constraint(), RawRequest.Credentials.USUAL))
                    .answer();
        }
        boolean made = answer.failure() == null && answer.status() >= 200 && answer.status() < 300;
        String words = ServerWords.of(answer);
        if (!made && !words.contains(OWNED)) {
            throw TargetUnavailableException.broken(
                    "The bucket does not exist and making it was answered " + words + ": bucket=" + name + " at "
                            + url() + "; make it, or name one you may write to with etalon.bucket.",
                    null);
        }
    }

    /** Where the bucket is to be; null for the region that needs none and takes none. */
    private byte @Nullable [] constraint() {
        return region.equals(DEFAULT_REGION)
                ? null
                : ("<CreateBucketConfiguration xmlns=\"http://s3.amazonaws.com/doc/2006-03-01/\"><LocationConstraint>"
                                + region + "</LocationConstraint></CreateBucketConfiguration>")
                        .getBytes(StandardCharsets.UTF_8);
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
                    "Versioning could not be set (" + words(e) + "): bucket=" + name(kind)
                            + " versioning=" + kind.label() + " at " + url()
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
                                + " own=" + ownTag + " at " + url()
                                + "; nothing this harness says of the server can be trusted, please report it.",
                        null);
            }
        }
        sdk.removeObject(
                io.minio.RemoveObjectArgs.builder().bucket(bucket).object(key).build());
    }

    /** A server that takes every PUT takes those of S3 too: only a list of the bucket, or its refusal, shows the protocol. */
    private void list() throws TargetUnavailableException {
        RawAnswer answer;
        try (RawWire wire = raw()) {
            answer = wire.send(new RawRequest(
                            "GET",
                            List.of(bucket),
                            List.of(new RawField("list-type", "2"), new RawField("max-keys", "1")),
                            List.of(),
                            null,
                            RawRequest.Credentials.USUAL))
                    .answer();
        }
        if (answer.failure() == null && !Access.speaksS3(answer)) {
            throw TargetUnavailableException.broken(
                    "The list of the bucket is none of S3: it was answered " + ServerWords.of(answer) + " at " + url()
                            + "; check that etalon.url names an S3 endpoint.",
                    null);
        }
    }

    /** What the server speaks, when it is not what it was asked in. */
    private String suspicion() {
        RawAnswer answer = atBase();
        return answer.failure() != null || Access.speaksS3(answer)
                ? ""
                : " Nothing in its answers is of S3: if it is a plain HTTP server, set etalon.protocol=http.";
    }

    private String refusal(Answer put) {
        if (put.failure() != null) {
            return "Nothing usable answers at " + url() + " (" + put.detail()
                    + "); start the server, or correct etalon.url.";
        }
        return "A plain PUT into bucket " + bucket + " at " + url() + " was answered " + ServerWords.of(put)
                + "; name an S3 endpoint (etalon.url), a bucket Etalon may write to (etalon.bucket) and credentials that may"
                + " (etalon.access-key, etalon.secret-key).";
    }

    private static String words(ErrorResponseException e) {
        int status = e.response() == null ? 0 : e.response().code();
        String message = e.errorResponse().message();
        return status + " " + Printable.of(String.valueOf(e.errorResponse().code()))
                + (message == null || message.isBlank() ? "" : ": \"" + Printable.of(message.strip()) + "\"");
    }

    private String sentence(Exception e) {
        for (Throwable cause = e; cause != null; cause = cause.getCause()) {
            if (cause instanceof ErrorResponseException error) {
                int status = error.response() == null ? 0 : error.response().code();
                if (status == 401 || status == 403) {
                    return "The credentials were refused (" + words(error) + ") at " + url()
                            + "; correct etalon.access-key and etalon.secret-key, or their rights on bucket " + bucket
                            + ".";
                }
                return "The server answered a bucket request with " + words(error) + " at " + url()
                        + "; check that etalon.url names an S3 endpoint.";
            }
            if (cause instanceof IOException) {
                return "Nothing usable answers at " + url() + " (" + cause + "); start the server, or correct"
                        + " etalon.url.";
            }
        }
        return "No S3 service was found at " + url() + " (" + Printable.of(String.valueOf(e))
                + "); check that etalon.url names an S3 endpoint.";
    }

    /** Never the secret. */
    @Override
    public String toString() {
        return "S3Access[endpoint=" + url() + ", region=" + region + ", bucket=" + bucket + "]";
    }
}
