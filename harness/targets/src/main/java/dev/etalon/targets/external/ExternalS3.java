package dev.etalon.targets.external;

import dev.etalon.core.plan.Protocol;
import dev.etalon.core.target.Settings;
import dev.etalon.core.target.TargetUnavailableException;
import dev.etalon.targets.client.Access;
import dev.etalon.targets.client.S3Access;
import dev.etalon.targets.client.WireOptions;
import okhttp3.HttpUrl;

/**
 * Any S3 service, path-style: {@code etalon.url}, {@code etalon.access-key}, {@code etalon.secret-key}, {@code
 * etalon.bucket} and {@code etalon.region}.
 */
public final class ExternalS3 extends ExternalTarget {
    public ExternalS3() {
        super(Protocol.S3);
    }

    @Override
    Access access(HttpUrl url, Settings settings) throws TargetUnavailableException {
        return new S3Access(
                url,
                settings.get("etalon.region", "us-east-1"),
                required(settings, "etalon.access-key"),
                required(settings, "etalon.secret-key"),
                settings.get("etalon.bucket", "etalon"),
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
