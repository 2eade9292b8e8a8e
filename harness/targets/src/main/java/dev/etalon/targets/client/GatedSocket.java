package dev.etalon.targets.client;

import dev.etalon.core.target.Hold;
import java.io.ByteArrayOutputStream;
import java.io.FilterInputStream;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.net.SocketAddress;
import java.util.Arrays;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A socket that can hold back the end of what is sent, below TLS and whatever else is layered over it.
 *
 * <p>Two ways, for the two kinds of HTTP. Where one request at a time has the connection, the socket is <em>armed</em> for
 * that request: the last two bytes written so far always stay back, and the first read that follows says that the request
 * was written to its end. The first of the two wakes the server when the tail is staged, the other one ends the request. Where requests share the connection it is <em>corked</em>: from then on everything written is kept
 * in order, because a TLS record cannot overtake another, and leaves piece by piece as the tails are sent.
 *
 * <p>A write that fails is not reported but remembered ({@link #failure()}): a server that answers from the headers and
 * closes may have left an answer in the receive buffer, and whoever writes must go on to read it.
 */
final class GatedSocket extends Socket {
    private final Map<Integer, GatedSocket> register;
    private volatile @Nullable Integer port;
    private volatile @Nullable GatedOutput out;
    private volatile @Nullable GatedInput in;

    /** The register gets this socket under its local port while it is connected. */
    GatedSocket(Map<Integer, GatedSocket> register) throws IOException {
        this.register = register;
        setTcpNoDelay(true);
    }

    @Override
    public void connect(SocketAddress endpoint, int timeout) throws IOException {
        super.connect(endpoint, timeout);
        GatedOutput output = new GatedOutput(super.getOutputStream());
        in = new GatedInput(super.getInputStream(), output);
        out = output;
        port = getLocalPort();
        register.put(port, this);
    }

    @Override
    public void close() throws IOException {
        Integer registered = port;
        if (registered != null) {
            register.remove(registered, this);
        }
        super.close();
    }

    @Override
    public OutputStream getOutputStream() throws IOException {
        // Throws when the socket is not connected, or not any more.
        super.getOutputStream();
        return output();
    }

    @Override
    public InputStream getInputStream() throws IOException {
        InputStream raw = super.getInputStream();
        InputStream gated = in;
        return gated == null ? raw : gated;
    }

    private GatedOutput output() {
        GatedOutput output = out;
        if (output == null) {
            throw new IllegalStateException("a socket is used before it is connected");
        }
        return output;
    }

    /** Why something written did not reach the other side; null when all did, as far as is known. */
    @Nullable
    IOException failure() {
        return output().failure;
    }

    /** Holds back the end of the one request that is about to be written, by the calling thread. */
    void arm(Hold hold) {
        output().armed = hold;
    }

    /** Ends what {@link #arm} began, whatever became of it. */
    void disarm() {
        output().disarm();
    }

    /** From now on keeps what is written; counts one more tail that will be sent. */
    void cork() {
        output().cork();
    }

    /** Up to where the kept bytes belong to the tails staged so far. */
    int corked() {
        return output().corked();
    }

    /** Sends what was kept up to there in one write; after the last tail, everything. */
    void uncork(int upTo) {
        output().uncork(upTo);
    }

    private static final class GatedOutput extends FilterOutputStream {
        /** One byte that wakes the server, and one that ends the request. */
        private static final int HELD_MAX = 2;

        private static final byte[] NONE = {};

        /** The hold of the request that is being written; used by its thread alone. */
        private @Nullable Hold armed;

        /** What is held back: up to {@link #HELD_MAX} bytes. */
        private byte[] last = NONE;

        private final ByteArrayOutputStream kept = new ByteArrayOutputStream();
        private int tails;
        private int sent;
        private volatile @Nullable IOException failure;

        GatedOutput(OutputStream raw) {
            super(raw);
        }

        @Override
        public void write(int b) throws IOException {
            write(new byte[] {(byte) b}, 0, 1);
        }

        @Override
        public void write(byte[] bytes, int offset, int length) throws IOException {
            if (length == 0) {
                return;
            }
            if (armed == null) {
                pass(bytes, offset, length);
                return;
            }
            int passing = Math.max(0, last.length + length - HELD_MAX);
            byte[] joined = Arrays.copyOf(last, last.length + length);
            System.arraycopy(bytes, offset, joined, last.length, length);
            pass(joined, 0, passing);
            last = Arrays.copyOfRange(joined, passing, joined.length);
        }

        /** Writes, or keeps while corked. */
        private synchronized void pass(byte[] bytes, int offset, int length) {
            if (length == 0) {
                return;
            }
            if (tails > 0) {
                kept.write(bytes, offset, length);
            } else {
                raw(bytes, offset, length);
            }
        }

        private void raw(byte[] bytes, int offset, int length) {
            if (failure != null || length == 0) {
                return;
            }
            try {
                out.write(bytes, offset, length);
            } catch (IOException e) {
                failure = e;
            }
        }

        @Override
        public void flush() {
            // Sockets do not buffer.
        }

        /** The request was written to its end: waits until its last byte has left. */
        void finish() throws IOException {
            Hold hold = armed;
            if (hold == null || last.length == 0) {
                return;
            }
            byte[] end = last;
            armed = null;
            last = NONE;
            Release release = new Release() {
                private int gone;

                @Override
                public void stage() {
                    leave(end.length - 1);
                }

                @Override
                void leave() {
                    leave(end.length);
                }

                private synchronized void leave(int upTo) {
                    pass(end, gone, Math.max(0, upTo - gone));
                    gone = Math.max(gone, upTo);
                }
            };
            hold.atTail(release);
            release.await();
        }

        void disarm() {
            armed = null;
            last = NONE;
        }

        synchronized void cork() {
            tails++;
        }

        synchronized int corked() {
            return kept.size();
        }

        synchronized void uncork(int upTo) {
            tails--;
            byte[] all = kept.toByteArray();
            int end = tails == 0 ? all.length : Math.max(sent, upTo);
            raw(all, sent, end - sent);
            sent = end;
            if (tails == 0) {
                kept.reset();
                sent = 0;
            }
        }
    }

    private static final class GatedInput extends FilterInputStream {
        private final GatedOutput out;

        GatedInput(InputStream raw, GatedOutput out) {
            super(raw);
            this.out = out;
        }

        @Override
        public int read() throws IOException {
            out.finish();
            return super.read();
        }

        @Override
        public int read(byte[] bytes, int offset, int length) throws IOException {
            out.finish();
            return super.read(bytes, offset, length);
        }
    }
}
