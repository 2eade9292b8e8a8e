package dev.etalon.core.target;

import java.io.IOException;

/** Where a request pauses on its way out, so that many can be finished at one instant. */
public interface Hold {
    /** A request that is sent straight through. */
    Hold NONE = new Hold() {
        @Override
        public Place place() {
            return Place.NOWHERE;
        }

        @Override
        public int tailBytes(int bodyBytes) {
            return 0;
        }

        @Override
        public void atTail() {}
    };

    /** Where the tail is held back. */
    enum Place {
        /** The request is sent straight through. */
        NOWHERE,
        /** In the body: the sending thread waits before it writes the tail. A request without a body is held on the socket. */
        BODY,
        /**
         * As {@link #BODY}, of a request that says {@code Expect: 100-continue}: the tail is reached only when the server
         * has read the headers and asked for the body.
         */
        EXPECTATION,
        /** Below everything else: the end of the whole request stays back, and whoever lets it go writes it. */
        SOCKET
    }

    /** Where the tail is held back. */
    default Place place() {
        return Place.BODY;
    }

    /**
     * How many bytes at the end of the body stay back, 0..{@code bodyBytes}; 0 sends straight through. Asked only when the
     * place is in the body.
     */
    int tailBytes(int bodyBytes);

    /**
     * Called by the sending thread when everything but the tail has been flushed to the socket; returns when the tail may
     * leave.
     *
     * @throws IOException when it may not leave any more; the request is then cut off
     */
    void atTail() throws IOException;

    /**
     * Called by the sending thread when everything but a tail on the socket has been flushed. May return at once: the
     * sending thread waits until the tail is sent, by whichever thread.
     *
     * @throws IOException when it may not leave any more; the request is then cut off
     */
    default void atTail(Tail tail) throws IOException {
        atTail();
        tail.send();
    }

    /** The end of a request, held back on the socket. Thread-safe. */
    interface Tail {
        /**
         * Lines the tail up behind those that were staged before it on the same connection. Where requests share a
         * connection, tails must be staged before they are sent one at a time or in one go; call it when all racers are
         * at their tails, and release right after it. Elsewhere it may write all of the tail but its last byte, so that
         * the server is awake when that comes.
         */
        default void stage() {}

        /**
         * Writes the tail, and in the same write every tail staged before it on the same connection that has not left yet.
         * The sending thread still waits, until {@link #send()}: on few cores, waking it would take the core that the next
         * tail is to be written on; where there is nobody to wake, the same as that. Does nothing the second time. Never
         * throws: a failed write shows in the request's answer.
         */
        default void write() {
            send();
        }

        /** Writes the tail if that has not been done, and lets the sending thread go on. Does nothing the second time. */
        void send();
    }
}
