package dev.etalon.targets.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.etalon.core.plan.Versioning;
import dev.etalon.core.target.RunningTarget;
import dev.etalon.core.target.Settings;
import dev.etalon.core.target.TargetProvider;
import dev.etalon.core.target.TargetUnavailableException;
import dev.etalon.targets.external.ExternalHttp;
import dev.etalon.targets.external.ExternalS3;
import java.lang.reflect.Method;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Properties;
import java.util.stream.Stream;
import org.gaul.s3proxy.BlobStores;
import org.gaul.s3proxy.S3Proxy;
import org.gaul.s3proxy.auth.AuthenticationType;
import org.gaul.s3proxy.blobstore.BlobStore;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Whatever is wrong with a target is said in one sentence that names it and what to do. Against real servers. */
class BadInputTest {
    @TempDir
    private Path work;

    private RunningTarget start(TargetProvider provider, Map<String, String> settings)
            throws TargetUnavailableException {
        return provider.start(new TargetProvider.Options(Settings.of(settings), work));
    }

    private static Map<String, String> s3(String url, String secret) {
        Map<String, String> settings = new HashMap<>();
        settings.put("etalon.url", url);
        settings.put("etalon.protocol", "s3");
        settings.put("etalon.access-key", "etalon");
        settings.put("etalon.secret-key", secret);
        return settings;
    }

    /** As in the races, S3Mock, which takes longest to start, only where it is asked for. */
    static Stream<TargetProvider> embedded() {
        return Stream.<TargetProvider>of(
                        new ReferenceHttp(),
                        new ReferenceS3(),
                        new TomcatTarget(),
                        new S3ProxyMemory(),
                        new S3ProxyFilesystem(),
                        new S3MockTarget())
                .filter(target -> !(target instanceof S3MockTarget)
                        || System.getProperty("etalon.targets", "").contains("s3mock"));
    }

    @ParameterizedTest
    @MethodSource("embedded")
    void everyEmbeddedServerStartsTakesAWriteAndStops(TargetProvider provider) throws Exception {
        try (RunningTarget target = start(provider, Map.of())) {
            assertThat(target.url()).startsWith("http://127.0.0.1:");
            assertThat(target.version()).isEqualTo(provider.info().product()).doesNotContain("$");
        }
    }

    @Test
    void aTargetIsRacedInTheKindsOfBucketsThatItHasAndWereAskedFor() throws Exception {
        Map<String, String> wanted = Map.of("etalon.versioning", "suspended,enabled");
        try (RunningTarget usual = start(new ReferenceS3(), Map.of());
                RunningTarget chosen = start(new S3ProxyMemory(), wanted)) {
            assertThat(usual.versioning()).containsExactly(Versioning.values());
            assertThat(chosen.versioning()).containsExactly(Versioning.SUSPENDED, Versioning.ENABLED);
        }
        assertThatThrownBy(() -> start(new S3ProxyFilesystem(), wanted))
                .isInstanceOfSatisfying(
                        TargetUnavailableException.class,
                        e -> assertThat(e.expected())
                                .as("no failure of its own")
                                .isTrue())
                .hasMessage("The target has no such buckets: etalon.versioning=suspended,enabled; it can take off.");
    }

    @ParameterizedTest
    @MethodSource("embedded")
    void aTakenPortIsSaidToBeTaken(TargetProvider provider) throws Exception {
        try (ServerSocket other = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            String port = Integer.toString(other.getLocalPort());
            assertThatThrownBy(() -> start(provider, Map.of("etalon.embedded.port", port)))
                    .isInstanceOf(TargetUnavailableException.class)
                    .hasMessageContaining("Port " + port + " on 127.0.0.1 is taken")
                    .hasMessageContaining("etalon.embedded.port");
        }
    }

    @Test
    void anUnreachableUrlIsSaidToBeUnreachable() throws Exception {
        int port;
        try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = free.getLocalPort();
        }
        String url = "http://127.0.0.1:" + port + "/";
        assertThatThrownBy(() -> start(new ExternalHttp(), Map.of("etalon.url", url)))
                .hasMessageContaining("Nothing usable answers at " + url)
                .hasMessageContaining("etalon.url");
        assertThatThrownBy(() -> start(new ExternalS3(), s3(url, "etalon-secret")))
                .hasMessageContaining("Nothing usable answers at " + url)
                .hasMessageContaining("etalon.url");
    }

    @Test
    void whatIsNoUrlIsSaidToBeNone() {
        assertThatThrownBy(() -> start(new ExternalHttp(), Map.of("etalon.url", "localhost:80")))
                .hasMessageContaining("etalon.url must be an http or https URL: etalon.url=localhost:80");
    }

    @Test
    void wrongCredentialsAreSaidToBeRefused() throws Exception {
        try (RunningTarget server = start(new S3ProxyMemory(), Map.of())) {
            assertThatThrownBy(() -> start(new ExternalS3(), s3(server.url(), "wrong")))
                    .isInstanceOf(TargetUnavailableException.class)
                    .hasMessageContaining("credentials were refused (403")
                    .hasMessageContaining("etalon.secret-key")
                    .hasMessageNotContaining("wrong");
        }
    }

    @Test
    void missingCredentialsAreAskedFor() {
        assertThatThrownBy(() ->
                        start(new ExternalS3(), Map.of("etalon.url", "http://127.0.0.1:1/", "etalon.protocol", "s3")))
                .hasMessageContaining("needs etalon.access-key");
    }

    /** S3Proxy's own read-only store, which it offers by configuration file only. */
    private static BlobStore readOnly(BlobStore store) throws ReflectiveOperationException {
        Method wrap = Class.forName("org.gaul.s3proxy.middleware.ReadOnlyBlobStore")
                .getDeclaredMethod("newReadOnlyBlobStore", BlobStore.class);
        wrap.setAccessible(true);
        return (BlobStore) wrap.invoke(null, store);
    }

    @Test
    void aBucketThatIsMissingAndMayNotBeMadeIsNamed() throws Exception {
        S3Proxy server = S3Proxy.builder()
                .blobStore(readOnly(BlobStores.create("transient", new Properties())))
                .endpoint(URI.create("http://127.0.0.1:0"))
                .awsAuthentication(AuthenticationType.AWS_V4, "etalon", "etalon-secret")
                .build();
        server.start();
        try {
            Map<String, String> settings = s3("http://127.0.0.1:" + server.getPort() + "/", "etalon-secret");
            settings.put("etalon.bucket", "nobodys");
            assertThatThrownBy(() -> start(new ExternalS3(), settings))
                    .isInstanceOf(TargetUnavailableException.class)
                    .hasMessageContaining("bucket=nobodys")
                    .hasMessageContaining("etalon.bucket");
        } finally {
            server.stop();
        }
    }

    @Test
    void anHttpServerThatIsNoS3ServiceIsSaidToBeNone() throws Exception {
        try (RunningTarget tomcat = start(new TomcatTarget(), Map.of())) {
            assertThatThrownBy(() -> start(new ExternalS3(), s3(tomcat.url(), "etalon-secret")))
                    .isInstanceOf(TargetUnavailableException.class)
                    .hasMessageContaining("etalon.url");
        }
    }
}
