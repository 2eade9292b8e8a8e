package dev.etalon.core.target;

import dev.etalon.core.model.Method;
import dev.etalon.core.model.Precondition;
import dev.etalon.core.plan.RequestShape;
import dev.etalon.core.plan.Versioning;
import org.jspecify.annotations.Nullable;

/**
 * One request, independent of the protocol it is sent over.
 *
 * @param method what is asked for
 * @param key name of the resource below the target's base
 * @param versioning which of the target's buckets it lies in; off where there is no choice
 * @param precondition the conditional header to send
 * @param body the representation to write, by whatever way; null for a read and for a delete. Not copied: do not change it
 * @param shape how it looks on the wire
 */
@SuppressWarnings("ArrayRecordComponent") // a body is written once and read once; equality is never asked for
public record Request(
        Method method,
        String key,
        Versioning versioning,
        Precondition precondition,
        byte @Nullable [] body,
        RequestShape shape) {
    /** A plain request. */
    public Request(
            Method method, String key, Versioning versioning, Precondition precondition, byte @Nullable [] body) {
        this(method, key, versioning, precondition, body, RequestShape.PLAIN);
    }

    /** A plain request for a resource in a bucket without versions, or where there are no buckets. */
    public Request(Method method, String key, Precondition precondition, byte @Nullable [] body) {
        this(method, key, Versioning.OFF, precondition, body, RequestShape.PLAIN);
    }

    /** An unconditional read. */
    public static Request get(String key) {
        return get(key, Precondition.NONE);
    }

    /** A read. */
    public static Request get(String key, Precondition precondition) {
        return new Request(Method.GET, key, precondition, null);
    }

    /** A delete. */
    public static Request delete(String key, Precondition precondition) {
        return new Request(Method.DELETE, key, precondition, null);
    }

    /** The same in another shape. */
    public Request in(RequestShape other) {
        return new Request(method, key, versioning, precondition, body, other);
    }

    /** A write. */
    public static Request put(String key, Precondition precondition, byte[] body) {
        return new Request(Method.PUT, key, precondition, body);
    }
}
