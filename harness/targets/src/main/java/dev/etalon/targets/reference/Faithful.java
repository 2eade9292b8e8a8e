package dev.etalon.targets.reference;

import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A faithful server in every dialect: RFC 9110 by {@link HttpRegister}, and the S3 API as Amazon documents its conditional
 * requests, one class upon the other: {@link S3Answers} (what becomes of a condition), {@link S3Buckets}, {@link S3Objects},
 * {@link S3BatchDeletes}, {@link S3Copies} and {@link S3Uploads}; in directory buckets RenameObject, and conditions on size
 * and date ({@link Directory}); bucket policies that demand conditions ({@link Policy}). Here is what leads from a request to
 * each.
 *
 * <p>Thread-safe.
 */
public class Faithful extends S3Uploads {
    /** A server that takes writes without conditions too. */
    public Faithful(Manner manner) {
        this(manner, false);
    }

    /**
     * An empty server.
     *
     * @param demanding whether a plain HTTP write without a condition is answered 428 (RFC 6585 §3)
     */
    public Faithful(Manner manner, boolean demanding) {
        super(manner, demanding);
    }

    @Override
    public Reply answer(Call call) {
        if (!manner().s3()) {
            return super.answer(call);
        }
        String key = call.name();
        int slash = key.indexOf('/');
        String bucket = slash < 0 ? key : key.substring(0, slash);
        boolean object = slash >= 0 && slash < key.length() - 1;
        if (bucket.isEmpty()) {
            return error(501, "NotImplemented", "Listing buckets is not part of this subset.");
        }
        if (!hasBucket(bucket) && (object || !call.method().equals("PUT"))) {
            return error(404, "NoSuchBucket", "There is no such bucket: " + bucket + "; make it.");
        }
        if (!object) {
            return bucket(call, bucket);
        }
        Policy policy = policyOf(bucket);
        String denied = policy == null ? null : denied(call, policy);
        return denied == null
                ? object(call, key)
                : error(403, "AccessDenied", "The policy of the bucket denies it: action=" + denied + ".");
    }

    /** What a policy denies of all that a request asks for; null for nothing. */
    private @Nullable String denied(Call call, Policy policy) {
        return actions(call)
                .filter(action -> policy.denies(action, key -> has(call, key)))
                .findFirst()
                .orElse(null);
    }

    /** Whether a request has what a condition key of a policy stands for, such as {@code s3:if-none-match}. */
    protected boolean has(Call call, String conditionKey) {
        return call.condition(conditionKey.substring(conditionKey.indexOf(':') + 1)) != null;
    }

    /** What one must be allowed to do for a request; beginning an upload and sending its parts is free. */
    protected Stream<String> actions(Call call) {
        boolean upload = call.parameters().containsKey("uploadId");
        String tag = call.condition("If-Match");
        // Whoever learns whether a tag is the current one has read something of the object.
        Stream<String> reading = tag == null || tag.strip().equals("*") ? Stream.of() : Stream.of("s3:GetObject");
        return switch (call.method()) {
            case "GET", "HEAD" -> upload ? Stream.of() : Stream.of("s3:GetObject");
            case "PUT" -> upload ? Stream.of() : Stream.concat(Stream.of("s3:PutObject"), reading);
            case "POST" -> upload ? Stream.concat(Stream.of("s3:PutObject"), reading) : Stream.of();
            case "DELETE" -> upload ? Stream.of() : Stream.concat(Stream.of("s3:DeleteObject"), reading);
            default -> Stream.of();
        };
    }

    /** The answer to a request whose signature is missing or wrong; null would let it in. */
    protected @Nullable Reply denied(Call call, String code, String message) {
        return error(403, code, message);
    }

    private Reply object(Call call, String key) {
        Map<String, String> query = call.parameters();
        String upload = query.get("uploadId");
        return switch (call.method()) {
            case "GET" -> upload != null ? listParts(upload) : read(call, key);
            case "HEAD" -> read(call, key);
            case "PUT" ->
                upload != null
                        ? uploadPart(call, upload)
                        : query.containsKey("renameObject")
                                ? rename(call, key)
                                : call.header("x-amz-copy-source") != null ? copy(call, key) : put(call, key);
            case "POST" ->
                query.containsKey("uploads")
                        ? createUpload(call, key)
                        : upload != null ? complete(call, key, upload) : unsupported("POST");
            case "DELETE" -> upload != null ? abort(call, key, upload) : delete(call, key);
            default -> error(405, "MethodNotAllowed", "The method is not part of this subset: " + call.method() + ".");
        };
    }

    private Reply bucket(Call call, String bucket) {
        Map<String, String> query = call.parameters();
        return switch (call.method()) {
            case "HEAD" ->
                Directory.has(bucket) ? Reply.of(200).with(Directory.LOCATION, "AvailabilityZone") : Reply.of(200);
            case "PUT" ->
                query.containsKey("versioning")
                        ? setVersioning(call, bucket)
                        : query.containsKey("policy") ? setPolicy(call, bucket) : makeBucket(bucket);
            case "GET" ->
                query.containsKey("location")
                        ? Reply.xml(200, Xml.document("LocationConstraint", xml -> {}))
                        : query.containsKey("versioning")
                                ? versioning(bucket)
                                : query.containsKey("uploads") ? listUploads(bucket) : list(bucket, query);
            case "POST" -> query.containsKey("delete") ? deleteObjects(call, bucket) : unsupported("POST");
            case "DELETE" -> dropBucket(bucket);
            default -> error(405, "MethodNotAllowed", "The method is not part of this subset: " + call.method() + ".");
        };
    }
}
