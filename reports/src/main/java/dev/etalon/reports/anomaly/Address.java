package dev.etalon.reports.anomaly;

import dev.etalon.core.model.SafeUrl;
import dev.etalon.core.report.StoredRace;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Where the requests of a run went, without any credentials: user info is left out, and query values that may be one are
 * variables of the environment.
 *
 * @param url base of the target, ending in a slash
 * @param query what follows a key, a question mark first; empty for nothing
 * @param s3 whether it speaks S3, so that a bucket comes before a key
 * @param stored the bucket; empty when the run did not store it
 * @param region where the bucket is; empty when the run did not store it
 * @param login whether it was logged in to with a user and a password
 */
record Address(String url, String query, boolean s3, String stored, String region, boolean login) {
    private static final Pattern URL = Pattern.compile("(?<base>https?://[^?#]*)(?<query>[^#]*).*");

    /** Stands for a bucket in what people read; a shell takes it for a variable. */
    static final String BUCKET = "$BUCKET";

    /** A server that is reached without a login, of whose bucket nothing is stored. */
    Address(String url, boolean s3) {
        this(url, "", s3, "", "", false);
    }

    /** The address of a run; {@code http://server/} when it was not stored. */
    static Address of(StoredRace race) {
        Map<String, String> environment = race.environment();
        Address plain = of(environment.getOrDefault("url", ""), race.scenario());
        return new Address(
                plain.url,
                plain.query,
                plain.s3,
                environment.getOrDefault("bucket", ""),
                environment.getOrDefault("region", ""),
                environment.containsKey("login"));
    }

    /** The address of a run of a scenario against a URL that may hold anything. */
    static Address of(String given, String scenario) {
        Matcher url = URL.matcher(SafeUrl.of(given.strip()));
        String base = url.matches() ? url.group("base") : "http://server/";
        return new Address(
                base.endsWith("/") ? base : base + "/",
                url.matches() ? url.group("query") : "",
                scenario.startsWith("s3/"),
                "",
                "",
                false);
    }

    /** The address of everything. */
    String bucket() {
        return s3 ? url + (stored.isEmpty() ? BUCKET : stored) : url;
    }

    /** The address of a key. */
    String key(String key) {
        return (s3 ? bucket() + "/" + key : url + key) + query;
    }
}
