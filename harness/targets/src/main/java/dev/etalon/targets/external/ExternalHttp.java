package dev.etalon.targets.external;

import dev.etalon.core.plan.Protocol;
import dev.etalon.core.target.TargetInfo;

/** Any HTTP server with PUT: {@code etalon.url} names the folder to write in. */
public final class ExternalHttp extends ExternalTarget {
    public ExternalHttp() {
        this(unknown(Protocol.HTTP));
    }

    private ExternalHttp(TargetInfo info) {
        super(info);
    }

    @Override
    ExternalTarget known(TargetInfo info) {
        return new ExternalHttp(info);
    }
}
