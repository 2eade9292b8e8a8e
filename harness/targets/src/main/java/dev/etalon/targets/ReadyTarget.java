package dev.etalon.targets;

import dev.etalon.core.plan.Versioning;
import dev.etalon.core.target.Client;
import dev.etalon.core.target.Pulse;
import dev.etalon.core.target.RawClient;
import dev.etalon.core.target.RunningTarget;
import dev.etalon.targets.client.Ledger;
import dev.etalon.targets.client.RawWire;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/**
 * A started server with the clients that reach it.
 *
 * @param endpoints a client for each of its endpoints; closed with the target
 * @param versioning the kinds of buckets that those clients reach
 * @param wire sends requests of any shape to the first of them; closed with the target
 * @param addresses for each of its endpoints, how another process reaches it
 * @param url for people
 * @param version for people
 * @param logText what the server logged so far
 * @param stop stops what was started; does nothing for a server that was there before
 * @param ledger what is to be removed again; empty for a server that goes with all it has
 */
public record ReadyTarget(
        List<Client> endpoints,
        List<Versioning> versioning,
        RawWire wire,
        List<Map<String, String>> addresses,
        String url,
        String version,
        Supplier<String> logText,
        Runnable stop,
        Optional<Ledger> ledger)
        implements RunningTarget {
    public ReadyTarget {
        endpoints = List.copyOf(endpoints);
        versioning = List.copyOf(versioning);
        addresses = List.copyOf(addresses);
    }

    /** A server that goes with all it has. */
    public ReadyTarget(
            List<Client> endpoints,
            List<Versioning> versioning,
            RawWire wire,
            List<Map<String, String>> addresses,
            String url,
            String version,
            Supplier<String> logText,
            Runnable stop) {
        this(endpoints, versioning, wire, addresses, url, version, logText, stop, Optional.empty());
    }

    @Override
    public Pulse pulse() {
        return wire.pulse();
    }

    @Override
    public Optional<String> clean(boolean last, BooleanSupplier hurry) {
        return ledger.flatMap(made -> made.clean(last, hurry));
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
        endpoints.forEach(Client::close);
        wire.close();
        ledger.ifPresent(Ledger::close);
        stop.run();
    }
}
