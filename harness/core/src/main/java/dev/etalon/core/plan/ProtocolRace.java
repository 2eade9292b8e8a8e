package dev.etalon.core.plan;

import java.util.Locale;

/** A race that is the same over every protocol. */
abstract class ProtocolRace implements Scenario {
    private final Protocol protocol;
    private final String name;
    private final String promise;

    ProtocolRace(Protocol protocol, String name, String promise) {
        this.protocol = protocol;
        this.name = name;
        this.promise = promise;
    }

    @Override
    public final String id() {
        return protocol.name().toLowerCase(Locale.ROOT) + "/" + name;
    }

    @Override
    public final String promise() {
        return promise;
    }

    @Override
    public final Protocol protocol() {
        return protocol;
    }
}
