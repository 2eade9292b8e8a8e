package dev.etalon.targets.container;

import java.net.NetworkInterface;
import java.net.SocketException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import org.testcontainers.dockerclient.DockerClientProviderStrategy;
import org.testcontainers.dockerclient.TransportConfig;

/**
 * Reaches an engine of this machine on a machine that has {@code /.dockerenv}.
 *
 * <p>Testcontainers takes that file as proof that it runs inside a container beside the engine's others, and asks a helper
 * image, which it may have to pull for minutes, for the way out. When the engine's bridge is an interface of ours, the
 * engine runs right here and the ports it maps are on loopback. Applies nowhere else. Found by Testcontainers through
 * {@link java.util.ServiceLoader}.
 */
public final class LocalEngineStrategy extends DockerClientProviderStrategy {
    private static final Path SOCKET = Path.of("/var/run/docker.sock");

    /** Before Testcontainers' own strategy for the same socket, whose priority is 80. */
    private static final int PRIORITY = 90;

    @Override
    protected boolean isApplicable() {
        return Files.exists(Path.of("/.dockerenv"))
                && Files.exists(SOCKET)
                && System.getenv("TESTCONTAINERS_HOST_OVERRIDE") == null
                && bridgeIsHere();
    }

    private static boolean bridgeIsHere() {
        try {
            return NetworkInterface.getByName("docker0") != null;
        } catch (SocketException e) {
            return false;
        }
    }

    @Override
    public TransportConfig getTransportConfig() {
        return TransportConfig.builder()
                .dockerHost(URI.create("unix://" + SOCKET))
                .build();
    }

    @Override
    public synchronized String getDockerHostIpAddress() {
        return "127.0.0.1";
    }

    @Override
    public String getDescription() {
        return "local engine on a machine with /.dockerenv";
    }

    @Override
    protected int getPriority() {
        return PRIORITY;
    }

    /** Never written into the user's settings: it depends on this machine only. */
    @Override
    protected boolean isPersistable() {
        return false;
    }
}
