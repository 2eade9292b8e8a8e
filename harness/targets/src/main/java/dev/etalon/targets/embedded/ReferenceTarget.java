package dev.etalon.targets.embedded;

import dev.etalon.core.plan.Capability;
import dev.etalon.core.plan.Protocol;
import dev.etalon.core.plan.Versioning;
import dev.etalon.core.target.RunningTarget;
import dev.etalon.core.target.Settings;
import dev.etalon.core.target.TargetUnavailableException;
import dev.etalon.targets.client.WireOptions;
import dev.etalon.targets.reference.Faithful;
import dev.etalon.targets.reference.Manner;
import dev.etalon.targets.reference.ReferenceServer;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.List;
import java.util.function.Supplier;

/** The faithful server, or what was made of it, with two endpoints. Whatever is found on the faithful one is our fault. */
public class ReferenceTarget extends EmbeddedTarget {
    private static final int ENDPOINTS = 2;

    private final Supplier<Faithful> server;
    private final ReferenceServer.Options options;
    private final WireOptions wire;

    /**
     * A target that serves what it is given.
     *
     * @param name name of the target
     * @param manner the dialect it speaks
     * @param options how it listens; its port is the one the user sets
     * @param server makes a server of that dialect, anew for every start
     */
    public ReferenceTarget(String name, Manner manner, ReferenceServer.Options options, Supplier<Faithful> server) {
        this(name, manner, options, WireOptions.DEFAULT, server);
    }

    /**
     * A target that serves what it is given, in a way of its own.
     *
     * @param name name of the target
     * @param manner the dialect it speaks
     * @param options how it listens; its port is the one the user sets
     * @param wire how it is spoken to; the time limit is the one the user sets
     * @param server makes a server of that dialect, anew for every start
     */
    public ReferenceTarget(
            String name, Manner manner, ReferenceServer.Options options, WireOptions wire, Supplier<Faithful> server) {
        super(
                name,
                manner == Manner.RFC9110 ? Protocol.HTTP : Protocol.S3,
                "Etalon reference server",
                "etalon",
                EnumSet.allOf(Capability.class));
        this.server = server;
        this.options = options;
        this.wire = wire;
    }

    ReferenceTarget(String name, Manner manner) {
        this(name, manner, ReferenceServer.Options.PLAIN, () -> new Faithful(manner));
    }

    @Override
    public RunningTarget start(Options options) throws TargetUnavailableException {
        RunningTarget started = super.start(options);
        this.options.disturbances().begin();
        return started;
    }

    @Override
    WireOptions wire(Settings settings) {
        return new WireOptions(wire.version(), settings.callTimeout(), wire.trust());
    }

    @Override
    List<Versioning> versioning() {
        return List.of(Versioning.values());
    }

    @Override
    List<Versioning> usualVersioning() {
        return versioning();
    }

    @Override
    String scheme() {
        return options.tls() == null ? "http" : "https";
    }

    @Override
    String[] loggers() {
        return new String[] {"org.eclipse.jetty"};
    }

    @Override
    Listening listen(int port, Path work) throws Exception {
        ReferenceServer.Options here =
                new ReferenceServer.Options(port, ENDPOINTS, options.tls(), options.disturbances());
        ReferenceServer started = ReferenceServer.start(server.get(), here, ACCESS_KEY, SECRET_KEY);
        return new Listening(started.ports(), started::close);
    }
}
