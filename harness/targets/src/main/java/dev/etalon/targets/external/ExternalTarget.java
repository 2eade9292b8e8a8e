package dev.etalon.targets.external;

import dev.etalon.core.plan.Capability;
import dev.etalon.core.plan.Protocol;
import dev.etalon.core.target.Dialect;
import dev.etalon.core.target.RunningTarget;
import dev.etalon.core.target.Settings;
import dev.etalon.core.target.TargetInfo;
import dev.etalon.core.target.TargetProvider;
import dev.etalon.core.target.TargetUnavailableException;
import dev.etalon.targets.ReadyTarget;
import dev.etalon.targets.client.Access;
import java.util.EnumSet;
import java.util.List;
import okhttp3.HttpUrl;

/**
 * The server that {@code etalon.url} names. Nothing there is started, stopped or deleted; Etalon writes only resources
 * whose names begin with {@code etalon-}.
 */
abstract class ExternalTarget implements TargetProvider {
    private final TargetInfo info;

    ExternalTarget(Protocol protocol) {
        this.info = new TargetInfo(
                "external",
                TargetInfo.Kind.EXTERNAL,
                protocol,
                "external " + protocol + " server",
                protocol == Protocol.S3 ? Dialect.AWS : Dialect.RFC9110,
                EnumSet.allOf(Capability.class));
    }

    /** How the server is reached. */
    abstract Access access(HttpUrl url, Settings settings) throws TargetUnavailableException;

    @Override
    public TargetInfo info() {
        return info;
    }

    @Override
    public boolean configured(Settings settings) {
        return settings.get("etalon.url").isPresent()
                && settings.get("etalon.protocol", "http")
                        .equalsIgnoreCase(info.protocol().name());
    }

    @Override
    public RunningTarget start(Options options) throws TargetUnavailableException {
        String text = options.settings().get("etalon.url", "");
        HttpUrl url = HttpUrl.parse(text);
        if (url == null) {
            throw TargetUnavailableException.broken(
                    "etalon.url must be an http or https URL: etalon.url=" + text + ".", null);
        }
        Access access = access(url, options.settings());
        return new ReadyTarget(
                List.of(access.readyClient()),
                access.versioning(),
                access.raw(),
                url.toString(),
                info.product(),
                () -> "",
                () -> {});
    }
}
