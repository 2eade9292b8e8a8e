package dev.etalon.targets.reference;

import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What Amazon's directory buckets offer beside the rest: size and date as conditions on what is removed, and no complaint
 * when nothing is there to be removed. Source: Amazon S3 API Reference, DeleteObject, AbortMultipartUpload. Stateless.
 */
final class Directory {
    /** Length in bytes of the object to be deleted. */
    static final String SIZE = "x-amz-if-match-size";

    /** Last-Modified of the object to be deleted. */
    static final String MODIFIED = "x-amz-if-match-last-modified-time";

    /** When the upload to be aborted was begun. */
    static final String INITIATED = "x-amz-if-match-initiated-time";

    /** By what a bucket is known to be one. */
    static final String LOCATION = "x-amz-bucket-location-type";

    /** How names of such buckets end. */
    private static final String SUFFIX = "--x-s3";

    private Directory() {}

    /** Whether a bucket, or the one of an object, is a directory bucket. */
    static boolean has(String name) {
        int slash = name.indexOf('/');
        return (slash < 0 ? name : name.substring(0, slash)).endsWith(SUFFIX);
    }

    /** Which of the conditions on size and date is false; null when both hold. */
    static @Nullable String failed(Register.Fields fields, Stored current) {
        String size = fields.value(SIZE);
        if (size != null && !size.strip().equals(Integer.toString(current.body().length))) {
            return SIZE;
        }
        return differs(fields.value(MODIFIED), current.modified()) ? MODIFIED : null;
    }

    /** Whether a date was sent and is another one. */
    static boolean differs(@Nullable String sent, Instant date) {
        return sent != null && !Conditions.date(sent.strip()).equals(Optional.of(date));
    }
}
