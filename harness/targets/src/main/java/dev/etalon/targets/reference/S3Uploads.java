package dev.etalon.targets.reference;

import java.io.ByteArrayOutputStream;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import org.jspecify.annotations.Nullable;
import org.w3c.dom.Element;

/**
 * Multipart uploads: begun, sent or copied part by part, completed under a condition that is looked at when the object comes
 * into being, aborted.
 *
 * <p>Thread-safe.
 */
public abstract class S3Uploads extends S3Copies {
    private static final int PARTS_MAX = 10_000;

    private final ConcurrentMap<String, Upload> uploads = new ConcurrentHashMap<>();

    S3Uploads(Manner manner, boolean demanding) {
        super(manner, demanding);
    }

    Reply createUpload(Call call, String key) {
        String id = newId('u');
        uploads.put(id, new Upload(key, line(call, key), now(), Map.of()));
        return Reply.xml(200, Xml.document("InitiateMultipartUploadResult", xml -> {
            xml.element("Bucket", key.substring(0, key.indexOf('/')));
            xml.element("Key", key.substring(key.indexOf('/') + 1));
            xml.element("UploadId", id);
        }));
    }

    Reply uploadPart(Call call, String id) {
        int number = partNumber(call.parameters().get("partNumber"));
        if (number < 1 || number > PARTS_MAX) {
            return error(400, "InvalidArgument", "partNumber must be 1.." + PARTS_MAX + ": partNumber=" + number + ".");
        }
        boolean copied = call.header("x-amz-copy-source") != null;
        Source source = copied ? source(call, SOURCE, sourceFields(call)) : new Source(null, Reply.of(200));
        if (copied && source.stored() == null) {
            return source.refusal();
        }
        byte[] body = source.stored() == null ? call.body() : source.stored().body();
        Instant now = now();
        Stored part = new Stored(UNVERSIONED, body, md5(body), now, false);
        if (uploads.computeIfPresent(id, (same, upload) -> upload.with(number, part)) == null) {
            return noUpload(id);
        }
        Reply reply = Reply.of(200).with("ETag", part.tag());
        return copied ? copied("CopyPartResult", new Changed(Line.EMPTY, reply), part) : reply;
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

    Reply listParts(String id) {
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

    Reply listUploads(String bucket) {
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
}
