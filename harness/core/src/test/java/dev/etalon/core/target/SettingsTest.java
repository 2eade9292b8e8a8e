package dev.etalon.core.target;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** One key name everywhere; a flag wins over a system property, that over the environment. */
class SettingsTest {
    private static final String KEY = "etalon.test-only.key";

    @Test
    void aFlagWinsOverASystemProperty() {
        System.setProperty(KEY, "property");
        try {
            assertThat(Settings.ofProcess().get(KEY)).contains("property");
            assertThat(Settings.ofProcess().with(Map.of(KEY, "flag")).get(KEY)).contains("flag");
        } finally {
            System.clearProperty(KEY);
        }
    }

    @Test
    void theEnvironmentHasTheSameNamesInItsOwnSpelling() {
        // No variable can be set from here; PATH is in every environment and not among the properties.
        assertThat(Settings.ofProcess().get("path")).contains(System.getenv("PATH"));
        assertThat(Settings.ofProcess().with(Map.of("path", "flag")).get("path"))
                .contains("flag");
    }

    @Test
    void theLatestFlagWins() {
        Settings settings =
                Settings.of(Map.of(KEY, "old", "etalon.other", "kept")).with(Map.of(KEY, "new"));
        assertThat(settings.get(KEY)).contains("new");
        assertThat(settings.get("etalon.other")).contains("kept");
    }

    @Test
    void aBlankValueIsNone() {
        assertThat(Settings.of(Map.of(KEY, "  ")).get(KEY)).isEmpty();
        assertThat(Settings.of(Map.of(KEY, " a ")).get(KEY, "b")).isEqualTo("a");
        assertThat(Settings.of(Map.of()).get(KEY, "b")).isEqualTo("b");
    }

    @Test
    void numbersAreDecimalOrHexadecimal() {
        assertThat(Settings.of(Map.of(KEY, "412")).number(KEY, 1)).isEqualTo(412);
        assertThat(Settings.of(Map.of(KEY, "0x19c")).number(KEY, 1)).isEqualTo(412);
        assertThat(Settings.of(Map.of(KEY, "-7")).number(KEY, 1)).isEqualTo(-7);
        assertThat(Settings.of(Map.of()).number(KEY, 1)).isEqualTo(1);
    }

    @Test
    void aLeadingZeroDoesNotMakeANumberOctal() {
        assertThat(Settings.of(Map.of(KEY, "0100")).number(KEY, 1)).isEqualTo(100);
    }

    @Test
    void whatIsNoNumberIsASentence() {
        assertThatThrownBy(() -> Settings.of(Map.of(KEY, "many")).number(KEY, 1))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(KEY + " must be a whole number, decimal or 0x-hexadecimal: " + KEY + "=many");
    }

    @Test
    void listsAreSeparatedByCommas() {
        assertThat(Settings.of(Map.of(KEY, " a, b ,,c")).list(KEY)).containsExactly("a", "b", "c");
        assertThat(Settings.of(Map.of()).list(KEY)).isEmpty();
    }

    @Test
    void aDurationIsMillisecondsOrIso8601() {
        Duration most = Duration.ofSeconds(60);
        Duration fallback = Duration.ofSeconds(15);
        assertThat(Settings.of(Map.of()).duration("etalon.timeout", fallback, most))
                .isEqualTo(fallback);
        assertThat(Settings.of(Map.of("etalon.timeout", "250")).duration("etalon.timeout", fallback, most))
                .hasMillis(250);
        assertThat(Settings.of(Map.of("etalon.timeout", "PT2.5S")).duration("etalon.timeout", fallback, most))
                .hasMillis(2_500);
    }

    @ParameterizedTest
    @ValueSource(strings = {"soon", "0", "PT0S", "PT-1S", "60001", "PT61S", "99999999999999999999", "5 s"})
    void aDurationThatIsNoneIsASentence(String value) {
        Settings settings = Settings.of(Map.of("etalon.timeout", value));
        assertThatThrownBy(() -> settings.duration("etalon.timeout", Duration.ofSeconds(15), Duration.ofSeconds(60)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("etalon.timeout must be a whole number of milliseconds, or a duration like PT2.5S, of 1"
                        + " ms..60000 ms: etalon.timeout=" + value);
    }

    @Test
    void aSentenceSpeaksOfWhatTheUserTyped() {
        Map<String, String> options = Map.of("etalon.url", "--url", "etalon.targets", "--target");
        String sentence = "correct etalon.url, etalon.targets=x or etalon.trust. See etalon.jar and x/etalon.url.";
        assertThat(Settings.of(Map.of()).spoken(sentence)).isEqualTo(sentence);
        assertThat(Settings.of(Map.of("etalon.url", "x")).spokenAs(options).spoken(sentence))
                .isEqualTo("correct --url, --target=x or etalon.trust. See etalon.jar and x/etalon.url.");
    }

    @Test
    void aSettingThatCameAsAPropertyIsNamedAsOne() {
        System.setProperty("etalon.test-only", "x");
        try {
            Settings settings = Settings.ofProcess().spokenAs(Map.of("etalon.test-only", "--test-only"));
            assertThat(settings.spoken("etalon.test-only=x")).isEqualTo("etalon.test-only=x");
            assertThat(settings.with(Map.of("etalon.test-only", "y")).spoken("etalon.test-only=y"))
                    .isEqualTo("--test-only=y");
        } finally {
            System.clearProperty("etalon.test-only");
        }
    }
}
