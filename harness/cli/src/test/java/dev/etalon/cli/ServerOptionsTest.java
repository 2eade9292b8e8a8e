package dev.etalon.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.etalon.core.target.Settings;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;

/** What no server can be reached with is one sentence about the option, before anything is raced. */
class ServerOptionsTest {
    private static ServerOptions given(String... options) {
        return CommandLine.populateCommand(new ServerOptions(), options);
    }

    /** Checks as each command does, and speaks as it does. */
    private static void checked(String... options) {
        Settings settings = Settings.of(given(options).flags())
                .spokenAs(ServerOptions.names(CommandLine.Model.CommandSpec.forAnnotatedObject(new Race())));
        try {
            ServerOptions.check(settings);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(settings.spoken(String.valueOf(e.getMessage())), e);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"127.0.0.1:8080/folder", "ftp://127.0.0.1/", "http:///folder", "http://a b/", "localhost"})
    void aUrlHasASchemeAndAHost(String url) {
        assertThatThrownBy(() -> checked("--url", url))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("--url must be an http or https URL")
                .hasMessageEndingWith("--url=" + url);
    }

    @Test
    void aServerSpeaksHttpOrS3() {
        assertThatThrownBy(() -> checked("--url", "http://localhost/", "--protocol", "ftp"))
                .hasMessage("--protocol must be http or s3: --protocol=ftp");
    }

    @ParameterizedTest
    @ValueSource(strings = {"b", "Bucket", "my_bucket", "-bucket"})
    void aBucketHasANameThatS3Takes(String bucket) {
        assertThatThrownBy(() -> checked("--bucket", bucket)).hasMessageContaining("--bucket=" + bucket);
    }

    @Test
    void anS3ServerNeedsAKey() {
        assertThatThrownBy(() -> checked("--url", "http://localhost/", "--protocol", "s3"))
                .hasMessageContaining("--access-key");
    }

    @Test
    void anS3ServerTakesNoUserInfo() {
        assertThatThrownBy(() -> checked("--url", "http://me:s3cret@localhost/", "--protocol", "s3"))
                .hasMessageStartingWith("--url of an S3 server takes no user and password")
                .message()
                .doesNotContain("s3cret");
    }

    @Test
    void whatIsGivenBecomesSettings() {
        assertThat(given("--url", "https://localhost:1/f/", "--bucket", "my-bucket")
                        .flags())
                .containsEntry("etalon.url", "https://localhost:1/f/")
                .containsEntry("etalon.bucket", "my-bucket");
    }
}
