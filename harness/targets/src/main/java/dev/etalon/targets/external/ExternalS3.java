package dev.etalon.targets.external;

import dev.etalon.core.plan.Protocol;
import dev.etalon.core.plan.Versioning;
import dev.etalon.core.target.Settings;
import dev.etalon.core.target.TargetUnavailableException;
import dev.etalon.targets.client.Access;
import dev.etalon.targets.client.S3Access;
import dev.etalon.targets.client.WireOptions;
import java.util.List;
import okhttp3.HttpUrl;

/**
 * Any S3 service, path-style: {@code etalon.url}, {@code etalon.access-key}, {@code etalon.secret-key}, {@code
 * etalon.bucket} and {@code etalon.region}. What the bucket does with old versions is left as it is; {@code etalon.versioning}
 * asks for buckets beside it.
 */
public final class ExternalS3 extends ExternalTarget {
    public ExternalS3() {
        super(Protocol.S3);
    }

    @Override
    Access access(HttpUrl url, Settings settings) throws TargetUnavailableException {
        List<Versioning> wanted = settings.versioning();
        return new S3Access(
                url,
                settings.get("etalon.region", "us-east-1"),
                required(settings, "etalon.access-key"),
                required(settings, "etalon.secret-key"),
                settings.get("etalon.bucket", "etalon"),
                wanted.isEmpty() ? List.of(Versioning.OFF) : wanted,
                WireOptions.of(settings));
    }

    private static String required(Settings settings, String key) throws TargetUnavailableException {
        String value = settings.get(key).orElse(null);
        if (value == null) {
            throw TargetUnavailableException.broken("An S3 target needs " + key + "; set it.", null);
        }
        return value;
    }
}
