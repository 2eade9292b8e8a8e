package dev.etalon.cli;

import dev.etalon.core.model.SafeUrl;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The options that name a server of the user's own. */
final class ServerOptions {
    private static final Pattern BUCKET = Pattern.compile("[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]");

    @Option(names = "--url", description = "a server of yours: for http the folder to write in, for s3 the endpoint")
    private @Nullable String url;

    @Option(names = "--protocol", description = "what the server at --url speaks: http (default) or s3")
    private @Nullable String protocol;

    @Option(names = "--bucket", description = "S3 bucket to write to, made when it is missing (default: etalon)")
    private @Nullable String bucket;

    @Option(names = "--region", description = "S3 region to sign for (default: us-east-1)")
    private @Nullable String region;

    @Option(names = "--access-key", description = "S3 access key id")
    private @Nullable String accessKey;

    @Option(
            names = "--secret-key",
            description =
                    "S3 secret key; better given in the environment as ETALON_SECRET_KEY, where no process list shows it")
    private @Nullable String secretKey;

    /**
     * What was given, as settings.
     *
     * @throws IllegalArgumentException with one sentence that says what to do
     */
    Map<String, String> flags() {
        check();
        Map<String, String> flags = new TreeMap<>();
        put(flags, "etalon.url", url);
        put(flags, "etalon.protocol", protocol);
        put(flags, "etalon.bucket", bucket);
        put(flags, "etalon.region", region);
        put(flags, "etalon.access-key", accessKey);
        put(flags, "etalon.secret-key", secretKey);
        return flags;
    }

    /** Finds what no server can be reached with, before each race does. */
    private void check() {
        if (url != null && !web(url)) {
            throw new IllegalArgumentException(
                    "--url must be an http or https URL, such as http://localhost:8080/folder/: --url="
                            + SafeUrl.of(url));
        }
        if (protocol != null && !protocol.equals("http") && !protocol.equals("s3")) {
            throw new IllegalArgumentException("--protocol must be http or s3: --protocol=" + protocol);
        }
        if (bucket != null && !BUCKET.matcher(bucket).matches()) {
            throw new IllegalArgumentException(
                    "--bucket must be 3 to 63 lower-case letters, digits, dots and hyphens: --bucket=" + bucket);
        }
        if (url != null
                && "s3".equals(protocol)
                && (missing(accessKey, "access-key") || missing(secretKey, "secret-key"))) {
            throw new IllegalArgumentException(
                    "--protocol s3 needs a key: give --access-key, and the secret key in the environment as"
                            + " ETALON_SECRET_KEY");
        }
    }

    private static boolean web(String text) {
        try {
            URI uri = new URI(text);
            return ("http".equals(uri.getScheme()) || "https".equals(uri.getScheme())) && uri.getAuthority() != null;
        } catch (URISyntaxException e) {
            return false;
        }
    }

    private static boolean missing(@Nullable String option, String name) {
        return option == null
                && System.getProperty("etalon." + name) == null
                && System.getenv("ETALON_" + name.replace('-', '_').toUpperCase(Locale.ROOT)) == null;
    }

    /** The targets to ask: those that were named, else the server at the URL, else none in particular. */
    String targets(Iterable<String> named) {
        String list = String.join(",", named);
        return url != null && list.isEmpty() ? "external" : list;
    }

    /** Adds a setting that was given. */
    static void put(Map<String, String> flags, String key, @Nullable String value) {
        if (value != null && !value.isEmpty()) {
            flags.put(key, value);
        }
    }
}
