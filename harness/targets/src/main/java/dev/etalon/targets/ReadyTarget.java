package dev.etalon.targets;

import dev.etalon.core.target.Client;
import dev.etalon.core.target.RunningTarget;
import java.util.List;
import java.util.function.Supplier;

/**
 * A started server with the client that reaches it.
 *
 * @param client the client; closed with the target
 * @param url for people
 * @param version for people
 * @param logText what the server logged so far
 * @param stop stops what was started; does nothing for a server that was there before
 */
public record ReadyTarget(Client client, String url, String version, Supplier<String> logText, Runnable stop)
        implements RunningTarget {
    @Override
    public List<Client> endpoints() {
        return List.of(client);
    }

    @Override
    public String log() {
        return logText.get();
    }

    @Override
    public void close() {
        client.close();
        stop.run();
    }
}
