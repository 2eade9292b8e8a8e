package dev.etalon.targets.container;

import dev.etalon.core.plan.Capability;
import dev.etalon.core.plan.Protocol;
import dev.etalon.targets.client.Access;
import dev.etalon.targets.client.HttpAccess;
import dev.etalon.targets.client.WireOptions;
import java.util.EnumSet;
import okhttp3.HttpUrl;

/** Apache httpd with mod_dav and digest entity tags: {@code docker/httpd/}. */
public final class HttpdTarget extends ContainerTarget {
    private static final int PORT = 80;

    public HttpdTarget() {
        super(
                "httpd",
                Protocol.HTTP,
                "Apache httpd 2.4 mod_dav (FileETag Digest)",
                PORT,
                EnumSet.of(Capability.PUT_IF_MATCH, Capability.PUT_IF_NONE_MATCH, Capability.DELETE_IF_MATCH));
    }

    @Override
    Access access(HttpUrl url, WireOptions options) {
        return new HttpAccess(url, options);
    }
}
