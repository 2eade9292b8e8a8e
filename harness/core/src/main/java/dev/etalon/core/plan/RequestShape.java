package dev.etalon.core.plan;

/**
 * How a request looks on the wire, where what it asks for stays the same. A server may branch on each of these, and honour a
 * condition on one branch only, so a plan rotates them, one at a time.
 *
 * <p>Not every server takes every shape: which ones it takes is asked before anything is raced, and only those are planned.
 */
public enum RequestShape {
    // The order is kept: the rotation of a seed follows from it, and recordings number the rounds of the guard by it.
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
    LARGE("large", 1 << 20),
    /**
     * {@code Content-Encoding: aws-chunked} with a checksum in the trailer, as the SDKs of Amazon upload ("Signature
     * calculations for the authorization header: transferring payload with unsigned chunks and trailing headers").
     */
    AWS_CHUNKED("aws-chunked"),
    /** No body at all, {@code Content-Length: 0}. Nobody could tell whose it is, so that it is never raced with. */
    EMPTY("empty", 0),
    /** A body of eight mebibytes, from where on clients and servers deal in parts. Too much for each racer of each round. */
    HUGE("huge", 8 << 20);

    /** Where the plan of a round says. */
    private static final int ANY = -1;

    private final String label;
    private final int bodyBytes;

    RequestShape(String label) {
        this(label, ANY);
    }

    RequestShape(String label, int bodyBytes) {
        this.label = label;
        this.bodyBytes = bodyBytes;
    }

    /** The name in plans, tables and witnesses. */
    public String label() {
        return label;
    }

    /** Whether it is about the body, so that nothing of it can be seen on a request without one. */
    public boolean ofBody() {
        return this != PLAIN && this != LOWER_CASE && this != CONDITION_LAST;
    }

    /**
     * Whether racers send it; with the others one client alone asks, before anything is raced. A server that refuses before it has
     * read the last chunk, and closes, leaves some racers without an answer: that is no race.
     */
    public boolean raced() {
        return this != EMPTY && this != HUGE && this != AWS_CHUNKED;
    }

    /** How long a body is, in bytes, where another one has so many. */
    public int bodyBytes(int others) {
        return bodyBytes == ANY ? others : bodyBytes;
    }

    /** The number of the round in which the guard asks so: -1 and below, since rounds that are raced begin at 0. */
    public int guardRound() {
        return -1 - ordinal();
    }

    /** The shape in which the guard asks in a round of its own; plain for a number that no shape has. */
    public static RequestShape ofGuard(int round) {
        RequestShape[] all = values();
        return round < 0 && round >= -all.length ? all[-1 - round] : PLAIN;
    }
}
