package dev.etalon.targets.reference;

/** The dialect a faithful server speaks. All keep the promise; they differ in statuses and in what they offer. */
public enum Manner {
    /** Plain HTTP: GET, HEAD, PUT, DELETE on any path, with every conditional header of RFC 9110 §13.1. */
    RFC9110,
    /**
     * The S3 API as Amazon documents and answers it: 404 for {@code If-Match} on what is not there, 501 for combinations
     * it does not offer, 409 for a multipart upload that was overtaken.
     */
    AWS,
    /** The S3 API with RFC 9110's statuses, as several compatible stores have it: 412 wherever a condition is false. */
    LENIENT;

    /** Whether it is the S3 API: signed requests, buckets, XML. */
    boolean s3() {
        return this != RFC9110;
    }
}
