package dev.etalon.targets.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.etalon.core.target.Settings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import okhttp3.tls.HeldCertificate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** How a server is talked to is the user's to say. */
class WireOptionsTest {
    @TempDir
    Path folder;

    private static WireOptions of(String key, String value) {
        return WireOptions.of(Settings.of(Map.of(key, value)));
    }

    @Test
    void withoutSettingsItIsHttp1ForFifteenSecondsWithThePlatformsTrust() {
        assertThat(WireOptions.of(Settings.of(Map.of()))).isEqualTo(WireOptions.DEFAULT);
        assertThat(WireOptions.DEFAULT.callTimeout()).hasSeconds(15);
    }

    @Test
    void everyPartCanBeSet() throws IOException {
        assertThat(of("etalon.http-version", "2").version()).isEqualTo(WireOptions.Version.HTTP_2);
        assertThat(of("etalon.http-version", "2-cleartext").version()).isEqualTo(WireOptions.Version.HTTP_2_CLEARTEXT);
        assertThat(of("etalon.timeout", "PT1S").callTimeout()).hasSeconds(1);
        HeldCertificate own = new HeldCertificate.Builder().commonName("own").build();
        Path pem = Files.writeString(folder.resolve("own.pem"), own.certificatePem());
        assertThat(of("etalon.trust", pem.toString()).trust())
                .hasValueSatisfying(
                        trust -> assertThat(trust.getAcceptedIssuers()).containsExactly(own.certificate()));
    }

    @Test
    void aServerOfOurOwnIsSpokenToAsItWasMade() {
        Settings settings = Settings.of(Map.of("etalon.http-version", "2", "etalon.timeout", "100"));
        assertThat(WireOptions.forOwn(settings))
                .isEqualTo(new WireOptions(WireOptions.Version.HTTP_1_1, Duration.ofMillis(100), Optional.empty()));
    }

    @Test
    void whatMakesNoSenseIsASentence() throws IOException {
        assertThatThrownBy(() -> of("etalon.http-version", "3"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("etalon.http-version must be one of 1.1, 2, 2-cleartext: etalon.http-version=3");
        String nowhere = folder.resolve("nowhere.pem").toString();
        assertThatThrownBy(() -> of("etalon.trust", nowhere))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("etalon.trust must name a file with certificates as PEM")
                .hasMessageEndingWith("etalon.trust=" + nowhere);
        String empty = Files.writeString(folder.resolve("empty.pem"), "").toString();
        assertThatThrownBy(() -> of("etalon.trust", empty))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("there are none in it");
        assertThatThrownBy(() -> new WireOptions(WireOptions.Version.HTTP_1_1, Duration.ofMinutes(2), Optional.empty()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("callTimeout=PT2M");
    }
}
