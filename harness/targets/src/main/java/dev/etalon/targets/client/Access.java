package dev.etalon.targets.client;

import dev.etalon.core.plan.Protocol;
import dev.etalon.core.plan.Versioning;
import dev.etalon.core.target.Client;
import dev.etalon.core.target.Settings;
import dev.etalon.core.target.TargetUnavailableException;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import okhttp3.HttpUrl;

/** How a server is reached and made ready to take writes. */
public sealed interface Access permits HttpAccess, S3Access {
    /**
     * What {@code etalon.url} and the settings beside it name. What is made there is noted, to be removed again, unless
     * {@code etalon.keep} is set.
     *
     * @throws TargetUnavailableException with one sentence that says what to do
     */
    static Access of(Protocol protocol, Settings settings) throws TargetUnavailableException {
        String text = settings.get("etalon.url", "");
        HttpUrl url = HttpUrl.parse(text);
        if (url == null) {
            throw TargetUnavailableException.broken(
                    "etalon.url must be an http or https URL: etalon.url=" + text + ".", null);
        }
        if (protocol == Protocol.HTTP) {
            boolean folder = url.pathSegments().get(url.pathSize() - 1).isEmpty();
            HttpUrl base = folder ? url : url.newBuilder().addPathSegment("").build();
            WireOptions plain = WireOptions.of(settings);
            return new HttpAccess(base, settings.keep() ? plain : plain.with(new HttpLedger(base, plain)));
        }
        List<Versioning> wanted = settings.versioning();
        String region = settings.get("etalon.region", "us-east-1");
        String accessKey = required(settings, "etalon.access-key");
        String secretKey = required(settings, "etalon.secret-key");
        WireOptions plain = WireOptions.of(settings);
        S3Signing signing = new S3Signing(region, accessKey, secretKey, Clock.systemUTC());
        return new S3Access(
                url,
                region,
                accessKey,
                secretKey,
                settings.get("etalon.bucket", "etalon"),
                wanted.isEmpty() ? List.of(Versioning.OFF) : wanted,
                settings.keep() ? plain : plain.with(new S3Ledger(url, signing, plain)));
    }

    private static String required(Settings settings, String key) throws TargetUnavailableException {
        String value = settings.get(key).orElse(null);
        if (value == null) {
            throw TargetUnavailableException.broken("An S3 target needs " + key + "; set it.", null);
        }
        return value;
    }

    /** The settings that name it, but for how it is talked to: what {@link #of} takes. */
    Map<String, String> settings();

    /** How it is talked to. */
    WireOptions options();

    /** A client for the resources it writes. */
    WireClient client();

    /** The kinds of buckets that its clients reach. */
    default List<Versioning> versioning() {
        return List.of(Versioning.OFF);
    }

    /** A client for all that the server offers, which sends through that one and closes it. */
    default Client speaking(WireClient wire) {
        return wire;
    }

    /** A client for requests of any shape. */
    RawWire raw();

    /**
     * Makes sure that a write is taken and comes back.
     *
     * @throws TargetUnavailableException with one sentence that says what to do
     */
    void makeReady(Client client) throws TargetUnavailableException;

    /**
     * A client for a target that is ready; closed again when it is not.
     *
     * @throws TargetUnavailableException with one sentence that says what to do
     */
    default Client readyClient() throws TargetUnavailableException {
        WireClient client = client();
        try {
            makeReady(client);
            client.learn();
            return speaking(client);
        } catch (TargetUnavailableException | RuntimeException e) {
            client.close();
            throw e;
        }
    }
}
