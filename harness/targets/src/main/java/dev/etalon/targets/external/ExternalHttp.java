package dev.etalon.targets.external;

import dev.etalon.core.plan.Protocol;

/** Any HTTP server with PUT: {@code etalon.url} names the folder to write in. */
public final class ExternalHttp extends ExternalTarget {
    public ExternalHttp() {
        this(NAME);
    }

    private ExternalHttp(String name) {
        super(Protocol.HTTP, name);
    }

    @Override
    ExternalTarget named(String name) {
        return new ExternalHttp(name);
    }
}
