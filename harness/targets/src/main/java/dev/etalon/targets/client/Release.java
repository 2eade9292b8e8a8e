package dev.etalon.targets.client;

import dev.etalon.core.target.Hold;
import java.io.InterruptedIOException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;

/** A tail whose sending thread waits until somebody has sent it. */
abstract class Release implements Hold.Tail {
    /** Longer than any call may take, so that the timeout of the call decides. */
    private static final long PATIENCE_SECONDS = 90;

    private final CountDownLatch gone = new CountDownLatch(1);
    private final AtomicBoolean sent = new AtomicBoolean();

    /** Puts the tail on the wire. */
    abstract void leave();

    @Override
    public final void write() {
        if (sent.compareAndSet(false, true)) {
            leave();
        }
    }

    @Override
    public final void send() {
        write();
        proceed();
    }

    /** Lets the sending thread go on. */
    final void proceed() {
        gone.countDown();
    }

    /** Waits until the sending thread may go on. */
    final void await() throws InterruptedIOException {
        try {
            if (!gone.await(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
                throw new InterruptedIOException("a held request was not let go for " + PATIENCE_SECONDS + " s");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw (InterruptedIOException) new InterruptedIOException("interrupted at the tail").initCause(e);
        }
    }
}
