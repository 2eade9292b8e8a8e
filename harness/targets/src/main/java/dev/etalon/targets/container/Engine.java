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
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.testcontainers.dockerclient.DockerClientProviderStrategy;
import org.testcontainers.utility.DockerImageName;
import org.testcontainers.utility.ImageNameSubstitutor;

/**
 * The Docker Engine that answers, if one does. Found the way Testcontainers finds it, but without its helper container,
 * whose image may not be obtainable here.
 *
 * @param docker a client of the engine
 */
record Engine(DockerClient docker) {
    /** Long enough for a large image over a slow line; an image that cannot be had fails at once all the same. */
    private static final long PULL_SECONDS = 600;

    private static final Pattern JSON_MESSAGE = Pattern.compile("\"message\":\"((?:[^\"\\\\]|\\\\.)*)\"");

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
            engine = new Engine(
                    DockerClientProviderStrategy.getFirstValidStrategy(ways).getDockerClient());
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

    /** What a person needs of an exception of the engine: its own message, without the JSON around it. */
    static String firstLine(Throwable e) {
        Throwable cause = e;
        while (cause.getCause() != null) {
            cause = cause.getCause();
        }
        String text = String.valueOf(cause.getMessage());
        Matcher json = JSON_MESSAGE.matcher(text);
        return (json.find() ? json.group(1).replace("\\\"", "\"") : text)
                .lines()
                .findFirst()
                .orElse(cause.toString());
    }
}
