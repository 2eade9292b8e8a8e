package dev.etalon.targets.reference;

import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * An answer. Immutable.
 *
 * @param status HTTP status
 * @param headers header fields
 * @param body content; not to be changed
 */
@SuppressWarnings("ArrayRecordComponent") // written once, never compared
public record Reply(int status, Map<String, String> headers, byte[] body) {
    private static final byte[] EMPTY = {};

    public Reply {
        headers = Map.copyOf(headers);
    }

    /** An answer without content. */
    public static Reply of(int status) {
        return new Reply(status, Map.of(), EMPTY);
    }

    /** An answer that is a document of the S3 API. */
    static Reply xml(int status, String document) {
        return new Reply(status, Map.of("Content-Type", "application/xml"), document.getBytes(StandardCharsets.UTF_8));
    }

    /** An answer in words, for people. */
    static Reply text(int status, String text) {
        return new Reply(
                status,
                Map.of("Content-Type", "text/plain;charset=utf-8"),
                (text + "\n").getBytes(StandardCharsets.UTF_8));
    }

    /** The same with one more header field. */
    public Reply with(String name, String value) {
        Map<String, String> more = new LinkedHashMap<>(headers);
        more.put(name, value);
        return new Reply(status, more, body);
    }

    /** The same with content. */
    public Reply with(byte[] content) {
        return new Reply(status, headers, content);
    }

    /** The same answer with another status. */
    public Reply as(int other) {
        return new Reply(other, headers, body);
    }
}
