package dev.etalon.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

class DetectionTest {
    @Test
    void a_held_upload_catches_a_server_that_decides_on_the_headers_and_every_strategy_has_its_row() throws Exception {
        List<String> lines = lines(
                "detect",
                "mutants=checks-at-headers",
                "strategies=held-upload,gate",
                "racers=2",
                "bodies=512",
                "rounds=8");

        assertThat(row(lines, "held-upload").get(1)).isEqualTo("8");
        assertThat(row(lines, "gate").get(1)).isEqualTo("8");
        assertThat(Integer.parseInt(row(lines, "held-upload").get(2))).isPositive();
        assertThat(Integer.parseInt(row(lines, "held-upload").get(3))).isPositive();
    }

    @Test
    void final_frames_in_one_write_have_a_row_over_http_2() throws Exception {
        List<String> lines = lines(
                "detect",
                "http=2",
                "mutants=checks-then-acts-1000us",
                "strategies=h2-single-packet",
                "racers=3",
                "rounds=3");

        assertThat(row(lines, "h2-single-packet").get(1)).isEqualTo("3");
    }

    @Test
    void a_mutant_that_nobody_knows_is_refused_with_the_names_of_those_there_are() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> lines("detect", "mutants=sleeps"))
                .withMessageContaining("mutant=sleeps")
                .withMessageContaining("checks-then-acts-100us");
    }

    private static List<String> lines(String... args) throws Exception {
        ByteArrayOutputStream text = new ByteArrayOutputStream();
        new Detection(Arguments.of(args), new PrintStream(text, true, StandardCharsets.UTF_8)).run();
        return text.toString(StandardCharsets.UTF_8).lines().toList();
    }

    /** The columns of a strategy: its label, rounds raced, rounds with several winners of 1,000, rounds the judge named. */
    private static List<String> row(List<String> lines, String strategy) {
        return lines.stream()
                .map(line -> List.of(line.strip().split("[ ,]+")))
                .filter(columns -> columns.get(0).equals(strategy))
                .findFirst()
                .orElseThrow();
    }
}
