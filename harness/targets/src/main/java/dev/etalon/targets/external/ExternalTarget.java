package dev.etalon.targets.external;

import dev.etalon.core.plan.Capability;
import dev.etalon.core.plan.Protocol;
import dev.etalon.core.target.Client;
import dev.etalon.core.target.Dialect;
import dev.etalon.core.target.RunningTarget;
import dev.etalon.core.target.Settings;
import dev.etalon.core.target.TargetInfo;
import dev.etalon.core.target.TargetProvider;
import dev.etalon.core.target.TargetUnavailableException;
import dev.etalon.targets.ReadyTarget;
import dev.etalon.targets.client.Access;
import java.util.EnumSet;
import java.util.List;

/**
 * The server that {@code etalon.url} names. Nothing there is started or stopped; Etalon writes only resources whose names
 * begin with {@code etalon-}, and removes only what it made.
 */
abstract class ExternalTarget implements TargetProvider {
    private final TargetInfo info;

    ExternalTarget(Protocol protocol) {
        this.info = new TargetInfo(
                "external",
                TargetInfo.Kind.EXTERNAL,
                protocol,
                "external " + protocol + " server",
                protocol == Protocol.S3 ? Dialect.AWS : Dialect.RFC9110,
                EnumSet.allOf(Capability.class));
    }

    @Override
    public TargetInfo info() {
        return info;
    }

    @Override
    public boolean configured(Settings settings) {
        return settings.get("etalon.url").isPresent()
                && settings.get("etalon.protocol", "http")
                        .equalsIgnoreCase(info.protocol().name());
    }

    @Override
    public RunningTarget start(Options options) throws TargetUnavailableException {
        Access access = Access.of(info.protocol(), options.settings());
        Client client;
        try {
            client = access.readyClient();
        } catch (TargetUnavailableException | RuntimeException e) {
            access.options().ledger().ifPresent(made -> {
                made.clean(true, () -> false);
                made.close();
            });
            throw e;
        }
        return new ReadyTarget(
                List.of(client),
                access.versioning(),
                access.raw(),
                List.of(access.settings()),
                access.settings().get("etalon.url"),
                info.product(),
                () -> "",
                () -> {},
                access.options().ledger());
    }
}
