package dev.etalon.core.plan;

import dev.etalon.core.model.Method;

/**
 * What a racer is planned to do, and the validator it is planned to hold. Those that hold the same bear the same label: by
 * which operation they write or delete makes no difference to who may win.
 */
public enum Intent {
    /** PUT with {@code If-Match} and the tag that is current when the round starts. */
    FRESH("fresh", Method.PUT),
    /** PUT with {@code If-Match} and the tag of the version before that. */
    STALE("stale", Method.PUT),
    /** PUT with {@code If-None-Match: *}, on a key that does not exist, or that a rival deletes. */
    CREATE("create", Method.PUT),
    /** DELETE with {@code If-Match} and the tag that is current when the round starts. */
    DELETE_FRESH("delete", Method.DELETE),
    /** PUT without a condition. */
    OVERWRITE("overwrite", Method.PUT),
    /** DELETE without a condition. */
    REMOVE("remove", Method.DELETE),
    /** GET. */
    READ("read", Method.GET),
    /** CopyObject over the key, as {@link #FRESH}. */
    COPY_FRESH("fresh", Method.COPY),
    /** CopyObject to the key, as {@link #CREATE}. */
    COPY_CREATE("create", Method.COPY),
    /** CompleteMultipartUpload, as {@link #FRESH}. */
    COMPLETE_FRESH("fresh", Method.COMPLETE),
    /** CompleteMultipartUpload, as {@link #CREATE}. */
    COMPLETE_CREATE("create", Method.COMPLETE),
    /** DeleteObjects with the {@code ETag} that is current when the round starts, as {@link #DELETE_FRESH}. */
    DELETE_OBJECTS_FRESH("delete", Method.DELETE_OBJECTS);

    private final String label;
    private final Method method;

    Intent(String label, Method method) {
        this.label = label;
        this.method = method;
    }

    /** The name in outcomes: what the racer holds. */
    public String label() {
        return label;
    }

    /** What it sends. */
    public Method method() {
        return method;
    }

    /** Whether the request carries a body, so that a part of it can be held back. */
    public boolean uploads() {
        return method == Method.PUT || method == Method.COMPLETE || method == Method.DELETE_OBJECTS;
    }

    /** Whether it asks for the resource to be gone. */
    public boolean deletes() {
        return method.removes();
    }

    /** Whether it asks for nothing to be there. */
    public boolean creates() {
        return label.equals(CREATE.label);
    }
}
