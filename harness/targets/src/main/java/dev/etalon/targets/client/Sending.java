package dev.etalon.targets.client;

import dev.etalon.core.plan.RequestShape;
import dev.etalon.core.target.Hold;
import java.io.IOException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import okhttp3.Call;
import okhttp3.EventListener;
import okhttp3.Request;
import org.jspecify.annotations.Nullable;

/** One request on its way out: the hold it pauses at, and the connection it has. Made for one call. */
final class Sending extends EventListener {
    /** How long a staged tail may take to be written to the corked connection; only a full window stops it. */
    private static final long STAGE_MS = 1_000;

    private final Hold hold;
    private final boolean body;
    private final RequestShape shape;
    private final CountDownLatch written = new CountDownLatch(1);
    private volatile @Nullable GatedSocket socket;
    private volatile boolean multiplexed;
    private volatile boolean encrypted;

    /**
     * Made before the connection is known.
     *
     * @param hold where to pause
     * @param body whether there is a body to pause in, which is not empty
     * @param shape how it looks
     */
    Sending(Hold hold, boolean body, RequestShape shape) {
        this.hold = hold;
        this.body = body;
        this.shape = shape;
    }

    RequestShape shape() {
        return shape;
    }

    Hold hold() {
        return hold;
    }

    /** Whether requests share the connection. */
    boolean multiplexed() {
        return multiplexed;
    }

    /** Whether what is written together is encrypted together, so that without its end nothing of it can be read. */
    boolean encrypted() {
        return encrypted;
    }

    /** Whether the end of the whole request is held, and not a part of its body. */
    boolean onSocket() {
        return hold.place() == Hold.Place.SOCKET || (hold.place() != Hold.Place.NOWHERE && !body);
    }

    /** The connection is there and nothing has been written: called by the sending thread. */
    void connected(@Nullable GatedSocket gated, boolean shared, boolean tls) throws IOException {
        socket = gated;
        multiplexed = shared;
        encrypted = tls;
        if (gated == null || !onSocket()) {
            return;
        }
        if (!shared) {
            gated.arm(hold);
        } else if (!body) {
            // The head ends the stream, so the whole of it is the tail.
            pauseShared();
        }
    }

    /** Pauses before the last frame on a shared connection: called by the sending thread. */
    void pauseShared() throws IOException {
        GatedSocket gated = socket;
        if (gated == null) {
            throw new IOException("the connection of a held request is not ours");
        }
        SharedTail tail = new SharedTail(gated);
        hold.atTail(tail);
        tail.await();
    }

    /** The exchange is over. */
    void over() {
        written.countDown();
        GatedSocket gated = socket;
        if (gated != null && !multiplexed) {
            gated.disarm();
        }
    }

    /** Why the request did not reach the server whole; null when it did, as far as can be known. */
    @Nullable
    IOException failure() {
        GatedSocket gated = socket;
        return gated == null ? null : gated.failure();
    }

    /** Closes a connection that nothing more can be sent on. */
    void abandon() throws IOException {
        GatedSocket gated = socket;
        if (gated != null) {
            gated.close();
        }
    }

    @Override
    public void requestHeadersEnd(Call call, Request request) {
        // A body that is there but empty has an end of its own.
        if (request.body() == null) {
            written.countDown();
        }
    }

    @Override
    public void requestBodyEnd(Call call, long byteCount) {
        written.countDown();
    }

    @Override
    public void requestFailed(Call call, IOException e) {
        written.countDown();
    }

    /** The last frame of a stream. Staged, it is written to the corked connection, and leaves when it is sent. */
    private final class SharedTail extends Release {
        private final GatedSocket gated;
        private boolean staged;
        private int end;

        SharedTail(GatedSocket gated) {
            this.gated = gated;
        }

        @Override
        public void stage() {
            gated.cork();
            staged = true;
            proceed();
            try {
                // What is not there by then leaves when the connection is uncorked, or when the server opens its
                // window.
                if (written.await(STAGE_MS, TimeUnit.MILLISECONDS)) {
                    end = gated.corked();
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }

        @Override
        void leave() {
            if (staged) {
                gated.uncork(end);
            }
        }
    }
}
