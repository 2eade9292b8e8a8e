package dev.etalon.targets.reference;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.w3c.dom.Element;

/**
 * Buckets of Amazon S3: made, listed with or without versions, dropped when they are empty; whether they keep versions, and
 * the {@link Policy} that they are under.
 *
 * <p>Thread-safe.
 */
public abstract class S3Buckets extends S3Answers {
    private final ConcurrentMap<String, Versioning> buckets = new ConcurrentHashMap<>();
    private final ConcurrentMap<String, Policy> policies = new ConcurrentHashMap<>();

    /** Whether a bucket keeps versions. */
    public enum Versioning {
        OFF,
        ENABLED,
        SUSPENDED
    }

    S3Buckets(Manner manner, boolean demanding) {
        super(manner, demanding);
    }

    /** Whether there is a bucket of this name. */
    final boolean hasBucket(String bucket) {
        return buckets.containsKey(bucket);
    }

    /** The policy of a bucket; null where there is none. */
    final @Nullable Policy policyOf(String bucket) {
        return policies.get(bucket);
    }

    Reply makeBucket(String bucket) {
        return buckets.putIfAbsent(bucket, Versioning.OFF) == null
                ? Reply.of(200).with("Location", "/" + bucket)
                : error(409, "BucketAlreadyOwnedByYou", "The bucket is there already: " + bucket + ".");
    }

    Reply dropBucket(String bucket) {
        if (keys(bucket).findAny().isPresent()) {
            return error(409, "BucketNotEmpty", "The bucket has objects or versions of them: " + bucket + ".");
        }
        buckets.remove(bucket);
        policies.remove(bucket);
        return Reply.of(204);
    }

    Reply setPolicy(Call call, String bucket) {
        Optional<Policy> policy = Policy.of(call.body());
        policy.ifPresent(one -> policies.put(bucket, one));
        return policy.isPresent()
                ? Reply.of(204)
                : error(
                        501,
                        "NotImplemented",
                        "Of policies only denials are part of this subset, with no condition but Null.");
    }

    Reply setVersioning(Call call, String bucket) {
        Element root = parsed(call.body());
        String status = root == null ? null : Xml.text(root, "Status");
        if (!"Enabled".equals(status) && !"Suspended".equals(status)) {
            return error(400, "MalformedXML", "Status must be Enabled or Suspended: Status=" + status + ".");
        }
        buckets.put(bucket, status.equals("Enabled") ? Versioning.ENABLED : Versioning.SUSPENDED);
        return Reply.of(200);
    }

    Reply versioning(String bucket) {
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

    Reply list(String bucket, Map<String, String> query) {
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
}
