package dev.etalon.targets.client;

import dev.etalon.core.target.Settings;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509TrustManager;
import okhttp3.Protocol;

/**
 * How the client talks to a server.
 *
 * @param version the HTTP version
 * @param callTimeout how long a request may take, 1 ms..{@link Settings#CALL_TIMEOUT_MAX}; what takes longer has an
 *     unknown outcome
 * @param trust what certificates are trusted; empty for those the platform trusts
 * @param ledger takes note of what is made; empty where nothing is to be removed again
 */
public record WireOptions(
        Version version, Duration callTimeout, Optional<X509TrustManager> trust, Optional<Ledger> ledger) {
    /** HTTP/1.1, the usual timeout, the platform's trust. */
    public static final WireOptions DEFAULT =
            new WireOptions(Version.HTTP_1_1, Settings.CALL_TIMEOUT, Optional.empty());

    public WireOptions {
        if (callTimeout.toMillis() < 1 || callTimeout.compareTo(Settings.CALL_TIMEOUT_MAX) > 0) {
            throw new IllegalArgumentException("a call takes 1 ms.." + Settings.CALL_TIMEOUT_MAX.toMillis()
                    + " ms at most: callTimeout=" + callTimeout);
        }
    }

    /** Where nothing is to be removed again. */
    public WireOptions(Version version, Duration callTimeout, Optional<X509TrustManager> trust) {
        this(version, callTimeout, trust, Optional.empty());
    }

    /** The same, with a ledger. */
    WireOptions with(Ledger noting) {
        return new WireOptions(version, callTimeout, trust, Optional.of(noting));
    }

    /** The versions of HTTP, and how they are agreed on. */
    public enum Version {
        /** One request at a time on a connection. */
        HTTP_1_1("1.1", Protocol.HTTP_1_1),
        /** HTTP/2 where the server agrees to it in the TLS handshake, else HTTP/1.1. */
        HTTP_2("2", Protocol.HTTP_2, Protocol.HTTP_1_1),
        /** HTTP/2 in clear text, without asking (RFC 9113 §3.3). */
        HTTP_2_CLEARTEXT("2-cleartext", Protocol.H2_PRIOR_KNOWLEDGE);

        private final String label;
        private final List<Protocol> protocols;

        Version(String label, Protocol... protocols) {
            this.label = label;
            this.protocols = List.of(protocols);
        }

        List<Protocol> protocols() {
            return protocols;
        }
    }

    /**
     * The user's: {@code etalon.http-version}, {@code etalon.timeout} and {@code etalon.trust}, a file with the
     * certificates to trust, as PEM.
     *
     * @throws IllegalArgumentException with a sentence for the user when a setting makes no sense
     */
    public static WireOptions of(Settings settings) {
        String label = settings.get("etalon.http-version", DEFAULT.version().label);
        Version version = Arrays.stream(Version.values())
                .filter(candidate -> candidate.label.equals(label.toLowerCase(Locale.ROOT)))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("etalon.http-version must be one of "
                        + Arrays.stream(Version.values())
                                .map(candidate -> candidate.label)
                                .collect(Collectors.joining(", "))
                        + ": etalon.http-version=" + label));
        return new WireOptions(
                version, settings.callTimeout(), settings.get("etalon.trust").map(file -> trusting(Path.of(file))));
    }

    /** For a server of our own, of which only {@code etalon.timeout} is the user's to say. */
    public static WireOptions forOwn(Settings settings) {
        return new WireOptions(DEFAULT.version(), settings.callTimeout(), Optional.empty());
    }

    private static X509TrustManager trusting(Path file) {
        try (InputStream in = Files.newInputStream(file)) {
            KeyStore store = KeyStore.getInstance(KeyStore.getDefaultType());
            store.load(null, null);
            int count = 0;
            for (Certificate certificate :
                    CertificateFactory.getInstance("X.509").generateCertificates(in)) {
                store.setCertificateEntry("certificate-" + count++, certificate);
            }
            if (count == 0) {
                throw new IllegalArgumentException(
                        "etalon.trust must name a file with certificates as PEM, and there are none in it: etalon.trust="
                                + file);
            }
            TrustManagerFactory factory = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
            factory.init(store);
            for (TrustManager manager : factory.getTrustManagers()) {
                if (manager instanceof X509TrustManager x509) {
                    return x509;
                }
            }
            throw new IllegalStateException("every Java platform has an X.509 trust manager");
        } catch (IOException | GeneralSecurityException e) {
            throw new IllegalArgumentException(
                    "etalon.trust must name a file with certificates as PEM (" + e + "): etalon.trust=" + file, e);
        }
    }
}
