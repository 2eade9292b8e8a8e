package dev.etalon.core.target;

import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A request of any shape, for checks that need more than a read or a write of one key.
 *
 * @param method the method
 * @param path segments below the target's base, not encoded
 * @param query parameters in order, not encoded
 * @param headers field lines in order; a name may come more than once
 * @param body the content; null for none. Not copied: do not change it
 * @param credentials how the request is signed, where the target asks for signatures at all
 */
@SuppressWarnings("ArrayRecordComponent") // a body is written once; equality is never asked for
public record RawRequest(
        String method,
        List<String> path,
        List<RawField> query,
        List<RawField> headers,
        byte @Nullable [] body,
        Credentials credentials) {
    public RawRequest {
        path = List.copyOf(path);
        query = List.copyOf(query);
        headers = List.copyOf(headers);
    }

    /**
     * How a request is signed. A target without signatures ignores it.
     *
     * @param kind where the signature stands
     * @param withheld names of headers that are signed and then not sent
     * @param unsigned names of headers that are sent and not signed
     */
    public record Credentials(Kind kind, Set<String> withheld, Set<String> unsigned) {
        /** In the Authorization header, everything signed: what a careful client does. */
        public static final Credentials USUAL = new Credentials(Kind.HEADER, Set.of(), Set.of());

        public Credentials {
            withheld = Set.copyOf(withheld);
            unsigned = Set.copyOf(unsigned);
        }

        /** Where the signature stands. */
        public enum Kind {
            /** In the Authorization header. */
            HEADER,
            /** In the query: a presigned URL. */
            PRESIGNED,
            /** Nowhere. */
            NONE
        }
    }
}
