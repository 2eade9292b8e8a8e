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
    DELETE_OBJECTS,
    /** GET of all bytes by {@code Range: bytes=0-} (RFC 9110 §14.2): reads by the path of a server that serves parts. */
    GET_RANGE,
    /** Reads the entity tag alone, so that what it says of the state is said under a condition. */
    HEAD;

    /** Whether it asks for what is there, and for nothing to be changed. */
    public boolean reads() {
        return this == GET || this == GET_RANGE || this == HEAD;
    }

    /** Whether a status says that a read found something: 206 is a part that was asked for (RFC 9110 §15.3.7). */
    public boolean found(int status) {
        return reads() && (status == 200 || (status == 206 && this == GET_RANGE));
    }

    /** Whether it asks for the resource to be gone. */
    public boolean removes() {
        return this == DELETE || this == DELETE_OBJECTS;
    }

    /** Whether it puts a version in the place of what is there. */
    public boolean replaces() {
        return !reads() && !removes();
    }
}
