package dev.etalon.targets.embedded;

import com.adobe.testing.s3mock.S3MockApplication;
import dev.etalon.core.plan.Capability;
import dev.etalon.core.plan.Protocol;
import dev.etalon.core.plan.Versioning;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Adobe S3Mock. */
public final class S3MockTarget extends EmbeddedTarget {
    public S3MockTarget() {
        super(
                "s3mock",
                Protocol.S3,
                "Adobe S3Mock",
                "s3mock",
                // Conditions on the destination of a copy and the tags of DeleteObjects are ignored.
                EnumSet.complementOf(EnumSet.of(
                        Capability.COPY_IF_MATCH, Capability.COPY_IF_NONE_MATCH, Capability.DELETE_OBJECTS_ETAG)));
    }

    @Override
    List<Versioning> versioning() {
        return List.of(Versioning.values());
    }

    @Override
    String[] loggers() {
        return new String[] {"com.adobe.testing.s3mock", "org.springframework"};
    }

    @Override
    Listening listen(int port, Path work) throws Exception {
        // Spring Boot would otherwise take over the logging of the whole virtual machine.
        System.setProperty("org.springframework.boot.logging.LoggingSystem", "none");
        return Launch.s3mock(port, Files.createDirectories(work.resolve("data")));
    }

    /** Apart, so that the provider can be loaded where S3Mock is not on the class path. */
    private static final class Launch {
        @SuppressWarnings("deprecation") // plain HTTP is deprecated there, and what a race needs
        static Listening s3mock(int port, Path data) {
            // S3Mock adds to the map, so it must be mutable.
            Map<String, Object> properties = new HashMap<>();
            properties.put("server.address", "127.0.0.1");
            properties.put(S3MockApplication.PROP_HTTP_PORT, Integer.toString(port));
            properties.put(S3MockApplication.PROP_HTTPS_PORT, "0");
            properties.put("com.adobe.testing.s3mock.store.root", data.toString());
            properties.put("spring.main.banner-mode", "off");
            properties.put("spring.main.register-shutdown-hook", "false");
            S3MockApplication server = S3MockApplication.start(properties);
            return new Listening(server.getHttpPort(), server::stop);
        }
    }
}
