package dev.etalon.core.plan;

/** How a resource is addressed and written. */
public enum Protocol {
    /** Plain HTTP: a URL is a resource; PUT creates and replaces it (RFC 9110 §9.3.4). */
    HTTP,
    /** The S3 REST API: signed requests on objects of a bucket. */
    S3
}
