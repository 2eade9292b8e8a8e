package dev.etalon.targets;

import dev.etalon.core.target.Client;
import dev.etalon.core.target.RawClient;
import dev.etalon.core.target.RunningTarget;
import dev.etalon.targets.client.Access;
import dev.etalon.targets.client.RawWire;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * A started server with the client that reaches it.
 *
 * @param client the client; closed with the target
 * @param wire sends requests of any shape; closed with the target
 * @param url for people
 * @param version for people
 * @param logText what the server logged so far
 * @param stop stops what was started; does nothing for a server that was there before
 */
public record ReadyTarget(
        Client client, RawWire wire, String url, String version, Supplier<String> logText, Runnable stop)
        implements RunningTarget {
    /** A server that takes writes through an access. */
    public ReadyTarget(
            Access access, Client client, String url, String version, Supplier<String> logText, Runnable stop) {
        this(client, access.raw(), url, version, logText, stop);
    }

    @Override
    public List<Client> endpoints() {
        return List.of(client);
    }

    @Override
    public Optional<RawClient> raw() {
        return Optional.of(wire);
    }

    @Override
    public String log() {
        return logText.get();
    }

    @Override
    public void close() {
        client.close();
        wire.close();
        stop.run();
    }
}
