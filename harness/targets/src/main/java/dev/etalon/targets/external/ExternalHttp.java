package dev.etalon.targets.external;

import dev.etalon.core.plan.Protocol;
import dev.etalon.core.target.Settings;
import dev.etalon.targets.client.Access;
import dev.etalon.targets.client.HttpAccess;
import dev.etalon.targets.client.WireOptions;
import okhttp3.HttpUrl;

/** Any HTTP server with PUT: {@code etalon.url} names the folder to write in. */
public final class ExternalHttp extends ExternalTarget {
    public ExternalHttp() {
        super(Protocol.HTTP);
    }

    @Override
    Access access(HttpUrl url, Settings settings) {
        boolean folder = url.pathSegments().get(url.pathSize() - 1).isEmpty();
        return new HttpAccess(folder ? url : url.newBuilder().addPathSegment("").build(), WireOptions.of(settings));
    }
}
