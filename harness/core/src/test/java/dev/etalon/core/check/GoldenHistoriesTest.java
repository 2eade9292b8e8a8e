package dev.etalon.core.check;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.etalon.core.model.Anomaly;
import dev.etalon.core.model.Finding;
import dev.etalon.core.model.History;
import dev.etalon.core.model.Invocation;
import dev.etalon.core.model.Method;
import dev.etalon.core.model.Operation;
import dev.etalon.core.model.Verdict;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The histories people learn the anomalies from, and what the judge says of each, word for word. {@code
 * -Detalon.golden.update=true} rewrites what it says; read the difference before you commit it.
 */
class GoldenHistoriesTest {
    private static final Path FILES = Path.of("src", "test", "resources", "golden-histories");
    private static final String LEGAL = ".legal.txt";

    /** Anomalies that no history of one key shows, and why. */
    private static final Map<Anomaly, String> ELSEWHERE = Map.of(
            Anomaly.AMBIGUOUS_LOSER,
            "what the losers of many rounds were told is for the table of outcomes, which has no key and no witness");

    static Stream<Path> files() throws IOException {
        try (Stream<Path> files = Files.walk(FILES)) {
            return files.filter(file -> file.toString().endsWith(".txt")).sorted().toList().stream();
        }
    }

    private static Verdict judge(Path file) throws IOException {
        return Judge.judge(GoldenHistory.parse(Files.readString(file)).history());
    }

    @ParameterizedTest
    @MethodSource("files")
    void theJudgeSaysWhatTheFileSays(Path file) throws IOException {
        GoldenHistory golden = GoldenHistory.parse(Files.readString(file));
        History history = golden.history();
        String said = GoldenHistory.text(Judge.judge(history), history);
        if (Boolean.getBoolean("etalon.golden.update")) {
            Files.writeString(file, golden.saying(said));
        } else {
            assertThat(said)
                    .as("differs from %s; if that is meant, rewrite it with -Detalon.golden.update=true", file)
                    .isEqualTo(golden.expected());
        }
    }

    @ParameterizedTest
    @MethodSource("files")
    void byWhichOperationAWriteOrADeleteWasAskedForMakesNoDifference(Path file) throws IOException {
        History history = GoldenHistory.parse(Files.readString(file)).history();
        for (Method write : List.of(Method.COPY, Method.COMPLETE)) {
            History other = new History(
                    history.origin(),
                    history.operations().stream().map(op -> by(write, op)).toList(),
                    history.damage(),
                    history.clocks());
            Verdict expected = Judge.judge(history);
            Verdict verdict = Judge.judge(other);
            assertThat(verdict.status()).isEqualTo(expected.status());
            assertThat(verdict.findings())
                    .extracting(Finding::anomaly, Finding::explanation, Finding::consequences)
                    .containsExactlyElementsOf(expected.findings().stream()
                            .map(finding -> tuple(finding.anomaly(), finding.explanation(), finding.consequences()))
                            .toList());
        }
    }

    /** The same, asked for by the operations of Amazon S3. */
    private static Operation by(Method write, Operation op) {
        Invocation sent = op.invocation();
        // What CompleteMultipartUpload does not find may be the upload, so its 404 says less.
        boolean missing = op.refused() && op.status() == 404;
        Method method = sent.method() == Method.PUT && !missing
                ? write
                : sent.method() == Method.DELETE ? Method.DELETE_OBJECTS : sent.method();
        return new Operation(
                new Invocation(
                        sent.id(),
                        sent.actor(),
                        sent.round(),
                        sent.key(),
                        sent.endpoint(),
                        method,
                        sent.precondition(),
                        sent.writes(),
                        sent.depth(),
                        sent.host(),
                        sent.atNs()),
                op.completion());
    }

    @ParameterizedTest
    @MethodSource("files")
    void everyFileBeginsWithItsLesson(Path file) throws IOException {
        assertThat(GoldenHistory.parse(Files.readString(file)).lesson()).hasSizeBetween(2, 4);
    }

    @ParameterizedTest
    @EnumSource
    void everyAnomalyHasAHistoryAndALegalTwin(Anomaly anomaly) throws IOException {
        if (ELSEWHERE.containsKey(anomaly)) {
            return;
        }
        assertThat(FILES.resolve(name(anomaly) + LEGAL)).exists();
        Path shown = FILES.resolve(name(anomaly) + ".txt");
        Verdict verdict = judge(shown);
        List<Finding> said = anomaly.forbidden() ? verdict.findings() : verdict.remarks();
        assertThat(said).as("%s", shown).extracting(Finding::anomaly).containsExactly(anomaly);
        assertThat(said.get(0).witness()).as("%s", shown).hasSizeBetween(1, 4);
    }

    @ParameterizedTest
    @MethodSource("files")
    void whatIsCalledLegalIsValid(Path file) throws IOException {
        if (file.toString().endsWith(LEGAL)) {
            Verdict verdict = judge(file);
            assertThat(verdict.status()).isEqualTo(Verdict.Status.VALID);
            assertThat(verdict.remarks()).isEmpty();
        }
    }

    private static String name(Anomaly anomaly) {
        int number = Integer.parseInt(anomaly.code().substring(1));
        String title = anomaly.title().toLowerCase(Locale.ROOT).replace("'", "").replaceAll("[^a-z0-9]+", "-");
        return String.format(Locale.ROOT, "A%02d-%s", number, title);
    }

    @Test
    void onlyAnomaliesAreExcepted() {
        assertThat(ELSEWHERE.values()).allSatisfy(reason -> assertThat(reason).isNotBlank());
    }
}
