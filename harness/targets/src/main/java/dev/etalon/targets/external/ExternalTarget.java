package dev.etalon.targets.external;

import dev.etalon.core.model.SafeUrl;
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
import java.util.regex.Pattern;

/**
 * The server that {@code etalon.url} names. Nothing there is started or stopped; Etalon writes only resources whose names
 * begin with {@code etalon-}, and removes only what it made.
 */
abstract class ExternalTarget implements TargetProvider {
    /** Of a server that has no other name. */
    static final String NAME = "external";

    /** It is a folder's name, too. */
    private static final Pattern NAMES = Pattern.compile("[a-z0-9][a-z0-9._-]{0,199}");

    private final TargetInfo info;

    ExternalTarget(Protocol protocol, String name) {
        this.info = new TargetInfo(
                name,
                TargetInfo.Kind.EXTERNAL,
                protocol,
                "external " + protocol + " server",
                protocol == Protocol.S3 ? Dialect.AWS : Dialect.RFC9110,
                EnumSet.allOf(Capability.class));
    }

    /** The same under another name. */
    abstract ExternalTarget named(String name);

    /** Named by {@code etalon.name}, else by host and port: several servers in one folder are several targets. */
    @Override
    public TargetProvider as(Settings settings) {
        String host = SafeUrl.hostAndPort(settings.get("etalon.url", ""));
        String name = settings.get("etalon.name", host.isEmpty() ? NAME : host);
        if (!NAMES.matcher(name).matches()) {
            throw new IllegalArgumentException(
                    "etalon.name must be lower-case letters, digits, dots, hyphens and underscores, and begin with a"
                            + " letter or digit: etalon.name=" + name);
        }
        return named(name);
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
                access.url(),
                access.product().orElse(info.product()),
                () -> "",
                () -> {},
                access.options().ledger());
    }
}
