package dev.etalon.targets.client;

import dev.etalon.core.plan.Versioning;
import dev.etalon.core.target.Client;
import dev.etalon.core.target.TargetUnavailableException;
import java.util.List;

/** How a server is reached and made ready to take writes. */
public sealed interface Access permits HttpAccess, S3Access {
    /** A client for the resources it writes. */
    WireClient client();

    /** The kinds of buckets that its clients reach. */
    default List<Versioning> versioning() {
        return List.of(Versioning.OFF);
    }

    /** A client for all that the server offers, which sends through that one and closes it. */
    default Client speaking(WireClient wire) {
        return wire;
    }

    /** A client for requests of any shape. */
    RawWire raw();

    /**
     * Makes sure that a write is taken and comes back.
     *
     * @throws TargetUnavailableException with one sentence that says what to do
     */
    void makeReady(Client client) throws TargetUnavailableException;

    /**
     * A client for a target that is ready; closed again when it is not.
     *
     * @throws TargetUnavailableException with one sentence that says what to do
     */
    default Client readyClient() throws TargetUnavailableException {
        WireClient client = client();
        try {
            makeReady(client);
            client.learn();
            return speaking(client);
        } catch (TargetUnavailableException | RuntimeException e) {
            client.close();
            throw e;
        }
    }
}
