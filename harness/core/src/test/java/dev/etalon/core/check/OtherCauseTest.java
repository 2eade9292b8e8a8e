package dev.etalon.core.check;

import static org.assertj.core.api.Assertions.assertThat;

import dev.etalon.core.model.Anomaly;
import dev.etalon.core.model.Finding;
import dev.etalon.core.model.History;
import dev.etalon.core.model.Operation;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What else in a deployment may have given the answers of a finding. */
class OtherCauseTest {
    private static final Path DOCUMENT = Path.of("..", "..", "docs", "anomalies.md");

    @ParameterizedTest
    @EnumSource
    void theDocumentSaysTheSame(OtherCause other) throws IOException {
        assertThat(Files.readAllLines(DOCUMENT))
                .contains("| " + other.cause() + " | " + other.check() + " | "
                        + other.anomalies().stream().map(Anomaly::code).collect(Collectors.joining(", ")) + " |");
    }

    @ParameterizedTest
    @EnumSource
    void everyAnomalyMayHaveAnotherCauseThanTheServer(Anomaly anomaly) {
        assertThat(Arrays.stream(OtherCause.values())
                        .filter(each -> each.anomalies().contains(anomaly)))
                .isNotEmpty();
    }

    @Test
    void aRefusedWriteThatIsReadMayHaveBeenSentTwice() {
        assertThat(causes("""
                        w0  PUT                      -> 200                0..1     w0#1
                        w1  PUT     If-Match w0#1    -> 412                2..3     w1#1
                        w0  GET                      -> 200 shows w1#1     4..5
                        """)).containsExactly(OtherCause.RESENT);
    }

    @Test
    void onlyWhatIsMissingMayHaveExpired() {
        String acknowledged = """
                w0  PUT                      -> 200                0..1     w0#1
                w1  PUT     If-Match w0#1    -> 200                2..3     w1#1
                """;
        assertThat(causes(acknowledged + "w0  GET  -> 404  4..5"))
                .contains(OtherCause.EXPIRY, OtherCause.SHARED_CACHE)
                .doesNotContain(OtherCause.RESENT);
        assertThat(causes(acknowledged + "w0  GET  -> 200 shows w0#1  4..5"))
                .contains(OtherCause.SHARED_CACHE)
                .doesNotContain(OtherCause.EXPIRY);
    }

    @Test
    void aDeleteThatFoundNothingMayBeTheSecondAttempt() {
        assertThat(causes("""
                        w0  PUT                      -> 200                0..1     w0#1
                        w0  GET                      -> 200 shows w0#1     2..3
                        w1  DELETE  If-Match w0#1    -> 404                4..5     w1#1
                        """)).contains(OtherCause.RESENT, OtherCause.EXPIRY).doesNotContain(OtherCause.SHARED_CACHE);
    }

    @Test
    void whatIsThereAfterARefusalHasNotBeenReplacedUnseen() {
        String refused = """
                w0  PUT                      -> 200                0..1     w0#1
                w0  GET                      -> 200 shows w0#1     2..3
                w1  PUT     If-Match w0#1    -> 412                4..5     w1#1
                """;
        assertThat(causes(refused)).contains(OtherCause.RESENT, OtherCause.EXPIRY, OtherCause.TAG_REWRITTEN);
        Finding shown = findings(refused).get(0);
        List<Operation> witness = new ArrayList<>(shown.witness());
        witness.add(GoldenHistory.parse(refused + "w0  GET  -> 200 shows w0#1  6..7\n---\n")
                .history()
                .operations()
                .get(3));
        assertThat(OtherCause.of(Finding.of(shown.anomaly(), shown.key(), witness, shown.explanation())))
                .contains(OtherCause.TAG_REWRITTEN)
                .doesNotContain(OtherCause.RESENT, OtherCause.EXPIRY);
    }

    private static List<OtherCause> causes(String told) {
        return OtherCause.of(findings(told).get(0));
    }

    private static List<Finding> findings(String told) {
        History history = GoldenHistory.parse(told + "\n---\n").history();
        return Judge.judge(history).findings();
    }
}
