package dev.etalon.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;

/** What no server can be reached with is one sentence about the option, before anything is raced. */
class ServerOptionsTest {
    private static ServerOptions given(String... options) {
        return CommandLine.populateCommand(new ServerOptions(), options);
    }

    @ParameterizedTest
    @ValueSource(strings = {"127.0.0.1:8080/folder", "ftp://127.0.0.1/", "http:///folder", "http://a b/", "localhost"})
    void aUrlHasASchemeAndAHost(String url) {
        assertThatThrownBy(() -> given("--url", url).flags())
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("--url must be an http or https URL")
                .hasMessageEndingWith("--url=" + url);
    }

    @Test
    void aServerSpeaksHttpOrS3() {
        assertThatThrownBy(() ->
                        given("--url", "http://localhost/", "--protocol", "ftp").flags())
                .hasMessage("--protocol must be http or s3: --protocol=ftp");
    }

    @ParameterizedTest
    @ValueSource(strings = {"b", "Bucket", "my_bucket", "-bucket"})
    void aBucketHasANameThatS3Takes(String bucket) {
        assertThatThrownBy(() -> given("--bucket", bucket).flags()).hasMessageContaining("--bucket=" + bucket);
    }

    @Test
    void anS3ServerNeedsAKey() {
        assertThatThrownBy(() ->
                        given("--url", "http://localhost/", "--protocol", "s3").flags())
                .hasMessageContaining("--access-key");
    }

    @Test
    void whatIsGivenBecomesSettings() {
        assertThat(given("--url", "https://localhost:1/f/", "--bucket", "my-bucket")
                        .flags())
                .containsEntry("etalon.url", "https://localhost:1/f/")
                .containsEntry("etalon.bucket", "my-bucket");
    }
}
