package dev.etalon.core.plan;

import dev.etalon.core.model.Method;
import dev.etalon.core.model.Precondition;
import java.util.Locale;

/** A condition on an operation: what a target may claim, and what the guard verifies before anything is raced. */
public enum Capability {
    /** {@code PUT} with {@code If-Match}. */
    PUT_IF_MATCH("PUT If-Match", Method.PUT, Precondition.Kind.IF_MATCH),
    /** {@code PUT} with {@code If-None-Match: *}. */
    PUT_IF_NONE_MATCH("PUT If-None-Match: *", Method.PUT, Precondition.Kind.IF_NONE_MATCH_ANY),
    /** {@code DELETE} with {@code If-Match}. */
    DELETE_IF_MATCH("DELETE If-Match", Method.DELETE, Precondition.Kind.IF_MATCH),
    /** CopyObject with {@code If-Match} on its destination. */
    COPY_IF_MATCH("CopyObject If-Match", Method.COPY, Precondition.Kind.IF_MATCH),
    /** CopyObject with {@code If-None-Match: *} on its destination. */
    COPY_IF_NONE_MATCH("CopyObject If-None-Match: *", Method.COPY, Precondition.Kind.IF_NONE_MATCH_ANY),
    /** CompleteMultipartUpload with {@code If-Match}. */
    COMPLETE_IF_MATCH("CompleteMultipartUpload If-Match", Method.COMPLETE, Precondition.Kind.IF_MATCH),
    /** CompleteMultipartUpload with {@code If-None-Match: *}. */
    COMPLETE_IF_NONE_MATCH(
            "CompleteMultipartUpload If-None-Match: *", Method.COMPLETE, Precondition.Kind.IF_NONE_MATCH_ANY),
    /** DeleteObjects with the {@code ETag} of an object. */
    DELETE_OBJECTS_ETAG("DeleteObjects ETag", Method.DELETE_OBJECTS, Precondition.Kind.IF_MATCH);

    private final String label;
    private final Method method;
    private final Precondition.Kind condition;

    Capability(String label, Method method, Precondition.Kind condition) {
        this.label = label;
        this.method = method;
        this.condition = condition;
    }

    /** The name in settings, such as {@code put-if-match}. */
    public String word() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** Whether a protocol has such a request. */
    public boolean in(Protocol protocol) {
        return protocol == Protocol.S3 || method == Method.PUT || method == Method.DELETE;
    }

    /** The name in tables and sentences. */
    public String label() {
        return label;
    }

    /** The operation. */
    public Method method() {
        return method;
    }

    /** Its condition. */
    public Precondition.Kind condition() {
        return condition;
    }
}
