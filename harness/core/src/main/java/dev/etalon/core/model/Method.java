package dev.etalon.core.model;

/**
 * What a request asks for, as far as a history knows. The ordinal is part of the history format: append only.
 *
 * <p>To the judge there are three: a read, a write that puts a version in the place of what is there, and a delete. How a
 * server is asked for them makes no difference to what it owes.
 */
public enum Method {
    GET,
    PUT,
    DELETE,
    /** CopyObject of Amazon S3: writes a body that lies under another name. */
    COPY,
    /** CompleteMultipartUpload of Amazon S3: writes a body that was uploaded before. */
    COMPLETE,
    /** DeleteObjects of Amazon S3, of one object: the condition and the answer are in the documents sent and received. */
    DELETE_OBJECTS;

    /** Whether it asks for the resource to be gone. */
    public boolean removes() {
        return this == DELETE || this == DELETE_OBJECTS;
    }

    /** Whether it puts a version in the place of what is there. */
    public boolean replaces() {
        return this != GET && !removes();
    }
}
