package dev.etalon.scenarios.browser;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;

/** The Allure report that the conformance tests leave behind. */
@EnabledIfSystemProperty(
        named = "etalon.browser",
        matches = "sample|whole",
        disabledReason = "part of the gate: -Detalon.browser=sample")
class AllureReportIT {
    private static final Path REPORT =
            Path.of(System.getProperty("etalon.root"), "target", "allure-report", "index.html");

    @Test
    void opensFromTheDiskAndAsksNothingOfTheNetwork(@TempDir Path profile) throws Exception {
        assumeTrue(
                Files.exists(REPORT),
                () -> "no report to open: file=" + REPORT + "; mvn verify -pl scenarios/conformance -am makes it");
        try (Chromium browser = Chromium.start(profile)) {
            browser.open(REPORT);
            assertThat(browser.find(".widget").getText()).isNotEmpty();
            // The page's style turns names into capitals, and a browser tells what is seen.
            browser.until(
                    d -> browser.find("body").getText().toUpperCase(Locale.ROOT).contains("ETALON"),
                    "the report's name");
            assertThat(browser.requests()).isEmpty();
        }
    }
}
