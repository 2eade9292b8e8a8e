package dev.etalon.targets.client;

import dev.etalon.core.model.Printable;
import dev.etalon.core.model.SafeUrl;
import dev.etalon.core.plan.NameForm;
import dev.etalon.core.plan.Protocol;
import dev.etalon.core.plan.Versioning;
import dev.etalon.core.target.Client;
import dev.etalon.core.target.RawAnswer;
import dev.etalon.core.target.RawRequest;
import dev.etalon.core.target.Settings;
import dev.etalon.core.target.TargetUnavailableException;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import okhttp3.HttpUrl;

/** How a server is reached and made ready to take writes. */
public sealed interface Access permits HttpAccess, S3Access {
    /** Nobody writes it. */
    String NOT_THERE = "etalon-nothing";

    /** More of a product's name makes no table better. */
    int PRODUCT_CHARS_MAX = 80;

    /**
     * What {@code etalon.url} and the settings beside it name. What is made there is noted, to be removed again, unless
     * {@code etalon.keep} is set.
     *
     * @throws TargetUnavailableException with one sentence that says what to do
     */
    static Access of(Protocol protocol, Settings settings) throws TargetUnavailableException {
        String text = settings.get("etalon.url", "");
        HttpUrl given = HttpUrl.parse(text);
        if (given == null) {
            throw TargetUnavailableException.broken(
                    "etalon.url must be an http or https URL: etalon.url=" + SafeUrl.of(text) + ".", null);
        }
        Optional<BasicLogin> login = BasicLogin.of(given, settings);
        HttpUrl url =
                given.newBuilder().username("").password("").fragment(null).build();
        if (protocol == Protocol.HTTP) {
            boolean folder = url.pathSegments().get(url.pathSize() - 1).isEmpty();
            HttpUrl base = folder ? url : url.newBuilder().addPathSegment("").build();
            WireOptions plain = WireOptions.of(settings);
            return new HttpAccess(
                    base,
                    login.orElse(null),
                    settings.keep() ? plain : plain.with(new HttpLedger(base, login.orElse(null), plain)));
        }
        if (!given.username().isEmpty() || !given.password().isEmpty()) {
            throw TargetUnavailableException.broken(
                    "S3 signs its requests and takes no user and password; leave them out of etalon.url, and set"
                            + " etalon.access-key and etalon.secret-key.",
                    null);
        }
        List<Versioning> wanted = settings.versioning();
        String region = settings.get("etalon.region", S3Access.DEFAULT_REGION);
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

    /** The settings that name it, credentials too, but for how it is talked to: what {@link #of} takes. */
    Map<String, String> settings();

    /** Its base URL, for people: without credentials. */
    String url();
    /** How it is talked to. */
    WireOptions options();

    /** The forms that names may have in its protocol. */
    default Set<NameForm> names() {
        return EnumSet.complementOf(EnumSet.of(NameForm.NESTED));
    }

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

    /** Whether an answer is one of S3, refusals included: by its header fields or by its document. */
    static boolean speaksS3(RawAnswer answer) {
        String text = new String(answer.body(), StandardCharsets.UTF_8);
        return answer.headers().stream()
                        .anyMatch(field -> field.name().toLowerCase(Locale.ROOT).startsWith("x-amz-"))
                || (text.contains("<Error>") && text.contains("<Code>"))
                || text.contains("<ListAllMyBucketsResult")
                || text.contains("<ListBucketResult");
    }

    /** The answer to a plain read of its base. */
    default RawAnswer atBase() {
        try (RawWire wire = raw()) {
            return wire.send(new RawRequest("GET", List.of(), List.of(), List.of(), null, RawRequest.Credentials.USUAL))
                    .answer();
        }
    }

    /** What the server calls itself, read with a request for something that is not there; empty when it does not say. */
    default Optional<String> product() {
        try (RawWire wire = raw()) {
            List<String> path = Stream.concat(Stream.ofNullable(wire.places().get("bucket")), Stream.of(NOT_THERE))
                    .toList();
            return wire.send(new RawRequest("GET", path, List.of(), List.of(), null, RawRequest.Credentials.USUAL))
                    .answer()
                    .header("Server")
                    .filter(name -> !name.isBlank())
                    .map(name -> Printable.of(name.strip(), PRODUCT_CHARS_MAX));
        }
    }

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
            client.learn(names());
            return speaking(client);
        } catch (TargetUnavailableException | RuntimeException e) {
            client.close();
            throw e;
        }
    }
}
