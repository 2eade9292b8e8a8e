package dev.etalon.core.check;

import static org.assertj.core.api.Assertions.assertThat;

import dev.etalon.core.model.History;
import dev.etalon.core.store.StoredRun;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Recordings as other programs hand them over, on which the judge once was wrong, and what it says of each, word for word.
 * {@code -Detalon.golden.update=true} rewrites what it says; read the difference before you commit it.
 */
class GoldenRecordingsTest {
    private static final Path FILES = Path.of("src", "test", "resources", "golden-recordings");

    static Stream<Path> recordings() throws IOException {
        try (Stream<Path> files = Files.list(FILES)) {
            return files.filter(file -> file.toString().matches(".*\\.(jsonl|tsv)")).sorted().toList().stream();
        }
    }

    @ParameterizedTest
    @MethodSource("recordings")
    void theJudgeSaysWhatTheFileBesideItSays(Path recording) throws IOException {
        History history = StoredRun.read(recording).history();
        String said = GoldenHistory.text(Judge.judge(history), history);
        Path golden = Path.of(recording.toString().replaceFirst("\\.(jsonl|tsv)$", ".txt"));
        if (Boolean.getBoolean("etalon.golden.update")) {
            Files.writeString(golden, said);
        }
        assertThat(golden)
                .as("no golden file; write it with -Detalon.golden.update=true")
                .exists();
        assertThat(said)
                .as("differs from %s; if that is meant, rewrite it with -Detalon.golden.update=true", golden)
                .isEqualTo(Files.readString(golden));
    }
}
