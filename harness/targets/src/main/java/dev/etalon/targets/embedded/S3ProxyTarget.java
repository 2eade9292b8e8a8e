package dev.etalon.targets.embedded;

import dev.etalon.core.plan.Capability;
import dev.etalon.core.plan.Protocol;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.Properties;
import org.gaul.s3proxy.BlobStores;
import org.gaul.s3proxy.S3Proxy;
import org.gaul.s3proxy.auth.AuthenticationType;

/** S3Proxy: the S3 API over other stores. */
abstract class S3ProxyTarget extends EmbeddedTarget {
    private final String store;

    S3ProxyTarget(String name, String store, String product) {
        super(
                name,
                Protocol.S3,
                product,
                "s3proxy",
                // Conditions on the destination of a copy are ignored.
                EnumSet.complementOf(EnumSet.of(Capability.COPY_IF_MATCH, Capability.COPY_IF_NONE_MATCH)));
        this.store = store;
    }

    @Override
    String[] loggers() {
        return new String[] {"org.gaul.s3proxy", "org.eclipse.jetty"};
    }

    @Override
    Listening listen(int port, Path work) throws Exception {
        return Launch.s3proxy(store, port, work);
    }

    /** Apart, so that the provider can be loaded where S3Proxy is not on the class path. */
    private static final class Launch {
        static Listening s3proxy(String store, int port, Path work) throws Exception {
            Path data = Files.createDirectories(work.resolve("data"));
            Properties properties = new Properties();
            properties.setProperty("jclouds.filesystem.basedir", data.toString());
            S3Proxy server = S3Proxy.builder()
                    .blobStore(BlobStores.create(store, properties))
                    .endpoint(URI.create("http://127.0.0.1:" + port))
                    .awsAuthentication(AuthenticationType.AWS_V4, ACCESS_KEY, SECRET_KEY)
                    .build();
            server.start();
            return new Listening(server.getPort(), () -> {
                try {
                    server.stop();
                } catch (Exception e) {
                    throw new IllegalStateException("S3Proxy did not stop", e);
                }
            });
        }
    }
}
