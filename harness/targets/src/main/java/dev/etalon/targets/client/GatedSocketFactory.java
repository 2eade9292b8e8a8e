package dev.etalon.targets.client;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import javax.net.SocketFactory;
import org.jspecify.annotations.Nullable;

/**
 * Makes sockets that can hold back the end of a request, and finds the one below a connection. Thread-safe.
 *
 * <p>TCP_NODELAY is set: OkHttp never does, and without it a withheld last byte costs about 40 ms a round.
 */
final class GatedSocketFactory extends SocketFactory {
    /** By local port: a TLS socket does not tell what it is layered over, but has the same port. */
    private final Map<Integer, GatedSocket> open = new ConcurrentHashMap<>();

    /** The socket that this one is, or is layered over; null when it was not made here. */
    @Nullable
    GatedSocket below(Socket socket) {
        return socket instanceof GatedSocket gated ? gated : open.get(socket.getLocalPort());
    }

    @Override
    public Socket createSocket() throws IOException {
        return new GatedSocket(open);
    }

    @Override
    public Socket createSocket(String host, int port) throws IOException {
        return connected(new InetSocketAddress(host, port), null);
    }

    @Override
    public Socket createSocket(String host, int port, InetAddress localHost, int localPort) throws IOException {
        return connected(new InetSocketAddress(host, port), new InetSocketAddress(localHost, localPort));
    }

    @Override
    public Socket createSocket(InetAddress host, int port) throws IOException {
        return connected(new InetSocketAddress(host, port), null);
    }

    @Override
    public Socket createSocket(InetAddress address, int port, InetAddress localAddress, int localPort)
            throws IOException {
        return connected(new InetSocketAddress(address, port), new InetSocketAddress(localAddress, localPort));
    }

    private Socket connected(InetSocketAddress remote, @Nullable InetSocketAddress local) throws IOException {
        GatedSocket socket = new GatedSocket(open);
        try {
            if (local != null) {
                socket.bind(local);
            }
            socket.connect(remote);
            return socket;
        } catch (IOException e) {
            socket.close();
            throw e;
        }
    }
}
