package dev.etalon.targets.client;

import dev.etalon.core.model.Method;
import dev.etalon.core.plan.Alignment;
import dev.etalon.core.plan.NameForm;
import dev.etalon.core.plan.RequestShape;
import dev.etalon.core.plan.Versioning;
import dev.etalon.core.target.Client;
import dev.etalon.core.target.Request;
import java.util.EnumMap;
import java.util.Map;
import java.util.Set;

/** A client for several buckets, over the same connections. Thread-safe. */
final class Buckets implements Client {
    private final WireClient wire;
    private final Map<Versioning, Client> clients;

    /**
     * Makes a client.
     *
     * @param wire whose connections all of them use; closed with this one
     * @param clients one for each kind of bucket
     */
    Buckets(WireClient wire, Map<Versioning, Client> clients) {
        this.wire = wire;
        this.clients = new EnumMap<>(clients);
    }

    /**
     * Builds and signs a request, to the bucket it is for.
     *
     * @throws IllegalArgumentException when there is none of that kind
     */
    @Override
    public Prepared prepare(Request request) {
        Client client = clients.get(request.versioning());
        if (client == null) {
            throw new IllegalArgumentException("a request goes to one of the buckets that were made ready: versioning="
                    + request.versioning() + " of " + clients.keySet());
        }
        return client.prepare(request);
    }

    @Override
    public Set<Alignment.Need> offers() {
        return wire.offers();
    }

    @Override
    public Set<RequestShape> shapes() {
        return wire.shapes();
    }

    @Override
    public Set<Method> reads() {
        return wire.reads();
    }

    @Override
    public Set<NameForm> names() {
        return wire.names();
    }

    @Override
    public boolean demandsConditions() {
        return wire.demandsConditions();
    }

    @Override
    public void reconnect() {
        wire.reconnect();
    }

    @Override
    public void abortUploads() {
        wire.abortUploads();
    }

    @Override
    public void close() {
        wire.close();
    }
}
