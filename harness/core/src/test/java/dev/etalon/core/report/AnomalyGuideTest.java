package dev.etalon.core.report;

import static org.assertj.core.api.Assertions.assertThat;

import dev.etalon.core.model.Anomaly;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The sentences that pages and documents share. */
class AnomalyGuideTest {
    private static final Path DOCUMENT = Path.of("..", "..", "docs", "anomalies.md");

    @ParameterizedTest
    @EnumSource
    void everyAnomalyIsExplainedInTwoSentencesWithAPageToReadOn(Anomaly anomaly) {
        AnomalyGuide guide = AnomalyGuide.of(anomaly);

        assertThat(guide.explanation().split("(?<=\\.) "))
                .hasSize(2)
                .allSatisfy(sentence -> assertThat(sentence).endsWith("."));
        assertThat(guide.sources()).isNotEmpty();
        assertThat(guide.sources())
                .extracting(AnomalyGuide.Page::url)
                .allSatisfy(url -> assertThat(url)
                        .matches("https://(www\\.rfc-editor\\.org|docs\\.aws\\.amazon\\.com)/[^\"<> ]+"));
        assertThat(guide.threads()).allSatisfy(thread -> assertThat(thread).matches("[\\w.-]+/[\\w.-]+#\\d+"));
    }

    @ParameterizedTest
    @EnumSource
    void theDocumentSaysTheSame(Anomaly anomaly) throws IOException {
        AnomalyGuide guide = AnomalyGuide.of(anomaly);
        String row = Files.readAllLines(DOCUMENT).stream()
                .filter(line -> line.startsWith("| " + anomaly.code() + " | " + guide.explanation() + " |"))
                .findFirst()
                .orElse("");

        assertThat(row).as("a row of docs/anomalies.md for " + anomaly.code()).isNotEmpty();
        assertThat(Stream.concat(guide.sources().stream(), guide.field().stream()))
                .allSatisfy(page -> assertThat(row).contains("[" + page.name() + "](" + page.url() + ")"));
    }

    @Test
    void thereIsNoGuideToAnAnomalyThatIsNone() {
        assertThat(AnomalyGuide.all().keySet())
                .containsExactlyInAnyOrder(
                        Stream.of(Anomaly.values()).map(Anomaly::code).toArray(String[]::new));
    }
}
