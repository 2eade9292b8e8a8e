package dev.etalon.targets.embedded;

import dev.etalon.core.plan.Capability;
import dev.etalon.core.plan.Protocol;
import dev.etalon.core.plan.Versioning;
import dev.etalon.core.target.Client;
import dev.etalon.core.target.Dialect;
import dev.etalon.core.target.RunningTarget;
import dev.etalon.core.target.Settings;
import dev.etalon.core.target.TargetInfo;
import dev.etalon.core.target.TargetProvider;
import dev.etalon.core.target.TargetUnavailableException;
import dev.etalon.targets.ReadyTarget;
import dev.etalon.targets.client.Access;
import dev.etalon.targets.client.HttpAccess;
import dev.etalon.targets.client.S3Access;
import dev.etalon.targets.client.WireOptions;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import java.util.Set;
import okhttp3.HttpUrl;

/**
 * A server in this virtual machine, listening on loopback only.
 *
 * <p>{@code etalon.embedded.port} pins the port; 0, the default, takes any free one.
 */
abstract class EmbeddedTarget implements TargetProvider {
    static final String ACCESS_KEY = "etalon";
    static final String SECRET_KEY = "etalon-secret";
    private static final String REGION = "us-east-1";
    private static final String BUCKET = "etalon";
    private static final Set<Capability> PLAIN =
            Set.of(Capability.PUT_IF_MATCH, Capability.PUT_IF_NONE_MATCH, Capability.DELETE_IF_MATCH);

    private final TargetInfo info;

    /** One that claims what every bundled server offers, and no more. */
    EmbeddedTarget(String name, Protocol protocol, String product, String versionKey) {
        this(name, protocol, product, versionKey, PLAIN);
    }

    EmbeddedTarget(String name, Protocol protocol, String product, String versionKey, Set<Capability> claims) {
        this.info = new TargetInfo(
                name,
                TargetInfo.Kind.EMBEDDED,
                protocol,
                product + " " + version(versionKey),
                protocol == Protocol.S3 ? Dialect.AWS : Dialect.RFC9110,
                claims);
    }

    /**
     * A server that listens.
     *
     * @param ports its endpoints' ports, one or more
     * @param stop ends it
     */
    record Listening(List<Integer> ports, Runnable stop) {
        Listening(int port, Runnable stop) {
            this(List.of(port), stop);
        }
    }

    /**
     * Starts the server.
     *
     * @param port the port to listen on; 0 for any free one
     * @param work where it may keep data
     */
    abstract Listening listen(int port, Path work) throws Exception;

    /** How it is spoken to. */
    WireOptions wire(Settings settings) {
        return WireOptions.forOwn(settings);
    }

    /** The kinds of buckets it has. */
    List<Versioning> versioning() {
        return List.of(Versioning.OFF);
    }

    /** The kinds of buckets that it is raced in where nobody says: those whose findings are known. */
    List<Versioning> usualVersioning() {
        return List.of(Versioning.OFF);
    }

    /** The scheme of its URLs. */
    String scheme() {
        return "http";
    }

    /** Loggers whose output is the server's log. */
    abstract String[] loggers();

    @Override
    public TargetInfo info() {
        return info;
    }

    @Override
    public RunningTarget start(Options options) throws TargetUnavailableException {
        int port = Math.toIntExact(options.settings().number("etalon.embedded.port", 0));
        CapturedLog log = CapturedLog.of(loggers());
        Listening server;
        try {
            server = listening(port, options.work());
        } catch (TargetUnavailableException e) {
            log.close();
            throw e;
        }
        Runnable stop = () -> {
            server.stop().run();
            log.close();
        };
        List<Client> endpoints = new ArrayList<>();
        try {
            List<Access> reached = new ArrayList<>();
            for (int listening : server.ports()) {
                reached.add(access(url(listening), options.settings()));
            }
            for (Access each : reached) {
                endpoints.add(each.readyClient());
            }
            return new ReadyTarget(
                    endpoints,
                    reached.get(0).versioning(),
                    reached.get(0).raw(),
                    reached.stream().map(Access::settings).toList(),
                    url(server.ports().get(0)).toString(),
                    info.product(),
                    log::text,
                    stop);
        } catch (TargetUnavailableException | RuntimeException e) {
            endpoints.forEach(Client::close);
            stop.run();
            throw e;
        }
    }

    private HttpUrl url(int port) {
        return new HttpUrl.Builder()
                .scheme(scheme())
                .host("127.0.0.1")
                .port(port)
                .build();
    }

    private Access access(HttpUrl url, Settings settings) throws TargetUnavailableException {
        WireOptions wire = wire(settings);
        return info.protocol() == Protocol.HTTP
                ? new HttpAccess(url, wire)
                : new S3Access(
                        url,
                        REGION,
                        ACCESS_KEY,
                        SECRET_KEY,
                        BUCKET,
                        S3Access.chosen(settings, versioning(), usualVersioning()),
                        wire);
    }

    private Listening listening(int port, Path work) throws TargetUnavailableException {
        try {
            return listen(port, work);
        } catch (UnsupportedClassVersionError e) {
            throw TargetUnavailableException.lacking(
                    info.product() + " needs a newer JDK than "
                            + Runtime.version().feature() + "; run the build on a newer one to race it.",
                    e);
        } catch (NoClassDefFoundError e) {
            throw TargetUnavailableException.lacking(
                    info.product() + " is not on the class path (" + e.getMessage() + "); add its artifact to race it.",
                    e);
        } catch (Exception e) {
            if (taken(port)) {
                throw TargetUnavailableException.broken(
                        "Port " + port + " on 127.0.0.1 is taken, so " + info.product()
                                + " cannot listen there; free it, or choose another with etalon.embedded.port (0 takes"
                                + " any free one).",
                        e);
            }
            throw TargetUnavailableException.broken(info.product() + " did not start: " + e, e);
        }
    }

    /** Asked of the port itself: servers wrap the failure to bind in exceptions of their own, or only log it. */
    private static boolean taken(int port) {
        if (port == 0) {
            return false;
        }
        try (ServerSocket probe = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
            return !probe.isBound();
        } catch (IOException e) {
            return true;
        }
    }

    private static String version(String key) {
        Properties versions = new Properties();
        try (InputStream in = EmbeddedTarget.class.getResourceAsStream("/dev/etalon/targets/versions.properties")) {
            versions.load(in);
        } catch (IOException e) {
            throw new UncheckedIOException("the versions of the bundled servers cannot be read", e);
        }
        return versions.getProperty(key);
    }
}
