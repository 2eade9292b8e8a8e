package dev.etalon.targets.client;

import dev.etalon.core.model.EntityTag;
import dev.etalon.core.model.Method;
import dev.etalon.core.model.Outcome;
import dev.etalon.core.model.Precondition;
import dev.etalon.core.target.Answer;
import dev.etalon.core.target.Client;
import dev.etalon.core.target.Hold;
import dev.etalon.core.target.Request;
import java.io.EOFException;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.ProtocolException;
import java.net.Proxy;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import okhttp3.Authenticator;
import okhttp3.ConnectionPool;
import okhttp3.CookieJar;
import okhttp3.HttpUrl;
import okhttp3.Interceptor;
import okhttp3.MediaType;
import okhttp3.OkHttpClient;
import okhttp3.Protocol;
import okhttp3.RequestBody;
import okhttp3.Response;
import okhttp3.ResponseBody;
import okio.BufferedSink;
import org.jspecify.annotations.Nullable;

/**
 * Sends requests with OkHttp over HTTP/1.1, each of them once. Thread-safe.
 *
 * <p>Everything that makes a client kind makes a harness lie, so it is off: retries, redirects, authentication
 * challenges, caching, compression. Bodies are one-shot; {@code Retry-After} is hidden from OkHttp, which would follow a
 * 503 with it; TCP_NODELAY is set, since a withheld last byte would otherwise wait for a delayed acknowledgement.
 */
public final class WireClient implements Client {
    /** Longer than a healthy answer by orders of magnitude; what takes longer has an unknown outcome. */
    private static final Duration CALL_TIMEOUT = Duration.ofSeconds(15);

    private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(5);

    /** As many warm connections as any plan has racers, so that no race begins with a handshake. */
    private static final int CONNECTIONS_MAX = 256;

    /** Shorter than servers keep idle connections (some close after 5 s): a racer must not meet one that is closing. */
    private static final long IDLE_SECONDS = 3;

    /** Memory that a server may make us take by a Content-Length alone. */
    private static final int STRAIGHT_BYTES_MAX = 16 * 1024 * 1024;

    private static final MediaType OCTETS = MediaType.get("application/octet-stream");
    private static final Pattern ERROR_CODE = Pattern.compile("<Code>([^<]{1,100})</Code>");

    private final OkHttpClient http;
    private final HttpUrl base;
    private final Signing signing;

    /** What is done to a request before it leaves. */
    @FunctionalInterface
    public interface Signing {
        /** Leaves requests as they are. */
        Signing NONE = (request, body) -> request;

        /** Signs a request whose body is known. */
        okhttp3.Request sign(okhttp3.Request request, byte @Nullable [] body);
    }

    /**
     * Makes a client.
     *
     * @param base what resource names are appended to, ending in a slash
     * @param signing what is done to every request
     */
    public WireClient(HttpUrl base, Signing signing) {
        this.base = base;
        this.signing = signing;
        this.http = harmless(new OkHttpClient.Builder());
    }

    /** OkHttp with every convenience off; also for the independent clients that set things up. */
    static OkHttpClient harmless(OkHttpClient.Builder builder) {
        return builder.retryOnConnectionFailure(false)
                .followRedirects(false)
                .followSslRedirects(false)
                .authenticator(Authenticator.NONE)
                .proxyAuthenticator(Authenticator.NONE)
                .cookieJar(CookieJar.NO_COOKIES)
                .cache(null)
                .protocols(List.of(Protocol.HTTP_1_1))
                .socketFactory(new NoDelaySocketFactory())
                // Another proxy on the way could cache or resend.
                .proxy(Proxy.NO_PROXY)
                .connectionPool(new ConnectionPool(CONNECTIONS_MAX, IDLE_SECONDS, TimeUnit.SECONDS))
                .connectTimeout(CONNECT_TIMEOUT)
                .readTimeout(CALL_TIMEOUT)
                .writeTimeout(CALL_TIMEOUT)
                .callTimeout(CALL_TIMEOUT)
                .addNetworkInterceptor(WireClient::hideRetryAfter)
                .build();
    }

    /** OkHttp sends a request without a body again when a 503 says {@code Retry-After: 0}, whatever its settings. */
    private static Response hideRetryAfter(Interceptor.Chain chain) throws IOException {
        Response response = chain.proceed(chain.request());
        return response.header("Retry-After") == null
                ? response
                : response.newBuilder().removeHeader("Retry-After").build();
    }

    @Override
    public Prepared prepare(Request request) {
        okhttp3.Request.Builder builder = new okhttp3.Request.Builder()
                .url(base.newBuilder().addPathSegment(request.key()).build())
                .header("Accept-Encoding", "identity");
        Precondition precondition = request.precondition();
        EntityTag tag = precondition.tag();
        if (precondition.kind() == Precondition.Kind.IF_MATCH && tag != null) {
            builder.header("If-Match", tag.value());
        } else if (precondition.kind() == Precondition.Kind.IF_NONE_MATCH_ANY) {
            builder.header("If-None-Match", "*");
        } else if (precondition.kind() == Precondition.Kind.IF_NONE_MATCH && tag != null) {
            builder.header("If-None-Match", tag.value());
        }
        byte[] body = request.body();
        if (request.method() == Method.GET) {
            // A shared cache may answer from its store while that is fresh (RFC 9111), which is no fault of the server.
            builder.header("Cache-Control", "no-cache");
        }
        if (request.method() == Method.PUT && body != null) {
            builder.put(RequestBody.create(body, OCTETS));
        } else if (request.method() == Method.DELETE) {
            builder.method("DELETE", null);
        }
        okhttp3.Request signed = signing.sign(builder.build(), body);
        return hold -> send(signed, body, hold);
    }

    private Answer send(okhttp3.Request request, byte @Nullable [] body, Hold hold) {
        okhttp3.Request once = body == null
                ? request
                : request.newBuilder().put(new OneShotBody(body, hold)).build();
        try (Response response = http.newCall(once).execute()) {
            byte[] content = content(response.body());
            String doubt = doubt(response);
            if (doubt != null) {
                return Answer.failed(Outcome.Cause.CONNECTION, doubt);
            }
            return new Answer(response.code(), tag(response), content, null, detail(response, content));
        } catch (InterruptedIOException e) {
            return Answer.failed(Outcome.Cause.TIMEOUT, String.valueOf(e));
        } catch (IOException e) {
            return Answer.failed(Outcome.Cause.CONNECTION, String.valueOf(e));
        }
    }

    /** The whole body, read straight into its array where the length is known, instead of through a buffer of as much. */
    private static byte[] content(ResponseBody body) throws IOException {
        long length = body.contentLength();
        if (length < 0 || length > STRAIGHT_BYTES_MAX) {
            return body.bytes();
        }
        byte[] content = new byte[(int) length];
        int at = 0;
        while (at < content.length) {
            int read = body.source().read(content, at, content.length - at);
            if (read < 0) {
                throw new EOFException("the body ended early: bytes=" + at + " Content-Length=" + length);
            }
            at += read;
        }
        // Reads on to the end, so that the connection is known to be clean and can be used again.
        if (!body.source().exhausted()) {
            throw new ProtocolException("the body is longer than its Content-Length: " + length);
        }
        return content;
    }

    /** Why a body may not be what the server meant to send; null when it surely is. */
    private static @Nullable String doubt(Response response) {
        if (!response.request().method().equals("GET") || response.code() != 200) {
            return null;
        }
        if (response.header("Content-Length") == null && response.header("Transfer-Encoding") == null) {
            return "the body ended with the connection, so that a whole one cannot be told from a cut one";
        }
        String encoding = response.header("Content-Encoding", "identity");
        return "identity".equalsIgnoreCase(encoding)
                ? null
                : "the body was encoded (" + encoding + ") though none but identity was accepted";
    }

    private static @Nullable EntityTag tag(Response response) {
        String value = response.header("ETag");
        // A tag that cannot be sent back byte for byte, for its length or its characters, is no validator.
        return value == null
                        || value.isEmpty()
                        || value.length() > EntityTag.LENGTH_MAX
                        || !value.chars().allMatch(c -> c > ' ' && c < 0x7F)
                ? null
                : new EntityTag(value);
    }

    /** The S3 error code of an answer, for people. */
    private static @Nullable String detail(Response response, byte[] content) {
        if (response.isSuccessful() || content.length == 0) {
            return null;
        }
        int length = Math.min(content.length, 4096);
        Matcher code = ERROR_CODE.matcher(new String(content, 0, length, StandardCharsets.UTF_8));
        return code.find() ? code.group(1) : null;
    }

    @Override
    public void close() {
        http.dispatcher().executorService().shutdown();
        http.connectionPool().evictAll();
    }

    /** A body that cannot be sent twice and pauses where the hold says. */
    private static final class OneShotBody extends RequestBody {
        private final byte[] body;
        private final Hold hold;

        OneShotBody(byte[] body, Hold hold) {
            this.body = body;
            this.hold = hold;
        }

        @Override
        public boolean isOneShot() {
            return true;
        }

        @Override
        public MediaType contentType() {
            return OCTETS;
        }

        @Override
        public long contentLength() {
            return body.length;
        }

        @Override
        public void writeTo(BufferedSink sink) throws IOException {
            int tail = hold.tailBytes(body.length);
            sink.write(body, 0, body.length - tail);
            if (tail > 0) {
                sink.flush();
                hold.atTail();
                sink.write(body, body.length - tail, tail);
            }
        }
    }
}
