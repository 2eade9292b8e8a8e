package dev.etalon.targets;

import dev.etalon.core.target.Client;
import dev.etalon.core.target.RunningTarget;
import java.util.List;
import java.util.function.Supplier;

/**
 * A started server with the clients that reach it.
 *
 * @param endpoints a client for each of its endpoints; closed with the target
 * @param url for people
 * @param version for people
 * @param logText what the server logged so far
 * @param stop stops what was started; does nothing for a server that was there before
 */
public record ReadyTarget(List<Client> endpoints, String url, String version, Supplier<String> logText, Runnable stop)
        implements RunningTarget {
    public ReadyTarget {
        endpoints = List.copyOf(endpoints);
    }

    @Override
    public String log() {
        return logText.get();
    }

    @Override
    public void close() {
        endpoints.forEach(Client::close);
        stop.run();
    }
}
