package dev.etalon.core.target;

import java.io.IOException;

/** Where a request pauses on its way out, so that many can be finished at one instant. */
public interface Hold {
    /** A request that is sent straight through. */
    Hold NONE = new Hold() {
        @Override
        public int tailBytes(int bodyBytes) {
            return 0;
        }

        @Override
        public void atTail() {}
    };

    /** How many bytes at the end of the body stay back, 0..{@code bodyBytes}; 0 sends straight through. */
    int tailBytes(int bodyBytes);

    /**
     * Called by the sending thread when everything but the tail has been flushed to the socket; returns when the tail may
     * leave.
     *
     * @throws IOException when it may not leave any more; the request is then cut off
     */
    void atTail() throws IOException;
}
