package dev.etalon.targets.client;

import dev.etalon.core.model.Precondition;
import dev.etalon.core.model.SafeUrl;
import dev.etalon.core.target.Answer;
import dev.etalon.core.target.Client;
import dev.etalon.core.target.Request;
import dev.etalon.core.target.TargetUnavailableException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import okhttp3.HttpUrl;
import org.jspecify.annotations.Nullable;

/**
 * How a plain HTTP target is reached, and the check that it takes writes.
 *
 * @param base URL of the folder that resources are written below, ending in a slash, without user info
 * @param login what is sent with every request to be let in; null for nothing
 * @param options how to talk to it
 */
public record HttpAccess(HttpUrl base, @Nullable BasicLogin login, WireOptions options) implements Access {
    /** How often a write is looked for, and how long to wait in between: a second in all. */
    private static final int LOOKS_MAX = 11;

    /** What a server answers that takes no change without a condition (RFC 6585 §3). */
    static final int PRECONDITION_REQUIRED = 428;

    private static final String LOG_IN =
            "log in with http://user:password@host, or with ETALON_USER and ETALON_PASSWORD" + " in the environment";

    private static final long LOOK_AGAIN_NS = TimeUnit.MILLISECONDS.toNanos(100);

    /** Reached without a login. */
    public HttpAccess(HttpUrl base, WireOptions options) {
        this(base, null, options);
    }

    /** Reached over HTTP/1.1, without a login. */
    public HttpAccess(HttpUrl base) {
        this(base, WireOptions.DEFAULT);
    }

    @Override
    public Map<String, String> settings() {
        Map<String, String> settings = new TreeMap<>(Map.of("etalon.protocol", "http", "etalon.url", base.toString()));
        if (login != null) {
            settings.put("etalon.user", login.user());
            settings.put("etalon.password", login.password());
        }
        return settings;
    }

    @Override
    public String url() {
        return SafeUrl.of(base.toString());
    }

    /** A client for resources below the base. */
    @Override
    public WireClient client() {
        return new WireClient(base, login == null ? WireClient.Signing.NONE : login, options);
    }

    @Override
    public RawWire raw() {
        return new RawWire(
                base, Map.of("base", base.toString()), login == null ? RawWire.Signing.NONE : login, options);
    }

    private String words(Answer answer) {
        return new Secrets(base, login == null ? List.of() : login.secrets()).masked(ServerWords.of(answer));
    }

    /**
     * Makes sure that a PUT is taken and comes back; one with a condition, where the server demands that.
     *
     * @throws TargetUnavailableException with one sentence that says what to do
     */
    @Override
    public void makeReady(Client client) throws TargetUnavailableException {
        String key = "etalon-probe-" + UUID.randomUUID();
        byte[] body = key.getBytes(StandardCharsets.UTF_8);
        Answer put = client.send(Request.put(key, Precondition.NONE, body));
        if (put.status() == PRECONDITION_REQUIRED) {
            put = client.send(Request.put(key, Precondition.CREATE, body));
        }
        if (put.failure() != null) {
            throw TargetUnavailableException.broken(
                    "Nothing usable answers at " + url() + " (" + put.detail() + "); start the server, or correct"
                            + " etalon.url.",
                    null);
        }
        if (put.status() == 401 || put.status() == 403) {
            throw TargetUnavailableException.broken(
                    "A plain PUT below " + url() + " was refused with " + words(put) + "; "
                            + (put.status() == 401 ? LOG_IN : "let this machine write there")
                            + ", or name another folder with etalon.url." + suspicion(),
                    null);
        }
        Answer get = client.send(Request.get(key));
        for (int look = 1; look < LOOKS_MAX && put.successful() && !Arrays.equals(get.body(), body); look++) {
            // One that is behind is to be judged by a race, not turned away here.
            LockSupport.parkNanos(LOOK_AGAIN_NS);
            get = client.send(Request.get(key));
        }
        if (!put.successful() || !Arrays.equals(get.body(), body)) {
            throw TargetUnavailableException.broken(
                    "PUT below " + url() + " was answered " + (put.successful() ? put.status() : words(put))
                            + " and the GET after it " + get.status()
                            + ", so resources cannot be written there; name a folder that takes PUT with etalon.url."
                            + suspicion(),
                    null);
        }
    }

    /** What the server speaks, when it is not what it was asked in. */
    private String suspicion() {
        return Access.speaksS3(atBase())
                ? " Its answers are those of S3: if it is an S3 server, set etalon.protocol=s3."
                : "";
    }
}
