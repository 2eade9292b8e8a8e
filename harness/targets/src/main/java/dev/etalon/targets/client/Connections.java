package dev.etalon.targets.client;

import java.io.EOFException;
import java.io.IOException;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import okhttp3.ConnectionPool;
import okhttp3.OkHttpClient;
import okhttp3.Protocol;
import okhttp3.Response;

/**
 * The client that requests are sent with. It keeps connections until a server shows that it closes each of its own: by its
 * version (RFC 9112 §9.3: HTTP/1.0 does unless it says otherwise), or by closing idle ones without a word. From then on every
 * request has a connection of its own, opened before it is sent; none is ever sent again.
 *
 * <p>Thread-safe.
 */
final class Connections {
    /** Of two requests that end so soon after each other with the connection, neither did by chance. */
    private static final long SOON = 10;

    private final AtomicLong requests = new AtomicLong();
    private final AtomicLong lastEnd = new AtomicLong(Long.MIN_VALUE / 2);
    private volatile OkHttpClient http;
    private volatile boolean single;

    Connections(OkHttpClient http) {
        this.http = http;
    }

    OkHttpClient http() {
        return http;
    }

    /** Takes what an answer says of its connection. */
    void answered(Response response) {
        requests.incrementAndGet();
        String says = response.header("Connection", "");
        if (response.protocol() == Protocol.HTTP_1_0
                && !says.toLowerCase(Locale.ROOT).contains("keep-alive")) {
            useOnce();
        }
    }

    /** Takes that a request got no answer. */
    void failed(IOException failure) {
        long number = requests.incrementAndGet();
        if (failure.getCause() instanceof EOFException && number - lastEnd.getAndSet(number) <= SOON) {
            useOnce();
        }
    }

    private synchronized void useOnce() {
        if (!single) {
            single = true;
            OkHttpClient before = http;
            http = before.newBuilder()
                    .connectionPool(new ConnectionPool(0, 1, TimeUnit.NANOSECONDS))
                    .build();
            before.connectionPool().evictAll();
        }
    }

    /** Closes what is idle. */
    void evict() {
        http.connectionPool().evictAll();
    }
}
