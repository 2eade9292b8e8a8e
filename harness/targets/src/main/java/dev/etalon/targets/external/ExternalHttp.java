package dev.etalon.targets.external;

import dev.etalon.core.plan.Protocol;
import dev.etalon.core.target.Client;
import dev.etalon.core.target.Settings;
import dev.etalon.core.target.TargetUnavailableException;
import dev.etalon.targets.client.HttpAccess;
import dev.etalon.targets.client.WireOptions;
import okhttp3.HttpUrl;

/** Any HTTP server with PUT: {@code etalon.url} names the folder to write in. */
public final class ExternalHttp extends ExternalTarget {
    public ExternalHttp() {
        super(Protocol.HTTP);
    }

    @Override
    Client reach(HttpUrl url, Settings settings) throws TargetUnavailableException {
        boolean folder = url.pathSegments().get(url.pathSize() - 1).isEmpty();
        HttpAccess access = new HttpAccess(
                folder ? url : url.newBuilder().addPathSegment("").build(), WireOptions.of(settings));
        return access.readyClient();
    }
}
