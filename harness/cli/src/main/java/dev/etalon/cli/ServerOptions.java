package dev.etalon.cli;

import dev.etalon.core.model.SafeUrl;
import dev.etalon.core.target.Settings;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Option;

/** The options that say which server is meant, and how it is talked to. */
final class ServerOptions {
    private static final Pattern BUCKET = Pattern.compile("[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]");

    @Option(names = "--url", description = "a server of yours: for http the folder to write in, for s3 the endpoint")
    private @Nullable String url;

    @Option(names = "--protocol", description = "what the server at --url speaks: http (default) or s3")
    private @Nullable String protocol;

    @Option(
            names = "--name",
            description = "what the server at --url is called in files and tables (default: its host and port)")
    private @Nullable String name;

    @Option(
            names = "--claims",
            paramLabel = "LIST",
            description = "the conditions that the server at --url is meant to honour, such as"
                    + " put-if-match,put-if-none-match,delete-if-match, or none: no others are raced, and one that is not"
                    + " offered is not passed over (default: whatever it honours)")
    private @Nullable String claims;

    @Option(names = "--bucket", description = "S3 bucket to write to, made when it is missing (default: etalon)")
    private @Nullable String bucket;

    @Option(
            names = "--known",
            paramLabel = "FILE",
            description =
                    "what is known to be wrong with the server, as --write-known writes it; only what is new fails")
    private @Nullable String known;

    @Option(names = "--write-known", paramLabel = "FILE", description = "adds what is found to a file for --known")
    private @Nullable Path writeKnown;

    @Option(names = "--region", description = "S3 region to sign for (default: us-east-1)")
    private @Nullable String region;

    @Option(names = "--access-key", description = "S3 access key id")
    private @Nullable String accessKey;

    @Option(
            names = "--secret-key",
            description =
                    "S3 secret key; better given in the environment as ETALON_SECRET_KEY, where no process list shows it")
    private @Nullable String secretKey;

    @Option(
            names = "--timeout",
            description = "how long a request may take, in ms or as PT15S (default: 15 s, at most 60 s)")
    private @Nullable String timeout;

    /** What was given, as settings. */
    Map<String, String> flags() {
        Map<String, String> flags = new TreeMap<>();
        put(flags, "etalon.url", url);
        put(flags, "etalon.protocol", protocol);
        put(flags, "etalon.name", name);
        put(flags, "etalon.claims", claims);
        put(flags, "etalon.known", known);
        put(flags, "etalon.bucket", bucket);
        put(flags, "etalon.region", region);
        put(flags, "etalon.access-key", accessKey);
        put(flags, "etalon.secret-key", secretKey);
        put(flags, "etalon.timeout", timeout);
        return flags;
    }

    /** Where to write what is found. */
    Optional<Path> writeKnown() {
        return Optional.ofNullable(writeKnown);
    }

    /** What is known is known of one server, and is to be written when everything is raced: asked for before. */
    void checkWriteKnown(Stream<String> targets) {
        if (writeKnown != null && !Files.isDirectory(writeKnown.toAbsolutePath().resolveSibling(""))) {
            throw new IllegalArgumentException(
                    "--write-known must name a file in a folder that is there: --write-known=" + writeKnown);
        }
        List<String> names = targets.distinct().toList();
        if (writeKnown != null && names.size() > 1) {
            throw new IllegalArgumentException("--write-known writes what is known of one server: targets="
                    + String.join(",", names) + "; name one with --url or --target");
        }
    }

    /**
     * Settings of this process with flags on top, spoken of by the options of a command.
     *
     * @throws IllegalArgumentException with one sentence that says what to do, when no server can be reached with them
     */
    static Settings settings(CommandSpec command, Map<String, String> flags) {
        Settings settings = Settings.ofProcess().with(flags).spokenAs(names(command));
        check(settings);
        return settings;
    }

    /** The option for each setting: of those that may be repeated the setting is plural. */
    static Map<String, String> names(CommandSpec command) {
        Map<String, String> names = new TreeMap<>();
        for (OptionSpec option : command.options()) {
            String name = option.longestName();
            names.put(
                    "etalon." + name.substring(Math.min(2, name.length())) + (option.isMultiValue() ? "s" : ""), name);
        }
        return names;
    }

    /** Finds what no server can be reached with, before each race does. */
    static void check(Settings settings) {
        String url = settings.get("etalon.url").orElse(null);
        if (url != null && !web(url)) {
            throw new IllegalArgumentException(
                    "etalon.url must be an http or https URL, such as http://localhost:8080/folder/: etalon.url="
                            + SafeUrl.of(url));
        }
        if (url == null && settings.get("etalon.claims").isPresent()) {
            throw new IllegalArgumentException(
                    "etalon.claims says what the server at --url is meant to honour; give --url, or leave it out");
        }
        String protocol = settings.get("etalon.protocol", "http").toLowerCase(Locale.ROOT);
        if (!protocol.equals("http") && !protocol.equals("s3")) {
            throw new IllegalArgumentException("etalon.protocol must be http or s3: etalon.protocol=" + protocol);
        }
        settings.get("etalon.bucket")
                .filter(bucket -> !BUCKET.matcher(bucket).matches())
                .ifPresent(bucket -> {
                    throw new IllegalArgumentException(
                            "etalon.bucket must be 3 to 63 lower-case letters, digits, dots and hyphens: etalon.bucket="
                                    + bucket);
                });
        if (url != null && protocol.equals("s3")) {
            checkS3(settings, url);
        }
    }

    private static void checkS3(Settings settings, String url) {
        if (URI.create(url).getRawUserInfo() != null) {
            throw new IllegalArgumentException(
                    "etalon.url of an S3 server takes no user and password, since S3 signs its requests: etalon.url="
                            + SafeUrl.of(url)
                            + "; give --access-key, and the secret key in the environment as ETALON_SECRET_KEY");
        }
        if (settings.get("etalon.access-key").isEmpty()
                || settings.get("etalon.secret-key").isEmpty()) {
            throw new IllegalArgumentException(
                    "etalon.protocol s3 needs a key: give --access-key, and the secret key in the environment as"
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
