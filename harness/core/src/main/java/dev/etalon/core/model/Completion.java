package dev.etalon.core.model;

import org.jspecify.annotations.Nullable;

/**
 * The end of an operation: headers in, and for a read the body too.
 *
 * @param id the invocation's id
 * @param status HTTP status; 0 when there was none
 * @param outcome what the answer says about its effect, by the target's dialect
 * @param tag entity tag of the answer, if it had one
 * @param observation what a read showed
 * @param releasedNs when the withheld tail of the request was let go; 0 when nothing was withheld
 * @param atNs monotonic time in nanoseconds
 */
public record Completion(
        long id,
        int status,
        Outcome outcome,
        @Nullable EntityTag tag,
        Observation observation,
        long releasedNs,
        long atNs) {}
