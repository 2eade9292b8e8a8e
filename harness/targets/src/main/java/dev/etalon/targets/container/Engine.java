package dev.etalon.targets.container;

import com.github.dockerjava.api.DockerClient;
import com.github.dockerjava.api.async.ResultCallback;
import com.github.dockerjava.api.exception.DockerException;
import com.github.dockerjava.api.exception.NotFoundException;
import com.github.dockerjava.api.model.PullResponseItem;
import dev.etalon.core.target.TargetUnavailableException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.ServiceLoader;
import java.util.concurrent.TimeUnit;
import org.testcontainers.dockerclient.DockerClientProviderStrategy;
import org.testcontainers.utility.DockerImageName;
import org.testcontainers.utility.ImageNameSubstitutor;

/**
 * The Docker Engine that answers, if one does. Found the way Testcontainers finds it, but without its helper container,
 * whose image may not be obtainable here.
 *
 * @param docker a client of the engine
 * @param local whether the engine is reached through a socket of this machine, so that ports it maps are on loopback
 */
record Engine(DockerClient docker, boolean local) {
    /** Long enough for a large image over a slow line; an image that cannot be had fails at once all the same. */
    private static final long PULL_SECONDS = 600;

    /** Testcontainers' helper that removes containers of a process that was killed; the version Testcontainers 2.0.5 starts. */
    private static final String RYUK = "testcontainers/ryuk:0.14.0";

    /**
     * Connects to the engine.
     *
     * @throws TargetUnavailableException when none answers, or Testcontainers could not use it
     */
    static Engine connect() throws TargetUnavailableException {
        Engine engine;
        try {
            List<DockerClientProviderStrategy> ways = new ArrayList<>();
            ServiceLoader.load(DockerClientProviderStrategy.class).forEach(ways::add);
            DockerClientProviderStrategy way = DockerClientProviderStrategy.getFirstValidStrategy(ways);
            String scheme = way.getTransportConfig().getDockerHost().getScheme();
            engine = new Engine(way.getDockerClient(), !"tcp".equals(scheme) && !"https".equals(scheme));
        } catch (IllegalStateException | DockerException e) {
            throw TargetUnavailableException.lacking(
                    "No Docker Engine answers here; start Docker (on Debian as root: docker/engine.sh) to race containers.",
                    e);
        }
        engine.requireRyuk();
        return engine;
    }

    /** Testcontainers would try to pull its helper image for minutes before it gave up. */
    private void requireRyuk() throws TargetUnavailableException {
        if (Boolean.parseBoolean(System.getenv("TESTCONTAINERS_RYUK_DISABLED"))) {
            return;
        }
        String image = ImageNameSubstitutor.instance()
                .apply(DockerImageName.parse(RYUK))
                .asCanonicalNameString();
        if (!has(image)) {
            Optional<String> failure = pull(image);
            if (failure.isPresent()) {
                throw TargetUnavailableException.lacking(
                        "Testcontainers' helper image " + image + " cannot be had here (" + failure.get()
                                + "); do without it by setting TESTCONTAINERS_RYUK_DISABLED=true in the environment.",
                        null);
            }
        }
    }

    /** Whether the image is on this machine. */
    boolean has(String image) {
        try {
            docker.inspectImageCmd(image).exec();
            return true;
        } catch (NotFoundException e) {
            return false;
        }
    }

    /** Pulls an image, once; returns why not, or nothing. */
    Optional<String> pull(String image) {
        try {
            boolean done = docker.pullImageCmd(image)
                    .exec(new ResultCallback.Adapter<PullResponseItem>())
                    .awaitCompletion(PULL_SECONDS, TimeUnit.SECONDS);
            if (!done) {
                return Optional.of("not there after " + PULL_SECONDS + " s");
            }
            return has(image) ? Optional.empty() : Optional.of("the pull ended without the image");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Optional.of("interrupted");
        } catch (RuntimeException e) {
            return Optional.of(firstLine(e));
        }
    }

    /** The short id of an image that is present. */
    String imageId(String image) {
        String id = String.valueOf(docker.inspectImageCmd(image).exec().getId());
        return id.substring(0, Math.min(id.length(), "sha256:".length() + 12));
    }

    /** What a person needs of an exception of the engine. */
    static String firstLine(Throwable e) {
        Throwable cause = e;
        while (cause.getCause() != null) {
            cause = cause.getCause();
        }
        return String.valueOf(cause.getMessage()).lines().findFirst().orElse(cause.toString());
    }
}
