package dev.etalon.core.conformance;

import dev.etalon.core.target.RawAnswer;
import java.util.Optional;
import java.util.Set;

/** Answers by which a server, or what stands before it, says that it could not look at the request. */
final class Unavailable {
    /** Request Timeout, Too Many Requests, Bad Gateway, Service Unavailable, Gateway Timeout. */
    private static final Set<Integer> STATUSES = Set.of(408, 429, 502, 503, 504);

    /** The same as S3 error codes, which may stand in a 200 or a 400. */
    private static final Set<String> CODES =
            Set.of("SlowDown", "ServiceUnavailable", "RequestTimeout", "TooManyRequests", "Busy");

    private static final int NOT_IMPLEMENTED = 501;

    private Unavailable() {}

    /**
     * Whether a status leaves open what became of the request.
     *
     * @param loaded whether there was load: then any error of the server may be for want of something
     */
    static boolean status(int status, boolean loaded) {
        return STATUSES.contains(status) || (loaded && status >= 500 && status != NOT_IMPLEMENTED);
    }

    /** What of an answer leaves open what became of the request; empty when it is one. */
    static Optional<String> in(RawAnswer answer, boolean loaded) {
        if (status(answer.status(), loaded)) {
            return Optional.of(Integer.toString(answer.status()));
        }
        return XmlBody.of(answer.body())
                .text("//Error/Code")
                .filter(code -> CODES.contains(code) || (loaded && code.equals("InternalError")))
                .map(code -> answer.status() + " " + code);
    }
}
