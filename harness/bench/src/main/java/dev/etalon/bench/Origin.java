package dev.etalon.bench;

import java.io.PrintStream;
import java.nio.ByteBuffer;
import java.util.Locale;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.eclipse.jetty.http.HttpField;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpMethod;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.util.Callback;
import org.jspecify.annotations.Nullable;

/**
 * A small server for measuring clients: bodies in memory, GET, PUT and PUT with If-Match, decided atomically, tags of 34
 * characters. Names below {@code /slow/} are answered after 50 ms, so that every request a client has in flight is seen
 * in flight; {@code /most} tells the most there were and forgets it.
 */
final class Origin implements AutoCloseable {
    /** The command that serves until its standard input ends. */
    static final String SERVE = "serve";

    private static final long SLOW_MS = 50;

    private final Server server = new Server();
    private final ServerConnector connector = new ServerConnector(server, 1, 1);

    private Origin() {}

    static Origin start() throws Exception {
        Origin origin = new Origin();
        origin.connector.setHost("127.0.0.1");
        origin.connector.setAcceptQueueSize(256);
        origin.server.addConnector(origin.connector);
        origin.server.setHandler(new Store());
        origin.server.start();
        return origin;
    }

    /** Serves for the process that started this one: says the port, ends when its input does. */
    static void serve(PrintStream out) throws Exception {
        try (Origin origin = start()) {
            out.println(origin.port());
            out.flush();
            while (System.in.read() >= 0) {
                // The parent says nothing; its end is the end of the stream.
            }
        }
    }

    int port() {
        return connector.getLocalPort();
    }

    @Override
    public void close() throws Exception {
        server.stop();
    }

    private record Stored(ByteBuffer body, String tag) {}

    private static final class Store extends Handler.Abstract {
        private final ConcurrentMap<String, Stored> stored = new ConcurrentHashMap<>();
        private final AtomicLong tags = new AtomicLong();
        private final AtomicInteger inFlight = new AtomicInteger();
        private final AtomicInteger most = new AtomicInteger();

        @Override
        public boolean handle(Request request, Response response, Callback callback) throws Exception {
            String path = request.getHttpURI().getPath();
            most.accumulateAndGet(inFlight.incrementAndGet(), Math::max);
            try {
                if (path.equals("/most")) {
                    byte[] text =
                            Integer.toString(most.getAndSet(0)).getBytes(java.nio.charset.StandardCharsets.US_ASCII);
                    response.getHeaders().put(HttpHeader.CONTENT_LENGTH, text.length);
                    response.write(true, ByteBuffer.wrap(text), callback);
                    return true;
                }
                if (path.startsWith("/slow/")) {
                    Thread.sleep(SLOW_MS);
                }
                if (HttpMethod.PUT.is(request.getMethod())) {
                    put(path, request, response);
                    response.write(true, null, callback);
                } else {
                    get(path, response, callback);
                }
                return true;
            } finally {
                inFlight.decrementAndGet();
            }
        }

        private void put(String path, Request request, Response response) throws Exception {
            ByteBuffer body = Content.Source.asByteBuffer(request);
            String condition = request.getHeaders().get(HttpHeader.IF_MATCH);
            Stored next = new Stored(body, String.format(Locale.ROOT, "\"%032x\"", tags.incrementAndGet()));
            @Nullable
            Stored now = stored.compute(
                    path,
                    (name, old) ->
                            condition == null || (old != null && old.tag().equals(condition)) ? next : old);
            if (now == next) {
                response.setStatus(204);
                response.getHeaders().put(new HttpField(HttpHeader.ETAG, next.tag()));
            } else {
                response.setStatus(412);
            }
        }

        private void get(String path, Response response, Callback callback) {
            Stored found = stored.get(path);
            if (found == null) {
                response.setStatus(404);
                response.write(true, null, callback);
                return;
            }
            response.getHeaders().put(new HttpField(HttpHeader.ETAG, found.tag()));
            response.getHeaders().put(HttpHeader.CONTENT_LENGTH, found.body().remaining());
            response.write(true, found.body().slice(), callback);
        }
    }
}
