package dev.etalon.targets.client;

import dev.etalon.core.target.Hold;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;

/** A gated socket whose answer is there before its request, and what arrives at the other side. */
final class Wire implements AutoCloseable {
    private static final byte[] REQUEST = {'A', 'B', 'C', 'D'};
    private static final int PATIENCE_MS = 10_000;

    /** Connections are used again: to make one costs many times what is looked at. */
    private static final Queue<Wire> IDLE = new ConcurrentLinkedQueue<>();

    private final GatedSocket near;
    private final Socket far;

    private Wire() throws IOException {
        near = new GatedSocket(new ConcurrentHashMap<>());
        try (ServerSocket server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            near.connect(server.getLocalSocketAddress(), PATIENCE_MS);
            far = server.accept();
        }
        far.setSoTimeout(PATIENCE_MS);
        far.setTcpNoDelay(true);
    }

    /** A connection at rest, with the answer to its next request in it. */
    static Wire ready() {
        try {
            Wire idle = IDLE.poll();
            Wire wire = idle == null ? new Wire() : idle;
            wire.far.getOutputStream().write('!');
            return wire;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Writes a request and reads its answer. */
    void request(Hold hold) {
        try {
            near.arm(hold);
            near.getOutputStream().write(REQUEST);
            if (near.getInputStream().read() != '!') {
                throw new IOException("the answer is another one");
            }
            near.disarm();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** How many bytes have arrived so far. */
    int arrived() {
        try {
            return far.getInputStream().available();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** All that has arrived; waits for as much as was written. */
    String received() {
        try {
            byte[] bytes = new byte[REQUEST.length];
            int length = far.getInputStream().readNBytes(bytes, 0, bytes.length);
            byte[] more = far.getInputStream().readNBytes(arrived());
            return new String(bytes, 0, length, StandardCharsets.US_ASCII)
                    + new String(more, StandardCharsets.US_ASCII);
        } catch (SocketTimeoutException e) {
            return "less than a request";
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Leaves the connection to whoever needs one next. */
    @Override
    public void close() {
        IDLE.add(this);
    }
}
