package dev.etalon.targets.client;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import okhttp3.Request;
import okhttp3.RequestBody;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.http.ContentStreamProvider;
import software.amazon.awssdk.http.SdkHttpMethod;
import software.amazon.awssdk.http.SdkHttpRequest;
import software.amazon.awssdk.http.auth.aws.signer.AwsV4HttpSigner;
import software.amazon.awssdk.http.auth.spi.signer.HttpSigner;
import software.amazon.awssdk.http.auth.spi.signer.SignedRequest;
import software.amazon.awssdk.identity.spi.AwsCredentialsIdentity;

/** Two independent signers must agree, or a 403 would say more of us than of the server. */
class S3SigningTest {
    private static final Clock CLOCK = Clock.fixed(Instant.parse("2026-11-21T12:34:56Z"), ZoneOffset.UTC);

    @ParameterizedTest
    @ValueSource(strings = {"etalon-1", "etalon-00ff-12"})
    void minioJavaAndTheAwsSdkSignAlike(String key) {
        byte[] body = "a body".getBytes(StandardCharsets.US_ASCII);
        String url = "http://127.0.0.1:9000/etalon/" + key;
        Request signed = new S3Signing("us-east-1", "AKID", "secret", CLOCK)
                .sign(
                        new Request.Builder()
                                .url(url)
                                .header("If-Match", "\"abc\"")
                                .put(RequestBody.create(body, null))
                                .build(),
                        body);
        SignedRequest reference = AwsV4HttpSigner.create()
                .sign(request -> request.identity(AwsCredentialsIdentity.create("AKID", "secret"))
                        .request(SdkHttpRequest.builder()
                                .method(SdkHttpMethod.PUT)
                                .uri(URI.create(url))
                                .putHeader("If-Match", "\"abc\"")
                                .build())
                        .payload(ContentStreamProvider.fromInputStream(new ByteArrayInputStream(body)))
                        .putProperty(AwsV4HttpSigner.SERVICE_SIGNING_NAME, "s3")
                        .putProperty(AwsV4HttpSigner.REGION_NAME, "us-east-1")
                        .putProperty(AwsV4HttpSigner.DOUBLE_URL_ENCODE, false)
                        .putProperty(AwsV4HttpSigner.NORMALIZE_PATH, false)
                        .putProperty(HttpSigner.SIGNING_CLOCK, CLOCK));
        assertThat(signature(signed.header("Authorization")))
                .isEqualTo(signature(
                        reference.request().firstMatchingHeader("Authorization").orElseThrow()));
    }

    private static String signature(String authorization) {
        return authorization.substring(authorization.indexOf("Signature="));
    }

    @ParameterizedTest
    @ValueSource(strings = {"etalon-secret"})
    void theSecretIsNotInItsText(String secret) {
        assertThat(new S3Signing("us-east-1", "AKID", secret, CLOCK).toString()).doesNotContain(secret);
    }
}
