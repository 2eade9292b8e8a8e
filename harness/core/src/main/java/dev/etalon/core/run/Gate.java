package dev.etalon.core.run;

import dev.etalon.core.target.Hold;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.IntUnaryOperator;

/**
 * Holds one racer's request before its tail until it is opened. One sender, one opener, used once.
 *
 * <p>{@link #releasedNs()} is the instant at which the opener let go; the tail leaves after it.
 */
final class Gate implements Hold {
    /** Longer than any client timeout, so that a gate never decides the fate of a request by itself. */
    private static final long PATIENCE_SECONDS = 60;

    private final IntUnaryOperator tail;
    private final CountDownLatch arrived = new CountDownLatch(1);
    private final CountDownLatch open = new CountDownLatch(1);
    private volatile long releasedNs;

    private Gate(IntUnaryOperator tail) {
        this.tail = tail;
    }

    /** Holds back the last byte. */
    static Gate lastByte() {
        return new Gate(bodyBytes -> 1);
    }

    /** Holds back the second half of the body. */
    static Gate half() {
        return new Gate(bodyBytes -> bodyBytes / 2);
    }

    /** Holds nothing back on the wire, but its opening lets the sender begin. */
    static Gate start() {
        return new Gate(bodyBytes -> 0);
    }

    @Override
    public int tailBytes(int bodyBytes) {
        return tail.applyAsInt(bodyBytes);
    }

    @Override
    public void atTail() throws IOException {
        arrived.countDown();
        awaitOpen();
    }

    /** Waits until the gate is opened. */
    void awaitOpen() throws InterruptedIOException {
        try {
            if (!open.await(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
                throw new InterruptedIOException("the gate stayed closed for " + PATIENCE_SECONDS + " s");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw (InterruptedIOException) new InterruptedIOException("interrupted at the gate").initCause(e);
        }
    }

    /** Marks the sender as ready, or as done before it ever got to its tail. */
    void arrive() {
        arrived.countDown();
    }

    /** Waits until the sender is at its tail or done. */
    boolean awaitArrival(long timeout, TimeUnit unit) throws InterruptedException {
        return arrived.await(timeout, unit);
    }

    /** Lets the tail go. */
    void open() {
        releasedNs = System.nanoTime();
        open.countDown();
    }

    /** When the tail was let go; 0 before. */
    long releasedNs() {
        return releasedNs;
    }
}
