package dev.etalon.core.model;

import org.jspecify.annotations.Nullable;

/**
 * The beginning of an operation, written down before its first byte can leave.
 *
 * @param id unique within the history
 * @param actor who sends; 0 is the coordinator that sets rounds up and verifies them
 * @param round number of the round, 0 and up; -1 for the guard
 * @param key number of the key within the run
 * @param endpoint which of the target's endpoints it goes to, 0 and up
 * @param method what it asks for
 * @param precondition the conditional header sent
 * @param writes the version the body carries, for a delete the identity of the delete; null for a read
 * @param depth depth of the written body; 0 for a read and for a delete
 * @param host whose clock and which machine, an index into {@link History.Clocks#hosts()}
 * @param atNs monotonic time in nanoseconds, comparable only within the history
 */
public record Invocation(
        long id,
        int actor,
        int round,
        int key,
        int endpoint,
        Method method,
        Precondition precondition,
        @Nullable Version writes,
        int depth,
        int host,
        long atNs) {
    /** An invocation of the first host, which in most histories is the only one. */
    public Invocation(
            long id,
            int actor,
            int round,
            int key,
            int endpoint,
            Method method,
            Precondition precondition,
            @Nullable Version writes,
            int depth,
            long atNs) {
        this(id, actor, round, key, endpoint, method, precondition, writes, depth, 0, atNs);
    }
}
