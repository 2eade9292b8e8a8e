package dev.etalon.targets.client;

import java.io.ByteArrayOutputStream;
import java.io.InputStream;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import okhttp3.HttpUrl;
import okhttp3.tls.HandshakeCertificates;
import okhttp3.tls.HeldCertificate;
import org.eclipse.jetty.alpn.server.ALPNServerConnectionFactory;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http2.server.HTTP2CServerConnectionFactory;
import org.eclipse.jetty.http2.server.HTTP2ServerConnectionFactory;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.server.SslConnectionFactory;
import org.eclipse.jetty.util.Callback;
import org.eclipse.jetty.util.ssl.SslContextFactory;

/**
 * A linearizable register for every path, on Jetty, that writes down when it saw what of each request. Time is {@link
 * System#nanoTime()} of this virtual machine, which is the racers' clock too.
 */
final class WatchingServer implements AutoCloseable {
    private final Server jetty = new Server();
    private final Wire wire;
    private final HandshakeCertificates certificates;
    private final List<Seen> seen = new CopyOnWriteArrayList<>();
    private final Map<String, Resource> resources = new HashMap<>();
    private int tags;

    /** What is spoken. */
    enum Wire {
        HTTP_1_1(false, WireOptions.Version.HTTP_1_1),
        HTTP_1_1_TLS(true, WireOptions.Version.HTTP_1_1),
        HTTP_2_CLEARTEXT(false, WireOptions.Version.HTTP_2_CLEARTEXT),
        HTTP_2_TLS(true, WireOptions.Version.HTTP_2);

        private final boolean tls;
        private final WireOptions.Version version;

        Wire(boolean tls, WireOptions.Version version) {
            this.tls = tls;
            this.version = version;
        }

        boolean multiplexed() {
            return version != WireOptions.Version.HTTP_1_1;
        }
    }

    private record Resource(byte[] body, String tag) {}

    /** What was seen of one request. */
    static final class Seen {
        final String method;
        final String path;
        final String connection;
        final long headNs = System.nanoTime();
        volatile int bytes;
        /** When its end was seen; 0 before. */
        volatile long endNs;

        Seen(Request request) {
            this.method = request.getMethod();
            this.path = request.getHttpURI().getPath();
            this.connection =
                    request.getConnectionMetaData().getRemoteSocketAddress().toString();
        }
    }

    WatchingServer(Wire wire) throws Exception {
        this.wire = wire;
        HeldCertificate own = new HeldCertificate.Builder()
                .addSubjectAlternativeName("127.0.0.1")
                .build();
        this.certificates = new HandshakeCertificates.Builder()
                .heldCertificate(own)
                .addTrustedCertificate(own.certificate())
                .build();
        ServerConnector connector = connector();
        connector.setHost("127.0.0.1");
        jetty.addConnector(connector);
        jetty.setHandler(new Handler.Abstract() {
            @Override
            public boolean handle(Request request, Response response, Callback callback) throws Exception {
                answer(request, response);
                callback.succeeded();
                return true;
            }
        });
        jetty.start();
    }

    private ServerConnector connector() {
        HttpConfiguration configuration = new HttpConfiguration();
        HttpConnectionFactory http1 = new HttpConnectionFactory(configuration);
        if (!wire.tls) {
            return wire.multiplexed()
                    ? new ServerConnector(jetty, http1, new HTTP2CServerConnectionFactory(configuration))
                    : new ServerConnector(jetty, http1);
        }
        SslContextFactory.Server tls = new SslContextFactory.Server();
        tls.setSslContext(certificates.sslContext());
        if (!wire.multiplexed()) {
            return new ServerConnector(jetty, new SslConnectionFactory(tls, http1.getProtocol()), http1);
        }
        ALPNServerConnectionFactory alpn = new ALPNServerConnectionFactory();
        return new ServerConnector(
                jetty,
                new SslConnectionFactory(tls, alpn.getProtocol()),
                alpn,
                new HTTP2ServerConnectionFactory(configuration),
                http1);
    }

    HttpUrl url() {
        return url(((ServerConnector) jetty.getConnectors()[0]).getLocalPort());
    }

    /** The same server behind another port of this machine. */
    HttpUrl url(int port) {
        return new HttpUrl.Builder()
                .scheme(wire.tls ? "https" : "http")
                .host("127.0.0.1")
                .port(port)
                .build();
    }

    WireOptions options() {
        return new WireOptions(
                wire.version, WireOptions.DEFAULT.callTimeout(), Optional.of(certificates.trustManager()));
    }

    /** Everything seen so far, in the order of the heads. */
    List<Seen> seen() {
        return seen;
    }

    private void answer(Request request, Response response) throws Exception {
        Seen now = new Seen(request);
        seen.add(now);
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        try (InputStream in = Content.Source.asInputStream(request)) {
            byte[] some = new byte[8192];
            for (int count = in.read(some); count >= 0; count = in.read(some)) {
                body.write(some, 0, count);
                now.bytes += count;
            }
        }
        now.endNs = System.nanoTime();
        decide(request, response, body.toByteArray());
    }

    private synchronized void decide(Request request, Response response, byte[] body) throws Exception {
        Resource resource = resources.get(path(request));
        String ifMatch = request.getHeaders().get(HttpHeader.IF_MATCH);
        boolean create = request.getHeaders().contains(HttpHeader.IF_NONE_MATCH);
        boolean holds = ifMatch == null || (resource != null && resource.tag().equals(ifMatch));
        switch (request.getMethod()) {
            case "GET" -> {
                response.setStatus(resource == null ? 404 : 200);
                if (resource != null) {
                    response.getHeaders().put(HttpHeader.ETAG, resource.tag());
                    response.getHeaders().put(HttpHeader.CONTENT_LENGTH, resource.body().length);
                    Content.Sink.asOutputStream(response).write(resource.body());
                }
            }
            case "PUT" -> {
                boolean applied = holds && !(create && resource != null);
                response.setStatus(applied ? 204 : 412);
                if (applied) {
                    resources.put(path(request), new Resource(body, "\"t" + ++tags + "\""));
                }
            }
            case "DELETE" -> {
                response.setStatus(holds ? 204 : 412);
                if (holds) {
                    resources.remove(path(request));
                }
            }
            default -> response.setStatus(405);
        }
    }

    private static String path(Request request) {
        return request.getHttpURI().getPath();
    }

    @Override
    public void close() throws Exception {
        jetty.stop();
    }
}
