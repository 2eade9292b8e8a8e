package dev.etalon.reports.anomaly;

import dev.etalon.core.report.StoredRace;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Where the requests of a run went, without any credentials: the part before an {@code @} and everything from a question
 * mark on are left out, since either may hold a secret.
 *
 * @param url base of the target, ending in a slash
 * @param s3 whether it speaks S3, so that a bucket, which no run stores, comes before a key
 */
record Address(String url, boolean s3) {
    private static final Pattern URL = Pattern.compile("(?<scheme>https?://)(?:[^/?#]*@)?(?<rest>[^?#]*).*");

    /** Stands for a bucket in what people read; a shell takes it for a variable. */
    static final String BUCKET = "$BUCKET";

    /** The address of a run; {@code http://server/} when it was not stored. */
    static Address of(StoredRace race) {
        return of(race.environment().getOrDefault("url", ""), race.scenario());
    }

    /** The address of a run of a scenario against a URL that may hold anything. */
    static Address of(String given, String scenario) {
        Matcher url = URL.matcher(given.strip());
        String base = url.matches() ? url.group("scheme") + url.group("rest") : "http://server/";
        return new Address(base.endsWith("/") ? base : base + "/", scenario.startsWith("s3/"));
    }

    /** The address of everything. */
    String bucket() {
        return s3 ? url + BUCKET : url;
    }

    /** The address of a key. */
    String key(String key) {
        return s3 ? bucket() + "/" + key : url + key;
    }
}
