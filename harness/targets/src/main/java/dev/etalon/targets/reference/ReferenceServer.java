package dev.etalon.targets.reference;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.SocketOption;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.NetworkChannel;
import java.util.AbstractMap.SimpleImmutableEntry;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import javax.net.ssl.SSLContext;
import org.eclipse.jetty.alpn.server.ALPNServerConnectionFactory;
import org.eclipse.jetty.http.HttpCompliance;
import org.eclipse.jetty.http.HttpField;
import org.eclipse.jetty.http2.server.HTTP2CServerConnectionFactory;
import org.eclipse.jetty.http2.server.HTTP2ServerConnectionFactory;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.io.EndPoint;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.server.SecureRequestCustomizer;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.server.SslConnectionFactory;
import org.eclipse.jetty.util.Callback;
import org.eclipse.jetty.util.ssl.SslContextFactory;
import org.eclipse.jetty.util.thread.QueuedThreadPool;
import org.jspecify.annotations.Nullable;

/**
 * Puts a {@link Faithful} server on sockets: Jetty on loopback, HTTP/1.1 and HTTP/2, in the clear or with TLS, on one port
 * or several.
 */
public final class ReferenceServer implements AutoCloseable {
    /** More than any volley: a held racer occupies a thread. */
    private static final int THREADS_MAX = 200;

    private final Server server;
    private final Faithful faithful;
    private final Options options;
    private final @Nullable Signatures signatures;

    /**
     * How it listens.
     *
     * @param port port of the first endpoint, the others follow; 0 for any free ones
     * @param endpoints how many ports lead to it, 1 and up
     * @param tls its certificate and key; null for plain text
     * @param disturbances what happens to answers
     */
    public record Options(int port, int endpoints, @Nullable SSLContext tls, Disturbances disturbances) {
        /** One free port, plain text, undisturbed. */
        public static final Options PLAIN = new Options(0, 1, null, Disturbances.none());
    }

    private ReferenceServer(Faithful faithful, Options options, @Nullable Signatures signatures) {
        this.faithful = faithful;
        this.options = options;
        this.signatures = signatures;
        QueuedThreadPool threads = new QueuedThreadPool(THREADS_MAX);
        threads.setName("etalon-reference");
        threads.setDaemon(true);
        this.server = new Server(threads);
        for (int node = 0; node < options.endpoints(); node++) {
            server.addConnector(connector(node));
        }
        server.setHandler(new Front());
    }

    /**
     * Starts a plain HTTP server, or an S3 server for one pair of credentials.
     *
     * @throws Exception when it cannot listen
     */
    public static ReferenceServer start(Faithful faithful, Options options, String accessKey, String secretKey)
            throws Exception {
        Signatures signatures = faithful.manner().s3() ? new Signatures(accessKey, secretKey) : null;
        ReferenceServer started = new ReferenceServer(faithful, options, signatures);
        started.server.start();
        return started;
    }

    /** The ports of its endpoints. */
    public List<Integer> ports() {
        List<Integer> ports = new ArrayList<>();
        for (var connector : server.getConnectors()) {
            ports.add(((ServerConnector) connector).getLocalPort());
        }
        return ports;
    }

    @Override
    public void close() {
        try {
            server.stop();
        } catch (Exception e) {
            throw new IllegalStateException("the reference server did not stop", e);
        }
    }

    private ServerConnector connector(int node) {
        HttpConfiguration http = new HttpConfiguration();
        http.setSendServerVersion(false);
        // Some names as they were sent: a mutant may know one spelling only.
        http.setHttpCompliance(
                http.getHttpCompliance().with("names as sent", HttpCompliance.Violation.CASE_SENSITIVE_FIELD_NAME));
        ServerConnector connector;
        SSLContext tls = options.tls();
        if (tls == null) {
            connector = new ServerConnector(
                    server, new HttpConnectionFactory(http), new HTTP2CServerConnectionFactory(http));
        } else {
            // The certificate is for loopback addresses, which have no name to be indicated.
            http.addCustomizer(new SecureRequestCustomizer(false));
            SslContextFactory.Server factory = new SslContextFactory.Server();
            factory.setSslContext(tls);
            ALPNServerConnectionFactory alpn = new ALPNServerConnectionFactory();
            alpn.setDefaultProtocol("http/1.1");
            connector = new ServerConnector(
                    server,
                    new SslConnectionFactory(factory, alpn.getProtocol()),
                    alpn,
                    new HTTP2ServerConnectionFactory(http),
                    new HttpConnectionFactory(http));
        }
        connector.setHost("127.0.0.1");
        connector.setPort(options.port() == 0 ? 0 : options.port() + node);
        connector.setName(Integer.toString(node));
        return connector;
    }

    /** Turns Jetty's requests into calls and replies into Jetty's responses. */
    private final class Front extends Handler.Abstract {
        @Override
        public boolean handle(Request request, Response response, Callback callback) {
            Disturbances.Kind disturbance = options.disturbances().next();
            Reply reply;
            try {
                if (disturbance == Disturbances.Kind.CUT_BEFORE) {
                    return cut(request, callback);
                }
                if (disturbance == Disturbances.Kind.LATE_EFFECT) {
                    delay();
                }
                reply = reply(call(request));
            } catch (UncheckedIOException e) {
                callback.failed(e);
                return true;
            }
            if (disturbance == Disturbances.Kind.CUT_AFTER) {
                return cut(request, callback);
            }
            if (disturbance == Disturbances.Kind.LATE_ANSWER) {
                delay();
            }
            write(request, response, reply, callback);
            return true;
        }

        private Reply reply(Call call) {
            if (signatures != null) {
                Signatures.Denial denial = signatures.denial(call).orElse(null);
                Reply reply = denial == null ? null : faithful.denied(call, denial.code(), denial.message());
                if (reply != null) {
                    return reply;
                }
            }
            return faithful.answer(call);
        }

        private Call call(Request request) {
            List<Map.Entry<String, String>> fields = new ArrayList<>();
            for (HttpField field : request.getHeaders()) {
                String value = field.getValue();
                fields.add(new SimpleImmutableEntry<>(field.getName(), value == null ? "" : value));
            }
            if (request.getHeaders().get("Host") == null) {
                // HTTP/2 has it in a pseudo-header (RFC 9113 §8.3.1).
                fields.add(
                        new SimpleImmutableEntry<>("Host", request.getHttpURI().getAuthority()));
            }
            String query = request.getHttpURI().getQuery();
            int node = Integer.parseInt(
                    request.getConnectionMetaData().getConnector().getName());
            return new Call(
                    request.getMethod(),
                    request.getHttpURI().getPath(),
                    query == null ? "" : query,
                    fields,
                    Content.Source.asInputStream(request),
                    node,
                    request.getConnectionMetaData().getConnection().getMessagesIn() <= 1);
        }

        private void write(Request request, Response response, Reply reply, Callback callback) {
            response.setStatus(reply.status());
            reply.headers().forEach((name, value) -> response.getHeaders().put(name, value));
            boolean bodiless = reply.status() == 304 || reply.status() == 204;
            if (!bodiless) {
                response.getHeaders().put("Content-Length", reply.body().length);
            }
            boolean empty = bodiless || request.getMethod().equals("HEAD");
            response.write(true, empty ? ByteBuffer.allocate(0) : ByteBuffer.wrap(reply.body()), callback);
        }

        private void delay() {
            long until = System.nanoTime() + options.disturbances().delay().toNanos();
            for (long left = until - System.nanoTime(); left > 0; left = until - System.nanoTime()) {
                LockSupport.parkNanos(Math.min(left, TimeUnit.SECONDS.toNanos(1)));
            }
        }

        /** Resets the connection. */
        private boolean cut(Request request, Callback callback) {
            EndPoint endPoint = request.getConnectionMetaData().getConnection().getEndPoint();
            if (endPoint.getTransport() instanceof NetworkChannel channel) {
                try {
                    // Without lingering, closing is a reset.
                    SocketOption<Integer> linger = StandardSocketOptions.SO_LINGER;
                    channel.setOption(linger, 0);
                } catch (IOException e) {
                    callback.failed(e);
                    return true;
                }
            }
            endPoint.close();
            callback.failed(new IOException("the connection was cut on purpose"));
            return true;
        }
    }
}
