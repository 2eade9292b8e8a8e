package dev.etalon.targets.container;

import com.github.dockerjava.api.command.BuildImageResultCallback;
import dev.etalon.core.target.Settings;
import dev.etalon.core.target.TargetUnavailableException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Properties;
import java.util.Set;

/**
 * Gets the image of a target from the first source that works: already present, pulled, built from {@code
 * docker/<target>/}. Names stand in {@code docker/images.properties}; {@code etalon.image.<target>} overrides one.
 */
final class Images {
    private static final String ROOT = "/dev/etalon/targets/docker/";

    /** Names under this are ours: nobody publishes them, so there is nothing to pull. */
    private static final String OWN = "localhost/";

    private Images() {}

    /**
     * Returns the name of an image that is present.
     *
     * @throws TargetUnavailableException when no source works, with the reason of each
     */
    static String obtain(Engine engine, String target, Settings settings) throws TargetUnavailableException {
        Optional<String> named = settings.get("etalon.image." + target);
        String image = named.orElseGet(() -> bundled(target));
        if (engine.has(image)) {
            return image;
        }
        String reasons = "it is not present";
        if (!image.startsWith(OWN)) {
            Optional<String> failure = engine.pull(image);
            if (failure.isEmpty()) {
                return image;
            }
            reasons += ", cannot be pulled (" + failure.get() + ")";
        }
        if (named.isPresent()) {
            throw TargetUnavailableException.broken(
                    "The image " + image + " cannot be had: " + reasons + "; correct etalon.image." + target + ".",
                    null);
        }
        Optional<String> failure = build(engine, target, image);
        if (failure.isEmpty()) {
            return image;
        }
        throw TargetUnavailableException.lacking(
                "The image " + image + " cannot be had: " + reasons + " and cannot be built from docker/" + target
                        + "/ (" + failure.get()
                        + "); docker/base-images.sh and docker/images.sh show and mend the cause.",
                null);
    }

    /** Whether the user has named the image of a target. */
    static boolean named(String target, Settings settings) {
        return settings.get("etalon.image." + target).isPresent();
    }

    private static String bundled(String target) {
        Properties images = new Properties();
        try (InputStream in = Images.class.getResourceAsStream(ROOT + "images.properties")) {
            images.load(in);
        } catch (IOException e) {
            throw new UncheckedIOException("docker/images.properties cannot be read", e);
        }
        String image = images.getProperty(target);
        if (image == null) {
            throw new IllegalStateException("docker/images.properties has no line for target=" + target);
        }
        return image;
    }

    /** Builds from the Dockerfile on the class path; returns why not, or nothing. */
    static Optional<String> build(Engine engine, String target, String image) {
        try {
            Path folder = Files.createTempDirectory("etalon-image-" + target);
            for (String file : files(target)) {
                try (InputStream in = Images.class.getResourceAsStream(ROOT + target + "/" + file)) {
                    if (in != null) {
                        Files.copy(in, folder.resolve(file));
                    }
                }
            }
            engine.docker()
                    .buildImageCmd(folder.toFile())
                    .withTags(Set.of(image))
                    .withNetworkMode("host")
                    .exec(new BuildImageResultCallback())
                    .awaitImageId();
            return Optional.empty();
        } catch (IOException | RuntimeException e) {
            return Optional.of(Engine.firstLine(e));
        }
    }

    /** The files a build may need; class path folders cannot be listed, so the names are fixed. */
    private static List<String> files(String target) {
        return List.of("Dockerfile", target + ".conf");
    }
}
