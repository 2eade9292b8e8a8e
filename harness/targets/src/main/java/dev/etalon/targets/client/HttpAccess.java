package dev.etalon.targets.client;

import dev.etalon.core.model.Precondition;
import dev.etalon.core.target.Answer;
import dev.etalon.core.target.Client;
import dev.etalon.core.target.Request;
import dev.etalon.core.target.TargetUnavailableException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import okhttp3.HttpUrl;

/**
 * How a plain HTTP target is reached, and the check that it takes writes.
 *
 * @param base URL of the folder that resources are written below, ending in a slash
 * @param options how to talk to it
 */
public record HttpAccess(HttpUrl base, WireOptions options) implements Access {
    /** How often a write is looked for, and how long to wait in between: a second in all. */
    private static final int LOOKS_MAX = 11;

    /** What a server answers that takes no change without a condition (RFC 6585 §3). */
    static final int PRECONDITION_REQUIRED = 428;

    private static final long LOOK_AGAIN_NS = TimeUnit.MILLISECONDS.toNanos(100);

    /** Reached over HTTP/1.1. */
    public HttpAccess(HttpUrl base) {
        this(base, WireOptions.DEFAULT);
    }

    @Override
    public Map<String, String> settings() {
        return Map.of("etalon.protocol", "http", "etalon.url", base.toString());
    }

    /** A client for resources below the base. */
    @Override
    public WireClient client() {
        return new WireClient(base, WireClient.Signing.NONE, options);
    }

    @Override
    public RawWire raw() {
        return new RawWire(base, Map.of("base", base.toString()), RawWire.Signing.NONE, options);
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
                    "Nothing usable answers at " + base + " (" + put.detail() + "); start the server, or correct"
                            + " etalon.url.",
                    null);
        }
        if (put.status() == 401 || put.status() == 403) {
            throw TargetUnavailableException.broken(
                    "A plain PUT below " + base + " was refused with " + put.status()
                            + "; let this machine write there, or name another folder with etalon.url.",
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
                    "PUT below " + base + " was answered " + put.status() + " and the GET after it " + get.status()
                            + ", so resources cannot be written there; name a folder that takes PUT with etalon.url.",
                    null);
        }
    }
}
