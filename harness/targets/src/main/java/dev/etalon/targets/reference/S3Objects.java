package dev.etalon.targets.reference;

import java.util.Arrays;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * Objects of Amazon S3: GetObject and HeadObject, of a version or a part of it too, PutObject, and DeleteObject, which leaves a
 * marker where versions are kept.
 *
 * <p>Thread-safe.
 */
public abstract class S3Objects extends S3Buckets {
    /** The one framing in chunks that is taken: it is not signed chunk by chunk. */
    private static final String UNSIGNED_CHUNKS = "STREAMING-UNSIGNED-PAYLOAD-TRAILER";

    private final AtomicLong ids = new AtomicLong();

    S3Objects(Manner manner, boolean demanding) {
        super(manner, demanding);
    }

    /** An id that was never given. */
    final String newId(char kind) {
        return String.format("%s%031d", kind, ids.incrementAndGet());
    }

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

    @Override
    protected String versionId(String key) {
        return manner().s3() && versioningOf(key) == Versioning.ENABLED ? newId('v') : UNVERSIONED;
    }

    @Override
    protected Reply put(Call call, String key) {
        String hash = call.header("x-amz-content-sha256");
        boolean hashed = manner().s3() && hash != null && hash.matches("\\p{XDigit}{64}");
        if (manner().s3() && hash != null && hash.startsWith("STREAMING") && !hash.equals(UNSIGNED_CHUNKS)) {
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

    /** The number of a part; 0 for what is none. */
    static int partNumber(@Nullable String text) {
        return text != null && text.matches("\\d{1,5}") ? Integer.parseInt(text) : 0;
    }
}
