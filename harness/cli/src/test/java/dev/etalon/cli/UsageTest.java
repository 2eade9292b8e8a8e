package dev.etalon.cli;

import static dev.etalon.cli.Ended.etalon;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** Who types something wrong, or asks how it is typed, is told. */
class UsageTest {
    @Test
    void wrongUsageSaysWhatWouldBeRight() {
        assertThat(etalon("race", "--target", "nope").text())
                .contains("etalon.targets must name some of reference-http");
        assertThat(etalon("race", "--seed", "x").text()).contains("etalon.seed must be a whole number");
        assertThat(etalon("nonsense").code()).isEqualTo(64);
    }

    @Test
    void theHelpNamesEveryExitCode() {
        Ended help = etalon("race", "--help");

        assertThat(help.code()).isZero();
        assertThat(help.text()).contains("--url", "Exit codes:", "130");
    }
}
