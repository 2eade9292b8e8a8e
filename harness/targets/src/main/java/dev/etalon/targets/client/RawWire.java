package dev.etalon.targets.client;

import dev.etalon.core.model.Outcome;
import dev.etalon.core.model.SafeUrl;
import dev.etalon.core.target.Exchange;
import dev.etalon.core.target.Pulse;
import dev.etalon.core.target.RawAnswer;
import dev.etalon.core.target.RawClient;
import dev.etalon.core.target.RawField;
import dev.etalon.core.target.RawRequest;
import dev.etalon.core.target.RawRequest.Credentials;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.regex.Pattern;
import okhttp3.Headers;
import okhttp3.HttpUrl;
import okhttp3.MediaType;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.RequestBody;
import okhttp3.Response;
import okio.BufferedSink;
import org.jspecify.annotations.Nullable;

/** Sends requests of any shape with OkHttp, every convenience off, each of them once. Thread-safe. */
public final class RawWire implements RawClient, AutoCloseable {
    /** What OkHttp would otherwise add, or take for leave to decompress. */
    private static final RawField IDENTITY = new RawField("Accept-Encoding", "identity");

    /** Methods that must say how long their content is, even if there is none (RFC 9110 §8.6). */
    private static final Set<String> WITH_CONTENT = Set.of("PUT", "POST", "PATCH", "PROPPATCH");

    /** How often a server is looked for that may be gone, and how long each look may take. */
    private static final int LOOKS_MAX = 3;

    private static final Duration LOOK = Duration.ofSeconds(3);
    private static final long LOOK_AGAIN_NS = TimeUnit.MILLISECONDS.toNanos(300);

    /** What is said where this machine has no room for another socket. */
    private static final Pattern OWN_LIMITS = Pattern.compile(
            "(?i)too many open files|cannot assign requested address|no buffer space|cannot allocate memory");

    private static final Pattern SECRETS = Pattern.compile("(Credential|Signature)=[^,&\\s]+");
    private static final Pattern LOGIN = Pattern.compile("(?i)^(Basic|Bearer) .*");
    private static final Set<String> SECRET_PARAMETERS =
            Set.of("x-amz-credential", "x-amz-signature", "x-amz-security-token");

    private final Connections connections;
    private final HttpUrl base;
    private final Map<String, String> places;
    private final Signing signing;
    private final Secrets secrets;
    private final Optional<Ledger> ledger;

    /** How requests are signed. */
    public interface Signing {
        /** Leaves requests as they are. */
        Signing NONE = new Signing() {
            @Override
            public Request sign(Request request, byte @Nullable [] body) {
                return request;
            }

            @Override
            public Request presign(Request request) {
                return request;
            }
        };

        /** Signs every header and the body, in the Authorization header. */
        Request sign(Request request, byte @Nullable [] body);

        /** Signs every header in the query, the body not. */
        Request presign(Request request);

        /** What of it must not be stored, wherever a server sends it back. */
        default List<String> secrets() {
            return List.of();
        }
    }

    /**
     * Makes a client.
     *
     * @param base what paths are appended to, ending in a slash
     * @param places where we may write, by the name that paths use
     * @param signing how requests are signed
     * @param options how it speaks
     */
    public RawWire(HttpUrl base, Map<String, String> places, Signing signing, WireOptions options) {
        this.base = base;
        this.places = Map.copyOf(places);
        this.signing = signing;
        this.connections = new Connections(WireClient.harmless(options).build());
        this.secrets = new Secrets(base, signing.secrets());
        this.ledger = options.ledger();
    }

    @Override
    public Map<String, String> places() {
        return places;
    }

    @Override
    public void abortUploads() {
        ledger.ifPresent(Ledger::abortUploads);
    }

    @Override
    public Exchange send(RawRequest request) {
        Request signed = signed(request);
        try (Response response = connections.http().newCall(signed).execute()) {
            connections.answered(response);
            byte[] body = response.body().bytes();
            RawAnswer answer = new RawAnswer(
                    response.code(),
                    fields(response.headers()).stream()
                            .map(field -> new RawField(field.name(), secrets.masked(field.value())))
                            .toList(),
                    secrets.masked(body),
                    null,
                    null);
            Response network = response.networkResponse();
            return new Exchange(asSent(request, network == null ? signed : network.request()), answer);
        } catch (InterruptedIOException e) {
            return new Exchange(asSent(request, signed), RawAnswer.failed(Outcome.Cause.TIMEOUT, String.valueOf(e)));
        } catch (IOException e) {
            connections.failed(e);
            return new Exchange(asSent(request, signed), RawAnswer.failed(Outcome.Cause.CONNECTION, String.valueOf(e)));
        }
    }

    /** Looks whether anything answers, whatever it says; several times before it says that nothing does. */
    public Pulse pulse() {
        Duration patience =
                Duration.ofMillis(Math.min(LOOK.toMillis(), connections.http().callTimeoutMillis()));
        OkHttpClient hasty =
                connections.http().newBuilder().callTimeout(patience).build();
        Request look = new Request.Builder()
                .url(base.newBuilder().addPathSegment("etalon-pulse").build())
                .head()
                .build();
        String seen = "";
        for (int i = 0; i < LOOKS_MAX; i++) {
            try (Response response = hasty.newCall(look).execute()) {
                return Pulse.ANSWERS;
            } catch (IOException e) {
                seen = String.valueOf(e);
            }
            if (OWN_LIMITS.matcher(seen).find()) {
                return new Pulse(
                        Pulse.State.UNASKED,
                        "this machine could not ask " + SafeUrl.of(base.toString()) + " any more (" + seen
                                + "), which says nothing of the server; give it more sockets, or ask for less at a time");
            }
            LockSupport.parkNanos(LOOK_AGAIN_NS);
        }
        return new Pulse(
                Pulse.State.GONE,
                "the server is gone: nothing answers at " + SafeUrl.of(base.toString()) + " any more (" + seen + ")");
    }

    private Request signed(RawRequest raw) {
        Credentials credentials = raw.credentials();
        byte[] body = raw.body();
        Headers.Builder headers = new Headers.Builder();
        for (RawField field : raw.headers()) {
            if (!credentials.unsigned().contains(field.name())) {
                // A tag may hold bytes beyond ASCII (obs-text, RFC 9110 §8.8.3).
                headers.addUnsafeNonAscii(field.name(), field.value());
            }
        }
        if (raw.headers().stream().noneMatch(field -> field.name().equalsIgnoreCase(IDENTITY.name()))) {
            headers.add(IDENTITY.name(), IDENTITY.value());
        }
        Request plain = new Request.Builder()
                .url(url(raw))
                .headers(headers.build())
                .method(raw.method(), body(raw.method(), body))
                .build();
        Request signed = switch (credentials.kind()) {
            case HEADER -> signing.sign(plain, body);
            case PRESIGNED -> signing.presign(plain);
            case NONE -> plain;
        };
        Request.Builder sent = signed.newBuilder();
        credentials.withheld().forEach(sent::removeHeader);
        for (RawField field : raw.headers()) {
            if (credentials.unsigned().contains(field.name())) {
                sent.addHeader(field.name(), field.value());
            }
        }
        return sent.build();
    }

    private HttpUrl url(RawRequest raw) {
        HttpUrl.Builder url = base.newBuilder();
        raw.path().forEach(segment -> url.addEncodedPathSegment(encoded(segment)));
        raw.query()
                .forEach(field -> url.addEncodedQueryParameter(
                        encoded(field.name()), field.value().isEmpty() ? null : encoded(field.value())));
        return url.build();
    }

    /** Everything but unreserved characters in percent form: what a signature is computed over (RFC 3986 §2.3). */
    private static String encoded(String text) {
        StringBuilder encoded = new StringBuilder();
        for (byte each : text.getBytes(StandardCharsets.UTF_8)) {
            char c = (char) (each & 0xFF);
            if ((c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || "-._~".indexOf(c) >= 0) {
                encoded.append(c);
            } else {
                encoded.append(String.format(Locale.ROOT, "%%%02X", (int) c));
            }
        }
        return encoded.toString();
    }

    private static @Nullable RequestBody body(String method, byte @Nullable [] body) {
        if (body != null) {
            return new OneShotBody(body);
        }
        return WITH_CONTENT.contains(method) ? new OneShotBody(new byte[0]) : null;
    }

    private RawRequest asSent(RawRequest raw, Request sent) {
        List<RawField> query = new ArrayList<>();
        for (int i = 0; i < sent.url().querySize(); i++) {
            String name = sent.url().queryParameterName(i);
            String value = sent.url().queryParameterValue(i);
            boolean secret = SECRET_PARAMETERS.contains(name.toLowerCase(Locale.ROOT))
                    || (base.queryParameter(name) != null && SafeUrl.credential(name));
            query.add(new RawField(name, value == null ? "" : secret ? "***" : value));
        }
        List<RawField> headers = fields(sent.headers()).stream()
                .map(field -> field.name().equalsIgnoreCase("Authorization")
                        ? new RawField(
                                field.name(),
                                LOGIN.matcher(SECRETS.matcher(field.value()).replaceAll("$1=***"))
                                        .replaceAll("$1 ***"))
                        : field)
                .toList();
        return new RawRequest(raw.method(), sent.url().pathSegments(), query, headers, raw.body(), raw.credentials());
    }

    private static List<RawField> fields(Headers headers) {
        List<RawField> fields = new ArrayList<>();
        headers.forEach(header -> fields.add(new RawField(header.getFirst(), header.getSecond())));
        return fields;
    }

    @Override
    public void close() {
        connections.http().dispatcher().executorService().shutdown();
        connections.evict();
    }

    /** Content that cannot be sent twice, and without a type of its own: rules say what they send. */
    private static final class OneShotBody extends RequestBody {
        private final byte[] content;

        OneShotBody(byte[] content) {
            this.content = content;
        }

        @Override
        public boolean isOneShot() {
            return true;
        }

        @Override
        public @Nullable MediaType contentType() {
            return null;
        }

        @Override
        public long contentLength() {
            return content.length;
        }

        @Override
        public void writeTo(BufferedSink sink) throws IOException {
            sink.write(content);
        }
    }
}
