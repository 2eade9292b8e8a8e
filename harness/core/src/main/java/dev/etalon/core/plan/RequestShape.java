package dev.etalon.core.plan;

/**
 * How a request looks on the wire, where what it asks for stays the same. A server may branch on each of these, and honour a
 * condition on one branch only, so a plan rotates them, one at a time.
 *
 * <p>Not every server takes every shape: which ones it takes is asked before anything is raced, and only those are planned.
 */
public enum RequestShape {
    // The order is kept: stored plans name the constants, and the rotation of a seed follows from their order.
    /** {@code Content-Length}, {@code application/octet-stream}, field names as RFC 9110 spells them. */
    PLAIN("plain"),
    /** {@code Transfer-Encoding: chunked}, so that the server learns the length last (RFC 9112 §7.1). */
    CHUNKED("chunked"),
    /** Field names in lower case (RFC 9110 §5.1: names are case-insensitive). */
    LOWER_CASE("lower-case"),
    /** Fields in the opposite order, the conditions after all that can come before them (RFC 9110 §5.3: it says nothing). */
    CONDITION_LAST("condition-last"),
    /** {@code Content-Type: application/json}, though the body is none. */
    JSON("json"),
    /** {@code Content-Type: text/plain}. */
    TEXT("text"),
    /** No {@code Content-Type} at all (RFC 9110 §8.3). */
    UNTYPED("untyped"),
    /** A body of a mebibyte or more, which servers keep elsewhere than small ones, or write in several steps. */
    LARGE("large");

    private final String label;

    RequestShape(String label) {
        this.label = label;
    }

    /** The name in plans, tables and witnesses. */
    public String label() {
        return label;
    }

    /** Whether it is about the body, so that nothing of it can be seen on a request without one. */
    public boolean ofBody() {
        return this != PLAIN && this != LOWER_CASE && this != CONDITION_LAST;
    }
}
