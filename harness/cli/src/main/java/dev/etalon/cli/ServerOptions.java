package dev.etalon.cli;

import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The options that name a server of the user's own. */
final class ServerOptions {
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

    /** What was given, as settings. */
    Map<String, String> flags() {
        Map<String, String> flags = new TreeMap<>();
        put(flags, "etalon.url", url);
        put(flags, "etalon.protocol", protocol);
        put(flags, "etalon.bucket", bucket);
        put(flags, "etalon.region", region);
        put(flags, "etalon.access-key", accessKey);
        put(flags, "etalon.secret-key", secretKey);
        return flags;
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
