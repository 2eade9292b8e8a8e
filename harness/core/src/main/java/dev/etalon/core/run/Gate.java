package dev.etalon.core.run;

import dev.etalon.core.target.Hold;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.IntUnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * Holds one racer's request before its tail until it is opened. One sender, one opener, used once.
 *
 * <p>{@link #releasedNs()} is the last instant known before the tail left: when the sender went on, or, where the opener
 * writes the tail itself, when it was about to.
 */
final class Gate implements Hold {
    /** Longer than any client timeout, so that a gate never decides the fate of a request by itself. */
    private static final long PATIENCE_SECONDS = 90;

    private final Place place;
    private final IntUnaryOperator tailBytes;
    private final CountDownLatch arrived = new CountDownLatch(1);
    private final CountDownLatch open = new CountDownLatch(1);
    private volatile long releasedNs;
    private @Nullable Tail tail;

    private Gate(Place place, IntUnaryOperator tailBytes) {
        this.place = place;
        this.tailBytes = tailBytes;
    }

    /** Holds back the last byte of the body. */
    static Gate lastByte() {
        return new Gate(Place.BODY, bodyBytes -> 1);
    }

    /** Holds back the second half of the body. */
    static Gate half() {
        return new Gate(Place.BODY, bodyBytes -> bodyBytes / 2);
    }

    /** Holds back the whole body, and lets the headers go. */
    static Gate body() {
        return new Gate(Place.BODY, bodyBytes -> bodyBytes);
    }

    /** Holds back the whole body, after the server has asked for it. */
    static Gate expectation() {
        return new Gate(Place.EXPECTATION, bodyBytes -> bodyBytes);
    }

    /** Holds back the end of the request on the socket, for the opener to write. */
    static Gate socket() {
        return new Gate(Place.SOCKET, bodyBytes -> 0);
    }

    /** Holds nothing back on the wire, but its opening lets the sender begin. */
    static Gate start() {
        return new Gate(Place.NOWHERE, bodyBytes -> 0);
    }

    @Override
    public Place place() {
        return place;
    }

    @Override
    public int tailBytes(int bodyBytes) {
        return tailBytes.applyAsInt(bodyBytes);
    }

    @Override
    public void atTail() throws IOException {
        arrived.countDown();
        awaitOpen();
        // Waking up takes longer than opening: what the sender does next is what leaves.
        releasedNs = System.nanoTime();
    }

    @Override
    public void atTail(Tail held) throws IOException {
        if (place != Place.SOCKET) {
            Hold.super.atTail(held);
            return;
        }
        boolean late;
        synchronized (this) {
            tail = held;
            late = releasedNs != 0;
        }
        arrived.countDown();
        if (late) {
            held.send();
        }
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

    /** Lines the tail up behind those of other gates, if it is held on the socket and has been reached. */
    void stage() {
        Tail held = reached();
        if (held != null) {
            held.stage();
        }
    }

    /** Lets the tail go; does nothing the second time. */
    void open() {
        if (release(System.nanoTime())) {
            leave();
        }
    }

    /** Writes down that the tail is let go at this instant; false when it was already. Must be followed by leaving. */
    synchronized boolean release(long nowNs) {
        if (releasedNs != 0) {
            return false;
        }
        releasedNs = nowNs;
        return true;
    }

    /**
     * Lets the tail go as {@link #open()} does, but wakes nobody. Must be followed by leaving.
     *
     * @return false when it was let go already
     */
    boolean write() {
        if (!release(System.nanoTime())) {
            return false;
        }
        Tail held = reached();
        if (held != null) {
            held.write();
        }
        return true;
    }

    /** Sends the tail, after it was released, and lets the sender go on. */
    void leave() {
        Tail held = reached();
        open.countDown();
        if (held != null) {
            held.send();
        }
    }

    /** The tail that is held on the socket; null when there is none, or none yet. */
    private synchronized @Nullable Tail reached() {
        return tail;
    }

    /** When the tail was let go; 0 before. */
    long releasedNs() {
        return releasedNs;
    }
}
