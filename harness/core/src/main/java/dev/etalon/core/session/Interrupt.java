package dev.etalon.core.session;

import dev.etalon.core.run.Stop;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * On Ctrl-C asks the work to end, and keeps the process until it has: what was done is judged, stored and printed before the
 * virtual machine goes down, with exit code 130. Closed when that is done, from whatever thread does the work.
 */
public final class Interrupt implements AutoCloseable {
    /** The reason that is given. */
    public static final String REASON = "interrupted";

    private static final Logger LOG = LoggerFactory.getLogger(Interrupt.class);

    /** How long an interrupted process may take to bring its work home. */
    private static final long GRACE_SECONDS = 30;

    private final Stop stop;
    private final CountDownLatch closed = new CountDownLatch(1);
    private final Thread hook = new Thread(this::interrupted, "etalon-interrupt");

    /**
     * Waits for Ctrl-C from now on.
     *
     * @param stop what to ask to end
     */
    public Interrupt(Stop stop) {
        this.stop = stop;
        Runtime.getRuntime().addShutdownHook(hook);
    }

    private void interrupted() {
        stop.request(REASON);
        try {
            if (!closed.await(GRACE_SECONDS, TimeUnit.SECONDS)) {
                LOG.warn("the run did not end within {} s; what it stored so far is kept as it is", GRACE_SECONDS);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void close() {
        closed.countDown();
        try {
            Runtime.getRuntime().removeShutdownHook(hook);
        } catch (IllegalStateException e) {
            LOG.debug("the process is already going down", e);
        }
    }
}
