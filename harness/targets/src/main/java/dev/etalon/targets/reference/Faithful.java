package dev.etalon.targets.reference;

import java.io.ByteArrayOutputStream;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.Lock;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.w3c.dom.Element;
import org.xml.sax.SAXException;

/**
 * A faithful server in every dialect: RFC 9110 by {@link HttpRegister}, and here the S3 API as Amazon documents its
 * conditional requests: PutObject, GetObject, HeadObject, DeleteObject, DeleteObjects, CopyObject, multipart uploads,
 * versioning with delete markers; in directory buckets RenameObject, and conditions on size and date ({@link Directory});
 * bucket policies that demand conditions ({@link Policy}).
 *
 * <p>Thread-safe.
 */
public class Faithful extends HttpRegister {
    /** The prefix of the conditions on the source of a copy. */
    static final String SOURCE = "x-amz-copy-source-";

    private static final String RENAMED = "x-amz-rename-source-";

    /** One id for all that is kept while versioning is off or suspended. */
    private static final String UNVERSIONED = "null";

    private static final Pattern BARE_TAG = Pattern.compile("\"?([^\",\\s*]+)\"?");
    private static final int PARTS_MAX = 10_000;

    private final ConcurrentMap<String, Versioning> buckets = new ConcurrentHashMap<>();
    private final ConcurrentMap<String, Policy> policies = new ConcurrentHashMap<>();
    private final ConcurrentMap<String, Upload> uploads = new ConcurrentHashMap<>();
    private final AtomicLong ids = new AtomicLong();

    /** Whether a bucket keeps versions. */
    public enum Versioning {
        OFF,
        ENABLED,
        SUSPENDED
    }

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

    // Routing

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
        if (!buckets.containsKey(bucket) && (object || !call.method().equals("PUT"))) {
            return error(404, "NoSuchBucket", "There is no such bucket: " + bucket + "; make it.");
        }
        if (!object) {
            return bucket(call, bucket);
        }
        Policy policy = policies.get(bucket);
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

    // Buckets

    private Reply makeBucket(String bucket) {
        return buckets.putIfAbsent(bucket, Versioning.OFF) == null
                ? Reply.of(200).with("Location", "/" + bucket)
                : error(409, "BucketAlreadyOwnedByYou", "The bucket is there already: " + bucket + ".");
    }

    private Reply dropBucket(String bucket) {
        if (keys(bucket).findAny().isPresent()) {
            return error(409, "BucketNotEmpty", "The bucket has objects or versions of them: " + bucket + ".");
        }
        buckets.remove(bucket);
        policies.remove(bucket);
        return Reply.of(204);
    }

    private Reply setPolicy(Call call, String bucket) {
        Optional<Policy> policy = Policy.of(call.body());
        policy.ifPresent(one -> policies.put(bucket, one));
        return policy.isPresent()
                ? Reply.of(204)
                : error(
                        501,
                        "NotImplemented",
                        "Of policies only denials are part of this subset, with no condition but Null.");
    }

    private Reply setVersioning(Call call, String bucket) {
        Element root = parsed(call.body());
        String status = root == null ? null : Xml.text(root, "Status");
        if (!"Enabled".equals(status) && !"Suspended".equals(status)) {
            return error(400, "MalformedXML", "Status must be Enabled or Suspended: Status=" + status + ".");
        }
        buckets.put(bucket, status.equals("Enabled") ? Versioning.ENABLED : Versioning.SUSPENDED);
        return Reply.of(200);
    }

    private Reply versioning(String bucket) {
        Versioning versioning = versioningOf(bucket);
        String status =
                versioning == Versioning.OFF ? null : versioning == Versioning.ENABLED ? "Enabled" : "Suspended";
        return Reply.xml(200, Xml.document("VersioningConfiguration", xml -> xml.element("Status", status)));
    }

    /** Whether a bucket, or the one of an object, keeps versions. */
    protected final Versioning versioningOf(String key) {
        String bucket = key.substring(0, key.indexOf('/') < 0 ? key.length() : key.indexOf('/'));
        return buckets.getOrDefault(bucket, Versioning.OFF);
    }

    private Stream<Map.Entry<String, Line>> keys(String bucket) {
        return new TreeMap<>(lines())
                .entrySet().stream()
                        .filter(entry -> entry.getKey().startsWith(bucket + "/")
                                && !entry.getValue().versions().isEmpty());
    }

    private Reply list(String bucket, Map<String, String> query) {
        String prefix = bucket + "/" + query.getOrDefault("prefix", "");
        boolean versions = query.containsKey("versions");
        List<Map.Entry<String, Line>> found =
                keys(bucket).filter(entry -> entry.getKey().startsWith(prefix)).toList();
        return Reply.xml(200, Xml.document(versions ? "ListVersionsResult" : "ListBucketResult", xml -> {
            xml.element("Name", bucket);
            xml.element("Prefix", query.getOrDefault("prefix", ""));
            xml.element("IsTruncated", "false");
            for (Map.Entry<String, Line> entry : found) {
                Line line = entry.getValue();
                String name = entry.getKey().substring(bucket.length() + 1);
                for (Stored stored : versions
                        ? line.versions()
                        : Stream.ofNullable(line.current()).toList()) {
                    xml.element(versions ? (stored.marker() ? "DeleteMarker" : "Version") : "Contents", item -> {
                        item.element("Key", name);
                        if (versions) {
                            item.element("VersionId", stored.id());
                            item.element("IsLatest", Boolean.toString(stored == line.newest()));
                        }
                        item.element("LastModified", stored.modified().toString());
                        item.element("ETag", stored.marker() ? null : stored.tag());
                        item.element("Size", stored.marker() ? null : Integer.toString(stored.body().length));
                    });
                }
            }
        }));
    }

    // Objects

    @Override
    protected Reply read(Call call, String key) {
        String id = call.parameters().get("versionId");
        if (id == null) {
            return super.read(call, key);
        }
        Stored stored = shown(call, key).version(id).orElse(null);
        if (stored == null) {
            return error(404, "NoSuchVersion", "There is no such version: versionId=" + id + ".");
        }
        return stored.marker()
                ? error(405, "MethodNotAllowed", "The version is a delete marker: versionId=" + id + ".")
                        .with("x-amz-delete-marker", "true")
                : read(call, stored);
    }

    @Override
    protected Reply representation(Call call, Stored stored) {
        Reply whole = super.representation(call, stored);
        String part = manner().s3() ? call.parameters().get("partNumber") : null;
        return told(part == null ? whole : part(whole, stored, partNumber(part)), stored);
    }

    /** One of the parts that an object was uploaded in. */
    private static Reply part(Reply whole, Stored stored, int number) {
        int length = stored.body().length;
        List<Integer> parts = stored.parts().isEmpty() ? List.of(length) : stored.parts();
        if (number < 1 || number > parts.size()) {
            return error(416, "InvalidPartNumber", "There is no such part: partNumber=" + number + ".");
        }
        int from = parts.stream().limit(number - 1L).mapToInt(Integer::intValue).sum();
        int to = from + parts.get(number - 1);
        return whole.as(206)
                .with("Content-Range", "bytes " + from + "-" + (to - 1) + "/" + length)
                .with("x-amz-mp-parts-count", Integer.toString(parts.size()))
                .with(Arrays.copyOfRange(stored.body(), from, to));
    }

    @Override
    protected Reply written(Reply reply, Stored stored) {
        return told(super.written(reply, stored), stored);
    }

    /** An answer with the id of the version it is about, where there are several. */
    private Reply told(Reply reply, Stored stored) {
        return stored.id().equals(UNVERSIONED) ? reply : reply.with("x-amz-version-id", stored.id());
    }

    @Override
    protected String versionId(String key) {
        return manner().s3() && versioningOf(key) == Versioning.ENABLED
                ? String.format("v%031d", ids.incrementAndGet())
                : UNVERSIONED;
    }

    @Override
    protected Reply put(Call call, String key) {
        String hash = call.header("x-amz-content-sha256");
        boolean hashed = manner().s3() && hash != null && hash.matches("\\p{XDigit}{64}");
        if (manner().s3() && hash != null && hash.startsWith("STREAMING")) {
            return notImplemented("x-amz-content-sha256");
        }
        return hashed && !hash.equalsIgnoreCase(hex(digest("SHA-256", call.body())))
                ? error(400, "XAmzContentSHA256Mismatch", "The body is not the one that was signed.")
                : super.put(call, key);
    }

    @Override
    protected Reply delete(Call call, String key) {
        String id = call.parameters().get("versionId");
        return !manner().s3() ? super.delete(call, key) : delete(call, key, id, writeFields(call));
    }

    /** Deletes an object, by a marker where versions are kept, or one version of it for good. */
    protected Reply delete(Call call, String key, @Nullable String id, Fields fields) {
        return change(call, key, fields, line -> {
            if (id != null) {
                return new Changed(line.without(id), Reply.of(204).with("x-amz-version-id", id));
            }
            if (versioningOf(key) == Versioning.OFF) {
                return new Changed(line.without(UNVERSIONED), Reply.of(204));
            }
            Stored marker = new Stored(versionId(key), new byte[0], "", now(), true);
            return new Changed(line.with(marker), told(Reply.of(204), marker).with("x-amz-delete-marker", "true"));
        });
    }

    /** DeleteObjects: each object by itself, with a condition of its own. */
    protected Reply deleteObjects(Call call, String bucket) {
        Element root = parsed(call.body());
        if (root == null) {
            return error(400, "MalformedXML", "The body must be a Delete document.");
        }
        boolean quiet = "true".equals(Xml.text(root, "Quiet"));
        List<Deleted> all = new ArrayList<>();
        for (Element object : Xml.children(root, "Object")) {
            String key = String.valueOf(Xml.text(object, "Key"));
            Fields fields = objectFields(object);
            all.add(new Deleted(key, delete(call, bucket + "/" + key, Xml.text(object, "VersionId"), fields)));
        }
        return Reply.xml(200, Xml.document("DeleteResult", xml -> {
            for (Deleted deleted : all) {
                Element error = parsed(deleted.reply.body());
                if (error != null) {
                    xml.element("Error", item -> {
                        item.element("Key", deleted.key);
                        // Directory buckets have a spelling of their own.
                        item.element(
                                "Code",
                                Directory.has(bucket) && deleted.reply.status() == 412
                                        ? "412 Precondition Failed"
                                        : Xml.text(error, "Code"));
                        item.element("Message", Xml.text(error, "Message"));
                    });
                } else if (!quiet) {
                    xml.element("Deleted", item -> {
                        item.element("Key", deleted.key);
                        item.element("DeleteMarker", deleted.reply.headers().get("x-amz-delete-marker"));
                        item.element(
                                "DeleteMarkerVersionId", deleted.reply.headers().get("x-amz-version-id"));
                    });
                }
            }
        }));
    }

    /** What became of one object of a DeleteObjects request. */
    private record Deleted(String key, Reply reply) {}

    /** The tag that an object of a DeleteObjects request must have. */
    protected @Nullable String objectTag(Element object) {
        return Xml.text(object, "ETag");
    }

    private Fields objectFields(Element object) {
        return name -> switch (name) {
            case "If-Match" -> objectTag(object);
            case Directory.SIZE -> Xml.text(object, "Size");
            case Directory.MODIFIED -> Xml.text(object, "LastModifiedTime");
            default -> null;
        };
    }

    // Copies

    /** CopyObject: conditions on the source, and on the destination, at one instant. */
    protected Reply copy(Call call, String key) {
        Lock everything = everything();
        everything.lock();
        try {
            Source source = source(call, SOURCE, sourceFields(call));
            if (source.stored == null) {
                return source.refusal;
            }
            byte[] body = source.stored.body();
            return change(call, key, writeFields(call), line -> {
                Changed changed = put(key, line, body);
                Stored copy = changed.line().newest();
                return copy == null ? changed : new Changed(changed.line(), copied("CopyObjectResult", changed, copy));
            });
        } finally {
            everything.unlock();
        }
    }

    private static Reply copied(String root, Changed changed, Stored copy) {
        Reply reply = changed.reply();
        String document = Xml.document(root, xml -> {
            xml.element("LastModified", copy.modified().toString());
            xml.element("ETag", copy.tag());
        });
        return reply.with("Content-Type", "application/xml").with(utf8(document));
    }

    /** What is copied, or why it is not. */
    private record Source(@Nullable Stored stored, Reply refusal) {}

    /** The path that {@code x-amz-copy-source}, or its like, names. */
    private static String sourcePath(Call call, String prefix) {
        String header = String.valueOf(call.header(prefix.substring(0, prefix.length() - 1)));
        String named = URLDecoder.decode(header.replace("+", "%2B"), StandardCharsets.UTF_8);
        return named.startsWith("/") ? named.substring(1) : named;
    }

    private Source source(Call call, String prefix, Fields fields) {
        String path = sourcePath(call, prefix);
        int at = path.indexOf("?versionId=");
        Line line = shown(call, at < 0 ? path : path.substring(0, at));
        Stored stored = at < 0
                ? line.current()
                : line.version(path.substring(at + "?versionId=".length())).orElse(null);
        if (stored == null || stored.marker()) {
            return new Source(null, error(404, "NoSuchKey", "There is nothing to copy at " + path + "."));
        }
        Reply refusal = refusalOfAny(fields, prefix, stored);
        return refusal == null ? new Source(stored, Reply.of(200)) : new Source(null, refusal);
    }

    /** Why all four conditions do not let a write through; null when they do. What would be 304 to a read is 412. */
    private @Nullable Reply refusalOfAny(Fields fields, String prefix, @Nullable Stored stored) {
        Verdict verdict = evaluate(fields, stored, true);
        if (verdict instanceof Verdict.NotModified) {
            boolean tag = fields.value("If-None-Match") != null;
            verdict = new Verdict.Failed(tag ? "If-None-Match" : "If-Modified-Since");
        }
        return verdict instanceof Verdict.Failed failed
                ? failed(prefix + failed.condition(), stored)
                : refusal(verdict, stored);
    }

    /** The conditions on the source of a copy. */
    protected Fields sourceFields(Call call) {
        return name -> heeded(name, call.header(SOURCE + name));
    }

    /** RenameObject: conditions on source and destination, dates too; the object keeps its tag. */
    protected Reply rename(Call call, String key) {
        if (!Directory.has(key)) {
            return notImplemented("x-amz-rename-source");
        }
        Lock everything = everything();
        everything.lock();
        try {
            Fields sourceFields = name -> heeded(name, call.header(RENAMED + name));
            Source source = source(call, RENAMED, sourceFields);
            if (source.stored == null) {
                return source.refusal;
            }
            Reply refusal = refusalOfAny(renameFields(call), "", line(call, key).current());
            if (refusal != null) {
                return refusal;
            }
            String from = sourcePath(call, RENAMED);
            commit(call, from, line(call, from).without(UNVERSIONED));
            commit(call, key, line(call, key).with(source.stored));
            return Reply.of(200);
        } finally {
            everything.unlock();
        }
    }

    /** The conditions on the destination of a rename. */
    protected Fields renameFields(Call call) {
        return name -> heeded(name, call.header(name));
    }

    // Multipart uploads

    private Reply createUpload(Call call, String key) {
        String id = String.format("u%031d", ids.incrementAndGet());
        uploads.put(id, new Upload(key, line(call, key), now(), Map.of()));
        return Reply.xml(200, Xml.document("InitiateMultipartUploadResult", xml -> {
            xml.element("Bucket", key.substring(0, key.indexOf('/')));
            xml.element("Key", key.substring(key.indexOf('/') + 1));
            xml.element("UploadId", id);
        }));
    }

    private Reply uploadPart(Call call, String id) {
        int number = partNumber(call.parameters().get("partNumber"));
        if (number < 1 || number > PARTS_MAX) {
            return error(400, "InvalidArgument", "partNumber must be 1.." + PARTS_MAX + ": partNumber=" + number + ".");
        }
        boolean copied = call.header("x-amz-copy-source") != null;
        Source source = copied ? source(call, SOURCE, sourceFields(call)) : new Source(null, Reply.of(200));
        if (copied && source.stored == null) {
            return source.refusal;
        }
        byte[] body = source.stored == null ? call.body() : source.stored.body();
        Instant now = now();
        Stored part = new Stored(UNVERSIONED, body, md5(body), now, false);
        if (uploads.computeIfPresent(id, (same, upload) -> upload.with(number, part)) == null) {
            return noUpload(id);
        }
        Reply reply = Reply.of(200).with("ETag", part.tag());
        return copied ? copied("CopyPartResult", new Changed(Line.EMPTY, reply), part) : reply;
    }

    private static int partNumber(@Nullable String text) {
        return text != null && text.matches("\\d{1,5}") ? Integer.parseInt(text) : 0;
    }

    /** An upload that is not finished; null when there is none. */
    protected final @Nullable Upload upload(String id) {
        return uploads.get(id);
    }

    /** CompleteMultipartUpload: its condition is looked at when the object comes into being. */
    protected Reply complete(Call call, String key, String id) {
        Upload upload = uploads.get(id);
        if (upload == null || !upload.key().equals(key)) {
            return noUpload(id);
        }
        Element root = parsed(call.body());
        if (root == null) {
            return error(400, "MalformedXML", "The body must be a CompleteMultipartUpload document.");
        }
        List<Stored> parts = new ArrayList<>();
        for (Element part : Xml.children(root, "Part")) {
            Stored stored = upload.parts().get(partNumber(Xml.text(part, "PartNumber")));
            String tag = Xml.text(part, "ETag");
            if (stored == null || tag == null || !stored.tag().replace("\"", "").equals(tag.replace("\"", ""))) {
                return error(400, "InvalidPart", "There is no such part: ETag=" + tag + ".");
            }
            parts.add(stored);
        }
        if (parts.isEmpty()) {
            return error(400, "MalformedXML", "An object needs one part or more.");
        }
        return change(call, key, writeFields(call), line -> {
            if (overtaken(call, upload, line)) {
                return new Changed(line, conflict(call));
            }
            if (!uploads.remove(id, upload)) {
                return new Changed(line, noUpload(id));
            }
            Instant now = now();
            List<Integer> lengths =
                    parts.stream().map(part -> part.body().length).toList();
            Stored whole = new Stored(versionId(key), joined(parts), joinedTag(parts), now, false, lengths);
            return new Changed(line.with(whole), completed(key, whole));
        });
    }

    /** Whether the object was changed while it was uploaded, so that a condition conflicts (Amazon S3 only). */
    protected boolean overtaken(Call call, Upload upload, Line line) {
        boolean conditional = call.condition("If-Match") != null || call.condition("If-None-Match") != null;
        return manner() == Manner.AWS && conditional && !upload.undisturbed(line);
    }

    private Reply completed(String key, Stored whole) {
        String document = Xml.document("CompleteMultipartUploadResult", xml -> {
            xml.element("Location", "/" + key);
            xml.element("Bucket", key.substring(0, key.indexOf('/')));
            xml.element("Key", key.substring(key.indexOf('/') + 1));
            xml.element("ETag", whole.tag());
        });
        return told(Reply.xml(200, document), whole);
    }

    private static byte[] joined(List<Stored> parts) {
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        parts.forEach(part -> body.writeBytes(part.body()));
        return body.toByteArray();
    }

    /** The tag of an object of parts: a hash of their hashes, and their number. */
    protected String joinedTag(List<Stored> parts) {
        ByteArrayOutputStream hashes = new ByteArrayOutputStream();
        parts.forEach(part -> hashes.writeBytes(digest("MD5", part.body())));
        return "\"" + hex(digest("MD5", hashes.toByteArray())) + "-" + parts.size() + "\"";
    }

    /** AbortMultipartUpload. */
    protected Reply abort(Call call, String key, String id) {
        String initiated = initiated(call, key);
        Upload upload = uploads.get(id);
        if (initiated != null && upload == null) {
            return Reply.of(204);
        }
        if (upload != null && Directory.differs(initiated, upload.initiated())) {
            return failed(Directory.INITIATED, null);
        }
        return uploads.remove(id) == null ? noUpload(id) : Reply.of(204);
    }

    /** When an upload must have been begun to be aborted; null for whenever. */
    protected @Nullable String initiated(Call call, String key) {
        return Directory.has(key) ? call.header(Directory.INITIATED) : null;
    }

    private Reply listParts(String id) {
        Upload upload = uploads.get(id);
        return upload == null
                ? noUpload(id)
                : Reply.xml(200, Xml.document("ListPartsResult", xml -> {
                    xml.element("UploadId", id);
                    for (Map.Entry<Integer, Stored> part : upload.parts().entrySet()) {
                        xml.element("Part", item -> {
                            item.element("PartNumber", part.getKey().toString());
                            item.element("ETag", part.getValue().tag());
                            item.element(
                                    "Size", Integer.toString(part.getValue().body().length));
                        });
                    }
                }));
    }

    private Reply listUploads(String bucket) {
        return Reply.xml(200, Xml.document("ListMultipartUploadsResult", xml -> {
            xml.element("Bucket", bucket);
            for (Map.Entry<String, Upload> upload : new TreeMap<>(uploads).entrySet()) {
                if (upload.getValue().key().startsWith(bucket + "/")) {
                    xml.element("Upload", item -> {
                        item.element("Key", upload.getValue().key().substring(bucket.length() + 1));
                        item.element("UploadId", upload.getKey());
                        item.element("Initiated", upload.getValue().initiated().toString());
                    });
                }
            }
        }));
    }

    private Reply noUpload(String id) {
        return error(404, "NoSuchUpload", "There is no such upload: uploadId=" + id + ".");
    }

    // Conditions as Amazon S3 has them

    @Override
    protected Fields readFields(Call call) {
        return manner().s3() ? name -> heeded(name, call.condition(name)) : super.readFields(call);
    }

    @Override
    protected Fields writeFields(Call call) {
        if (!manner().s3()) {
            return super.writeFields(call);
        }
        // Dates are not part of Amazon's PutObject; other stores honour If-Unmodified-Since.
        return name -> manner() == Manner.AWS && name.endsWith("-Since") ? null : heeded(name, call.condition(name));
    }

    /** A field's value; null for one that is not heeded: an empty one, and a date in the future. */
    private @Nullable String heeded(String name, @Nullable String value) {
        boolean future = name.equals("If-Modified-Since")
                && value != null
                && Conditions.date(value).filter(date -> date.isAfter(now())).isPresent();
        return value == null || value.isBlank() || future ? null : value;
    }

    @Override
    protected Optional<List<String>> tags(String name, String value) throws Conditions.MalformedException {
        // Amazon S3 takes a tag without its quotes, or with one of them.
        Matcher bare = BARE_TAG.matcher(value.strip());
        return manner().s3() && bare.matches()
                ? Optional.of(List.of("\"" + bare.group(1) + "\""))
                : super.tags(name, value);
    }

    @Override
    protected @Nullable Reply refusal(Call call, Fields fields, Line line) {
        boolean delete = call.method().equals("DELETE") || call.parameters().containsKey("delete");
        if (manner().s3() && delete && Directory.has(call.name())) {
            return removal(call, fields, line);
        }
        if (manner() == Manner.AWS) {
            String unsupported = unsupported(call, fields);
            if (unsupported != null) {
                return notImplemented(unsupported);
            }
            if (fields.value("If-Match") != null && line.current() == null) {
                return notFound(call, line);
            }
        }
        return super.refusal(call, fields, line);
    }

    /** Why an object of a directory bucket is not deleted; null when it is, or when there is none. */
    protected @Nullable Reply removal(Call call, Fields fields, Line line) {
        Stored current = line.current();
        String failed = current == null ? null : Directory.failed(fields, current);
        if (failed != null) {
            return failed(failed, current);
        }
        return current == null ? null : super.refusal(call, fields, line);
    }

    /** The fields that Amazon S3 does not offer as they were sent, and so answers with 501. */
    protected @Nullable String unsupported(Call call, Fields fields) {
        String ifMatch = fields.value("If-Match");
        String ifNoneMatch = fields.value("If-None-Match");
        if (call.method().equals("DELETE")) {
            List<String> directoryOnly = call.headersBeginning("x-amz-if-match-");
            boolean version = ifMatch != null && call.parameters().containsKey("versionId");
            return version ? "If-Match" : directoryOnly.isEmpty() ? null : String.join(",", directoryOnly);
        }
        if (ifMatch != null && ifNoneMatch != null) {
            return "If-Match,If-None-Match";
        }
        boolean anyVersion = ifMatch != null
                && ifMatch.strip().equals("*")
                && !call.parameters().containsKey("delete");
        boolean thisVersion = ifNoneMatch != null && !ifNoneMatch.strip().equals("*");
        return anyVersion ? "If-Match" : thisVersion ? "If-None-Match" : null;
    }

    @Override
    protected String tag(String key, byte[] body, Instant modified) {
        return manner().s3() ? md5(body) : super.tag(key, body, modified);
    }

    // Answers

    @Override
    protected Reply notFound(Call call, Line line) {
        if (!manner().s3()) {
            return super.notFound(call, line);
        }
        Reply reply = error(
                404,
                "NoSuchKey",
                "There is no object at " + call.path() + ".",
                "Key",
                call.name().substring(call.name().indexOf('/') + 1));
        Stored newest = line.newest();
        return newest != null && newest.marker() ? told(reply, newest).with("x-amz-delete-marker", "true") : reply;
    }

    @Override
    protected Reply failed(String condition, @Nullable Stored current) {
        return manner().s3()
                ? error(
                        412,
                        "PreconditionFailed",
                        "At least one of the preconditions of the request is false.",
                        "Condition",
                        condition)
                : super.failed(condition, current);
    }

    @Override
    protected Reply malformed(String sentence) {
        return manner().s3() ? error(400, "InvalidArgument", sentence) : super.malformed(sentence);
    }

    /** 409: a condition that would have to be asked again from the beginning. */
    protected Reply conflict(Call call) {
        return error(
                409,
                "ConditionalRequestConflict",
                "The object was changed while it was uploaded; begin the upload again.",
                "Condition",
                call.condition("If-Match") != null ? "If-Match" : "If-None-Match");
    }

    private static Reply notImplemented(String header) {
        return error(
                501, "NotImplemented", "A header you provided asks for something that is not there.", "Header", header);
    }

    private static Reply unsupported(String method) {
        return error(405, "MethodNotAllowed", "The method is not part of this subset here: " + method + ".");
    }

    /** An error of the S3 API, with up to one element of its own. */
    static Reply error(int status, String code, String message, String... element) {
        return Reply.xml(status, Xml.document("Error", xml -> {
            xml.element("Code", code);
            xml.element("Message", message);
            if (element.length == 2) {
                xml.element(element[0], element[1]);
            }
        }));
    }

    // Small things

    /** The root of a document; null when it is none. */
    private static @Nullable Element parsed(byte[] document) {
        try {
            return document.length == 0 ? null : Xml.parse(document);
        } catch (SAXException e) {
            return null;
        }
    }

    private static String md5(byte[] body) {
        return "\"" + hex(digest("MD5", body)) + "\"";
    }

    private static byte[] digest(String algorithm, byte[] bytes) {
        try {
            return MessageDigest.getInstance(algorithm).digest(bytes);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has " + algorithm, e);
        }
    }
}
