package dev.etalon.targets.reference;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.w3c.dom.Element;

/**
 * DeleteObjects: every object by itself, with a condition of its own in the document, and an answer of its own in that of the
 * 200.
 *
 * <p>Thread-safe.
 */
public abstract class S3BatchDeletes extends S3Objects {
    S3BatchDeletes(Manner manner, boolean demanding) {
        super(manner, demanding);
    }

    /** The whole request. */
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
}
