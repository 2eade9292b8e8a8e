package dev.etalon.reports.console;

import static org.assertj.core.api.Assertions.assertThat;

import dev.etalon.core.session.CellProgress;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TerminalTest {
    @Test
    void colourIsForTerminalsWhoseUserDidNotRefuseIt() {
        assertThat(Terminal.coloured(true, name -> null)).isTrue();
        assertThat(Terminal.coloured(false, name -> null)).isFalse();
        assertThat(Terminal.coloured(true, Map.of("NO_COLOR", "1")::get)).isFalse();
        assertThat(Terminal.coloured(true, Map.of("NO_COLOR", "")::get))
                .as("empty is not set")
                .isTrue();
        assertThat(Terminal.coloured(true, Map.of("TERM", "dumb")::get)).isFalse();
    }

    @Test
    void onlySignsAreColoured() {
        assertThat(Terminal.colour("\n✓   good  http/x\n✗!  old   http/x\nold, server ✓\n"))
                .isEqualTo("\n\u001B[32m✓\u001B[0m   good  http/x\n\u001B[1;31m✗!\u001B[0m  old   http/x\n"
                        + "old, server ✓\n");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "0   | 3    | x on y: 0 of 150 rounds",
                "30  | 10   | x on y: 30 of 150 rounds, 3.0/s, 40 s left",
                "100 | 2    | x on y: 100 of 150 rounds, 50/s, 1 s left",
                "10  | 60   | x on y: 10 of 150 rounds, 0.2/s, 14 min 0 s left",
                "1   | 60   | x on y: 1 of 150 rounds, 0.0/s, 2 h 29 min left",
                "999 | 1    | x on y: 150 of 150 rounds, 150/s, 1 s left"
            })
    void theLineSaysHowFarAndHowLong(int done, int seconds, String text) {
        assertThat(ProgressText.of(new CellProgress("x on y", 150, "rounds", () -> done), Duration.ofSeconds(seconds)))
                .isEqualTo("   " + text);
    }
}
