package dev.etalon.core.target;

import java.util.Map;

/**
 * Sends requests of any shape, each of them once: no retry, no redirect, no cache, no header of its own that means
 * anything. Thread-safe; closed with its target.
 */
public interface RawClient {
    /** Where the target lets us write, by the name that paths use: {@code bucket} for S3, {@code root} for plain HTTP. */
    Map<String, String> places();

    /** Sends a request and waits for the whole answer. Never throws for what the network or the server does. */
    Exchange send(RawRequest request);

    /** Aborts the uploads that were begun and not completed: a server has room for so many only. */
    default void abortUploads() {}
}
