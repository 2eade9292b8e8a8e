package dev.etalon.targets.container;

import com.github.dockerjava.api.exception.DockerException;
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
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.concurrent.locks.LockSupport;
import okhttp3.HttpUrl;
import org.testcontainers.containers.ContainerLaunchException;
import org.testcontainers.containers.GenericContainer;
import org.testcontainers.containers.wait.strategy.WaitStrategy;
import org.testcontainers.containers.wait.strategy.WaitStrategyTarget;
import org.testcontainers.utility.DockerImageName;

/** A server in a container of our own, gone when the target is closed. */
abstract class ContainerTarget implements TargetProvider {
    private static final Duration START_TIMEOUT = Duration.ofSeconds(60);
    private static final Duration POLL = Duration.ofMillis(100);
    private static final int LOG_LINES = 3;

    private final TargetInfo info;
    private final int port;

    ContainerTarget(String name, Protocol protocol, String product, int port, Set<Capability> claims) {
        this.port = port;
        this.info = new TargetInfo(
                name,
                TargetInfo.Kind.CONTAINER,
                protocol,
                product,
                protocol == Protocol.S3 ? Dialect.AWS : Dialect.RFC9110,
                claims);
    }

    /** How the server at a URL is reached. */
    abstract Access access(HttpUrl url, Settings settings) throws TargetUnavailableException;

    @Override
    public TargetInfo info() {
        return info;
    }

    @Override
    public RunningTarget start(Options options) throws TargetUnavailableException {
        Engine engine = Engine.connect();
        String image = Images.obtain(engine, info.name(), options.settings());
        GenericContainer<?> container = new GenericContainer<>(DockerImageName.parse(image))
                .withExposedPorts(port)
                .withImagePullPolicy(name -> false)
                .waitingFor(new NoWait());
        try {
            container.start();
            HttpUrl url = new HttpUrl.Builder()
                    .scheme("http")
                    .host(container.getHost())
                    .port(container.getMappedPort(port))
                    .build();
            Access access = access(url, options.settings());
            return new ReadyTarget(
                    List.of(awaitReady(container, access)),
                    access.versioning(),
                    access.raw(),
                    List.of(access.settings()),
                    url.toString(),
                    // Of an image the user named, nothing is known but its name.
                    (Images.named(info.name(), options.settings()) ? "" : info.product() + ", ") + "image " + image
                            + " " + engine.imageId(image),
                    () -> logOf(container),
                    container::stop);
        } catch (ContainerLaunchException | DockerException | IllegalStateException e) {
            String log = lastLines(logOf(container));
            container.stop();
            throw TargetUnavailableException.broken(
                    "The container of " + info.name() + " did not start (" + Engine.firstLine(e) + "); image=" + image
                            + "; its log ends: " + log,
                    e);
        } catch (TargetUnavailableException | RuntimeException e) {
            container.stop();
            throw e;
        }
    }

    /** Readiness is a real write that comes back, not an open port: the engine's proxy accepts before the server does. */
    private Client awaitReady(GenericContainer<?> container, Access access) throws TargetUnavailableException {
        long deadline = System.nanoTime() + START_TIMEOUT.toNanos();
        while (true) {
            try {
                return access.readyClient();
            } catch (TargetUnavailableException e) {
                if (System.nanoTime() > deadline || !container.isRunning()) {
                    throw TargetUnavailableException.broken(
                            "The server in the container of " + info.name() + " did not become ready: " + e.getMessage()
                                    + " Its log ends: " + lastLines(logOf(container)),
                            e);
                }
                LockSupport.parkNanos(POLL.toNanos());
            }
        }
    }

    private static String logOf(GenericContainer<?> container) {
        try {
            return container.getContainerId() == null ? "" : container.getLogs();
        } catch (RuntimeException e) {
            return "the log of the container cannot be read: " + e + "\n";
        }
    }

    private static String lastLines(String log) {
        String[] lines = log.strip().split("\n");
        return String.join(" | ", Arrays.copyOfRange(lines, Math.max(0, lines.length - LOG_LINES), lines.length));
    }

    /** Leaves the waiting to {@link #awaitReady}: Testcontainers' own needs a shell in the image. */
    private static final class NoWait implements WaitStrategy {
        @Override
        public void waitUntilReady(WaitStrategyTarget target) {}

        @Override
        public WaitStrategy withStartupTimeout(Duration timeout) {
            return this;
        }
    }
}
