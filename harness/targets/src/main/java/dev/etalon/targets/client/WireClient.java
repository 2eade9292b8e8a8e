package dev.etalon.targets.client;

import dev.etalon.core.model.EntityTag;
import dev.etalon.core.model.Method;
import dev.etalon.core.model.Outcome;
import dev.etalon.core.model.Precondition;
import dev.etalon.core.model.Version;
import dev.etalon.core.plan.Alignment;
import dev.etalon.core.plan.NameForm;
import dev.etalon.core.plan.RequestShape;
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
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocketFactory;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509TrustManager;
import okhttp3.Authenticator;
import okhttp3.Connection;
import okhttp3.ConnectionPool;
import okhttp3.CookieJar;
import okhttp3.EventListener;
import okhttp3.Headers;
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
 * Sends requests with OkHttp, each of them once. Thread-safe.
 *
 * <p>Everything that makes a client kind makes a harness lie, so it is off: retries, redirects, authentication
 * challenges, caching, compression. Bodies are one-shot; {@code Retry-After} is hidden from OkHttp, which would follow a
 * 503 with it; TCP_NODELAY is set, since a withheld last byte would otherwise wait for a delayed acknowledgement.
 */
public final class WireClient implements Client {
    private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(5);

    /** As many warm connections as any plan has racers, so that no race begins with a handshake. */
    private static final int CONNECTIONS_MAX = 256;

    /** Shorter than servers keep idle connections (some close after 5 s): a racer must not meet one that is closing. */
    private static final long IDLE_SECONDS = 3;

    /** A server that means to answer an expectation does so before anything else; others never do. */
    private static final Duration EXPECTATION_TIMEOUT = Duration.ofSeconds(1);

    /** Eight mebibytes take a while where the way is slow; who hangs on a shape costs this once. */
    private static final Duration SHAPE_TIMEOUT = Duration.ofSeconds(10);

    /** Memory that a server may make us take by a Content-Length alone. */
    private static final int STRAIGHT_BYTES_MAX = 16 * 1024 * 1024;

    private static final int NOT_MODIFIED = 304;
    private static final String PROBE = "etalon-probe-";
    private static final MediaType JSON = MediaType.get("application/json");
    private static final MediaType TEXT = MediaType.get("text/plain");
    private static final MediaType OCTETS = MediaType.get("application/octet-stream");
    private static final Pattern ERROR_CODE = Pattern.compile("<Code>([^<]{1,100})</Code>");

    private final Connections connections;
    private final HttpUrl base;
    private final Signing signing;
    private final Optional<Ledger> ledger;
    private final GatedSocketFactory sockets = new GatedSocketFactory();
    private volatile boolean multiplexed;
    private volatile boolean expectation;
    private volatile Set<RequestShape> shapes = Set.of(RequestShape.PLAIN);
    private volatile Set<Method> reads = Set.of(Method.GET);
    private volatile Set<NameForm> names = Set.of(NameForm.FLAT);
    private volatile boolean demanding;

    /** What is done to a request before it leaves. */
    @FunctionalInterface
    public interface Signing {
        /** Leaves requests as they are. */
        Signing NONE = (request, body) -> request;

        /** Signs a request whose body is known. */
        okhttp3.Request sign(okhttp3.Request request, byte @Nullable [] body);

        /** Whether it signs what comes in chunks of Amazon's own. */
        default boolean takesChunks() {
            return false;
        }
    }

    /** A client that talks as {@link WireOptions#DEFAULT} says. */
    public WireClient(HttpUrl base, Signing signing) {
        this(base, signing, WireOptions.DEFAULT);
    }

    /**
     * Makes a client.
     *
     * @param base what resource names are appended to, ending in a slash
     * @param signing what is done to every request
     * @param options how to talk to the server
     */
    public WireClient(HttpUrl base, Signing signing, WireOptions options) {
        this.base = base;
        this.signing = signing;
        this.ledger = options.ledger();
        this.connections = new Connections(harmless(options)
                .socketFactory(sockets)
                .addNetworkInterceptor(this::send)
                .eventListenerFactory(call -> {
                    Sending sending = call.request().tag(Sending.class);
                    return sending == null ? EventListener.NONE : sending;
                })
                .build());
    }

    private WireClient(WireClient other, HttpUrl base) {
        this.base = base;
        this.signing = other.signing;
        this.connections = other.connections;
        this.ledger = other.ledger;
    }

    /** A client for resources below another URL of the same server, over the connections of this one, which has to outlive it. */
    WireClient below(HttpUrl other) {
        return new WireClient(this, other);
    }

    /** OkHttp with every convenience off; also for the independent clients that set things up. */
    static OkHttpClient.Builder harmless(WireOptions options) {
        OkHttpClient.Builder builder = new OkHttpClient.Builder()
                .protocols(options.version().protocols())
                .retryOnConnectionFailure(false)
                .followRedirects(false)
                .followSslRedirects(false)
                .authenticator(Authenticator.NONE)
                .proxyAuthenticator(Authenticator.NONE)
                .cookieJar(CookieJar.NO_COOKIES)
                .cache(null)
                .socketFactory(new GatedSocketFactory())
                // Another proxy on the way could cache or resend.
                .proxy(Proxy.NO_PROXY)
                .connectionPool(new ConnectionPool(CONNECTIONS_MAX, IDLE_SECONDS, TimeUnit.SECONDS))
                .connectTimeout(CONNECT_TIMEOUT)
                .readTimeout(options.callTimeout())
                .writeTimeout(options.callTimeout())
                .callTimeout(options.callTimeout())
                .addNetworkInterceptor(WireClient::hideRetryAfter);
        options.ledger().ifPresent(builder::addInterceptor);
        options.trust().ifPresent(trust -> builder.sslSocketFactory(sslSockets(trust), trust));
        return builder;
    }

    private static SSLSocketFactory sslSockets(X509TrustManager trust) {
        try {
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(null, new TrustManager[] {trust}, null);
            return context.getSocketFactory();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java platform has TLS", e);
        }
    }

    /** Tells a request which connection it has, between getting it and writing to it, and puts its fields in shape. */
    private Response send(Interceptor.Chain chain) throws IOException {
        Sending sending = chain.request().tag(Sending.class);
        Connection connection = chain.connection();
        if (sending == null || connection == null) {
            return chain.proceed(chain.request());
        }
        multiplexed = connection.protocol() != Protocol.HTTP_1_1 && connection.protocol() != Protocol.HTTP_1_0;
        try {
            sending.connected(sockets.below(connection.socket()), multiplexed, connection.handshake() != null);
            return chain.proceed(inShape(chain.request(), sending.shape()));
        } finally {
            sending.over();
        }
    }

    /** A request with all its fields, those that OkHttp adds too, as a shape has them. */
    private static okhttp3.Request inShape(okhttp3.Request request, RequestShape shape) {
        List<Field> fields = new ArrayList<>();
        request.headers().forEach(field -> fields.add(new Field(field.getFirst(), field.getSecond())));
        if (shape == RequestShape.LOWER_CASE) {
            fields.replaceAll(field -> new Field(field.name.toLowerCase(Locale.ROOT), field.value));
        } else if (shape == RequestShape.CONDITION_LAST) {
            Collections.reverse(fields);
            fields.sort(Comparator.comparingInt(Field::place));
        } else {
            return request;
        }
        Headers.Builder headers = new Headers.Builder();
        fields.forEach(field -> headers.addUnsafeNonAscii(field.name, field.value));
        return request.newBuilder().headers(headers.build()).build();
    }

    /** A header field, with its place where conditions come last: Host stays in front (RFC 9110 §7.2). */
    private record Field(String name, String value) {
        int place() {
            return name.equalsIgnoreCase("Host") ? 0 : name.startsWith("If-") ? 2 : 1;
        }
    }

    @Override
    public Set<RequestShape> shapes() {
        return shapes;
    }

    @Override
    public Set<Method> reads() {
        return reads;
    }

    @Override
    public Set<NameForm> names() {
        return names;
    }

    /**
     * What the last connection and {@link #learn} have shown.
     *
     * @return the socket always; more once the target has answered
     */
    @Override
    public Set<Alignment.Need> offers() {
        EnumSet<Alignment.Need> offers = EnumSet.of(Alignment.Need.SOCKET);
        if (multiplexed) {
            offers.add(Alignment.Need.MULTIPLEXING);
        }
        if (expectation) {
            offers.add(Alignment.Need.EXPECTATION);
        }
        return offers;
    }

    /**
     * Finds out whether the server answers {@code Expect: 100-continue}, how it can be read, and which shapes of requests and
     * forms of names it takes, with writes of resources of its own. A server that leaves one unanswered keeps the client
     * waiting for a second, once for each.
     *
     * @param forms the forms that names may have in the protocol
     */
    void learn(Set<NameForm> forms) {
        if (multiplexed) {
            return;
        }
        AtomicBoolean asked = new AtomicBoolean();
        Hold hold = new Hold() {
            @Override
            public Place place() {
                return Place.EXPECTATION;
            }

            @Override
            public int tailBytes(int bodyBytes) {
                return bodyBytes;
            }

            @Override
            public void atTail() {
                asked.set(true);
            }
        };
        String key = PROBE + UUID.randomUUID();
        byte[] body = key.getBytes(StandardCharsets.UTF_8);
        OkHttpClient hasty = within(EXPECTATION_TIMEOUT);
        OkHttpClient patient = within(SHAPE_TIMEOUT);
        Request request = Request.put(key, Precondition.NONE, body);
        Answer put = send(hasty, request, hold);
        if (put.status() == HttpAccess.PRECONDITION_REQUIRED) {
            asked.set(false);
            request = Request.put(key, Precondition.CREATE, body);
            put = send(hasty, request, hold);
        }
        expectation = put.successful() && asked.get();
        delete(key, put.tag());
        if (!put.successful()) {
            // Who cannot be asked first may well take what is sent at once.
            key = PROBE + UUID.randomUUID();
            request = Request.put(key, request.precondition(), body);
            put = send(patient, request, Hold.NONE);
            delete(key, put.tag());
        }
        demanding = put.successful() && demands(patient, request);
        EnumSet<RequestShape> taken = EnumSet.of(RequestShape.PLAIN);
        if (put.successful()) {
            Precondition precondition = request.precondition();
            reads = readable(patient, precondition);
            EnumSet.complementOf(EnumSet.of(RequestShape.PLAIN)).stream()
                    .filter(shape -> shape != RequestShape.AWS_CHUNKED || signing.takesChunks())
                    .filter(shape -> takes(patient, PROBE, shape, precondition))
                    .forEach(taken::add);
            names = forms.stream()
                    .filter(form -> form == NameForm.FLAT
                            || takes(patient, form.prefix(PROBE), RequestShape.PLAIN, precondition))
                    .collect(Collectors.toUnmodifiableSet());
        }
        shapes = Set.copyOf(taken);
    }

    /** The same connections, with less patience than a race has where that is more. */
    private OkHttpClient within(Duration timeout) {
        int most = connections.http().callTimeoutMillis();
        Duration limit = most > 0 && most < timeout.toMillis() ? Duration.ofMillis(most) : timeout;
        return connections
                .http()
                .newBuilder()
                .callTimeout(limit)
                .readTimeout(limit)
                .build();
    }

    /** Whether a write over what is there needs a condition. */
    private boolean demands(OkHttpClient http, Request write) {
        Answer there = send(http, write, Hold.NONE);
        Answer over = send(
                http, Request.put(write.key(), Precondition.NONE, Objects.requireNonNull(write.body())), Hold.NONE);
        delete(write.key(), over.successful() ? over.tag() : there.tag());
        return over.status() == HttpAccess.PRECONDITION_REQUIRED;
    }

    /** How a resource can be read so that body, or tag, are those that GET shows. */
    private Set<Method> readable(OkHttpClient http, Precondition precondition) {
        String key = PROBE + UUID.randomUUID();
        byte[] body = key.getBytes(StandardCharsets.UTF_8);
        Answer put = send(http, Request.put(key, precondition, body), Hold.NONE);
        EntityTag tag = send(http, Request.get(key), Hold.NONE).tag();
        EnumSet<Method> readable = EnumSet.of(Method.GET);
        if (tag != null) {
            Answer range = send(http, new Request(Method.GET_RANGE, key, Precondition.NONE, null), Hold.NONE);
            if (Arrays.equals(range.body(), body) && sameTag(tag, range)) {
                readable.add(Method.GET_RANGE);
            }
            Answer head = send(http, new Request(Method.HEAD, key, Precondition.NONE, null), Hold.NONE);
            Precondition held = Precondition.ifNoneMatch(tag, Version.FOREIGN);
            if (head.successful()
                    && sameTag(tag, head)
                    && send(http, new Request(Method.HEAD, key, held, null), Hold.NONE)
                                    .status()
                            == NOT_MODIFIED) {
                readable.add(Method.HEAD);
            }
        }
        delete(key, put.tag());
        return Set.copyOf(readable);
    }

    /** A weak tag may have become a strong one meanwhile. */
    private static boolean sameTag(EntityTag tag, Answer answer) {
        EntityTag told = answer.tag();
        return told != null && told.opaque().equals(tag.opaque());
    }

    /** Whether a write is taken and comes back. */
    private boolean takes(OkHttpClient http, String prefix, RequestShape shape, Precondition precondition) {
        String key = prefix + UUID.randomUUID();
        byte[] written = key.getBytes(StandardCharsets.UTF_8);
        byte[] body = Arrays.copyOf(written, shape.bodyBytes(written.length));
        Request request = Request.put(key, precondition, body).in(shape);
        Answer put = send(http, request, Hold.NONE);
        boolean taken = put.successful() && Arrays.equals(send(Request.get(key)).body(), body);
        if (put.status() < 400) {
            delete(key, put.tag());
        }
        return taken;
    }

    /** Removes a resource, under its tag where the server demands a condition. */
    private void delete(String key, @Nullable EntityTag tag) {
        boolean demanded = send(Request.delete(key, Precondition.NONE)).status() == HttpAccess.PRECONDITION_REQUIRED;
        if (demanded && tag != null) {
            send(Request.delete(key, Precondition.ifMatch(tag, Version.FOREIGN)));
        }
    }

    @Override
    public boolean demandsConditions() {
        return demanding;
    }

    @Override
    public void reconnect() {
        connections.evict();
    }

    @Override
    public void abortUploads() {
        ledger.ifPresent(Ledger::abortUploads);
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
        byte[] body = onWire(request);
        okhttp3.Request built = build(request, body);
        return hold -> send(connections.http(), built, body, request.shape(), hold);
    }

    /**
     * Signs a request that says what it asks for, to be sent as any other.
     *
     * @param request without a body
     * @param method its method
     * @param type of the body
     * @param body empty for a method that demands one
     * @param shape of its fields
     */
    Prepared prepare(okhttp3.Request.Builder request, String method, MediaType type, byte[] body, RequestShape shape) {
        okhttp3.Request built = signing.sign(
                request.method(method, RequestBody.create(body, type)).build(), body);
        return hold -> send(connections.http(), built, body, shape.ofBody() ? RequestShape.PLAIN : shape, hold);
    }

    /** Where a resource is. */
    HttpUrl url(String key) {
        return base.newBuilder().addPathSegments(key).build();
    }

    /** A request with its condition, which is yet to say what it asks for. */
    static okhttp3.Request.Builder about(HttpUrl url, Precondition precondition) {
        okhttp3.Request.Builder builder = new okhttp3.Request.Builder().url(url).header("Accept-Encoding", "identity");
        EntityTag tag = precondition.tag();
        if (precondition.kind() == Precondition.Kind.IF_MATCH && tag != null) {
            builder.header("If-Match", tag.value());
        } else if (precondition.kind() == Precondition.Kind.IF_NONE_MATCH_ANY) {
            builder.header("If-None-Match", "*");
        } else if (precondition.kind() == Precondition.Kind.IF_NONE_MATCH && tag != null) {
            builder.header("If-None-Match", tag.value());
        }
        return builder;
    }

    private static byte @Nullable [] onWire(Request request) {
        byte[] body = request.body();
        return body != null && request.shape() == RequestShape.AWS_CHUNKED ? AwsChunks.of(body) : body;
    }

    private okhttp3.Request build(Request request, byte @Nullable [] body) {
        okhttp3.Request.Builder builder = about(url(request.key()), request.precondition());
        byte[] decoded = request.body();
        if (decoded != null && request.shape() == RequestShape.AWS_CHUNKED) {
            AwsChunks.about(builder, decoded.length);
        }
        switch (request.method()) {
            // A shared cache may answer from its store while that is fresh (RFC 9111), which is no fault of the server.
            // Where it is asked for 304, some servers take no-cache for a wish to have it all again.
            case GET, GET_RANGE, HEAD -> {
                builder.header(
                        "Cache-Control",
                        request.precondition().kind() == Precondition.Kind.IF_NONE_MATCH ? "max-age=0" : "no-cache");
                if (request.method() == Method.GET_RANGE) {
                    builder.header("Range", "bytes=0-");
                } else if (request.method() == Method.HEAD) {
                    builder.head();
                }
            }
            case PUT -> builder.put(RequestBody.create(Objects.requireNonNull(body), type(request.shape())));
            case DELETE -> builder.method("DELETE", null);
            case COPY, COMPLETE, DELETE_OBJECTS ->
                throw new IllegalArgumentException(
                        "HTTP has no such method; ask a client that speaks S3: method=" + request.method());
        }
        return signing.sign(builder.build(), body);
    }

    /** What a body is said to be; null for nothing. */
    private static @Nullable MediaType type(RequestShape shape) {
        return switch (shape) {
            case JSON -> JSON;
            case TEXT -> TEXT;
            case UNTYPED -> null;
            case PLAIN, CHUNKED, LOWER_CASE, CONDITION_LAST, LARGE, AWS_CHUNKED, EMPTY, HUGE -> OCTETS;
        };
    }

    private Answer send(OkHttpClient http, Request request, Hold hold) {
        byte[] body = onWire(request);
        return send(http, build(request, body), body, request.shape(), hold);
    }

    private Answer send(
            OkHttpClient http, okhttp3.Request request, byte @Nullable [] body, RequestShape shape, Hold hold) {
        boolean content = body != null && body.length > 0;
        Sending sending = new Sending(hold, content, shape);
        okhttp3.Request.Builder once = request.newBuilder().tag(Sending.class, sending);
        RequestBody whole = request.body();
        if (body != null && whole != null) {
            once.method(request.method(), new OneShotBody(body, whole.contentType(), sending));
            if (content && hold.place() == Hold.Place.EXPECTATION) {
                // After signing: a header on the way, which proxies may answer themselves.
                once.header("Expect", "100-continue");
            }
        }
        try (Response response = http.newCall(once.build()).execute()) {
            connections.answered(response);
            byte[] received;
            try {
                received = response.request().method().equals("HEAD") ? new byte[0] : content(response.body());
            } catch (IOException e) {
                // The request was with the server, whatever became of the rest of the answer.
                return cut(response, e);
            }
            String doubt = doubt(response, received.length, sending);
            if (doubt != null) {
                return Answer.failed(Outcome.Cause.CONNECTION, doubt);
            }
            return new Answer(
                    response.code(), tag(response.header("ETag")), received, null, detail(response, received));
        } catch (IOException e) {
            connections.failed(e);
            return Answer.failed(cause(e), String.valueOf(e));
        }
    }

    /** An answer of which no more than the header fields came: a read that surely met the server, and shows nothing. */
    private static Answer cut(Response response, IOException e) {
        boolean read = response.request().method().equals("GET");
        return new Answer(read ? response.code() : 0, null, new byte[0], cause(e), String.valueOf(e));
    }

    private static Outcome.Cause cause(IOException e) {
        return e instanceof InterruptedIOException ? Outcome.Cause.TIMEOUT : Outcome.Cause.CONNECTION;
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

    /** Why an answer may not be what the server meant to say of the request; null when it surely is. */
    private static @Nullable String doubt(Response response, int received, Sending sending) throws IOException {
        IOException unsent = sending.failure();
        if (unsent != null) {
            sending.abandon();
            if (response.isSuccessful()) {
                return "the server answered " + response.code() + " to a request that it cannot have whole (" + unsent
                        + ")";
            }
        }
        boolean part = response.code() == 206;
        if (!response.request().method().equals("GET") || !(part || response.code() == 200)) {
            return null;
        }
        String range = response.header("Content-Range", "none");
        if (part && !("bytes 0-" + (received - 1) + "/" + received).equals(range)) {
            // A server may send less than was asked for (RFC 9110 §15.3.7).
            return "the answer to Range: bytes=0- is not said to be all of it (Content-Range: " + range + ", "
                    + received + " bytes)";
        }
        if (response.header("Content-Length") == null && response.header("Transfer-Encoding") == null) {
            return "the body ended with the connection, so that a whole one cannot be told from a cut one";
        }
        String encoding = response.header("Content-Encoding", "identity");
        return "identity".equalsIgnoreCase(encoding)
                ? null
                : "the body was encoded (" + encoding + ") though none but identity was accepted";
    }

    /** A tag as received; null for one that is none. */
    static @Nullable EntityTag tag(@Nullable String value) {
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
        connections.http().dispatcher().executorService().shutdown();
        connections.evict();
    }

    /** A body that cannot be sent twice and pauses where the hold says. */
    private static final class OneShotBody extends RequestBody {
        private final byte[] body;
        private final @Nullable MediaType type;
        private final Sending sending;

        OneShotBody(byte[] body, @Nullable MediaType type, Sending sending) {
            this.body = body;
            this.type = type;
            this.sending = sending;
        }

        @Override
        public boolean isOneShot() {
            return true;
        }

        @Override
        public @Nullable MediaType contentType() {
            return type;
        }

        @Override
        public long contentLength() {
            return sending.shape() == RequestShape.CHUNKED ? -1 : body.length;
        }

        @Override
        public void writeTo(BufferedSink sink) throws IOException {
            int head = body.length - tailBytes();
            sink.write(body, 0, head);
            if (head < body.length) {
                sink.flush();
                if (!sending.onSocket()) {
                    sending.hold().atTail();
                } else if (sending.multiplexed()) {
                    sending.pauseShared();
                }
                sink.write(body, head, body.length - head);
            }
        }

        /**
         * How much of the body is written apart. A socket that has one request at a time holds its end back by itself; but
         * over TLS that must be the end of a small record, or the server could not even read the head.
         */
        private int tailBytes() {
            if (sending.onSocket()) {
                return sending.multiplexed() || sending.encrypted() ? Math.min(1, body.length) : 0;
            }
            if (sending.hold().place() == Hold.Place.NOWHERE) {
                return 0;
            }
            int tail = sending.hold().tailBytes(body.length);
            // Over HTTP/2 OkHttp leaves the headers in its buffer until there is a frame of data to go with them.
            return sending.multiplexed() ? Math.min(tail, body.length - 1) : tail;
        }
    }
}
