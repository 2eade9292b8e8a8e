package dev.etalon.core.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RateTest {
    /** Wilson's interval as published for these counts. */
    @ParameterizedTest
    @CsvSource({"25, 150, 0.1155, 0.2344", "1, 10, 0.0179, 0.4042", "5, 10, 0.2366, 0.7634", "9, 10, 0.5958, 0.9821"})
    void theBoundsAreWilsons(int count, int trials, double low, double high) {
        Rate rate = new Rate(count, trials);
        assertThat(rate.low()).isCloseTo(low, within(0.0001));
        assertThat(rate.high()).isCloseTo(high, within(0.0001));
    }

    @Test
    void noneAndAllAreBoundedByWhatOneRunInTwentyWouldShow() {
        assertThat(new Rate(0, 150).high()).isCloseTo(0.0198, within(0.0001));
        assertThat(new Rate(150, 150).low()).isCloseTo(0.9802, within(0.0001));
        assertThat(new Rate(0, 3).high()).isCloseTo(0.6316, within(0.0001));
        assertThat(new Rate(0, 1).high()).isCloseTo(0.95, within(0.0001));
    }

    @Test
    void withoutTrialsNothingIsKnown() {
        Rate rate = new Rate(0, 0);
        assertThat(rate.share()).isZero();
        assertThat(rate.low()).isZero();
        assertThat(rate.high()).isEqualTo(1);
        assertThat(rate.text("rounds")).isEqualTo("0 of 0 rounds");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "25 | 150 | 25 of 150 rounds (17 %, at 95 % 12 % to 23 %)",
                "0 | 150 | 0 of 150 rounds (under 2 % at 95 %)",
                "150 | 150 | 150 of 150 rounds (over 98 % at 95 %)",
                "1 | 1000000 | 1 of 1000000 rounds (0.0001 %, at 95 % 0.000018 % to 0.00057 %)",
            })
    void aRateIsToldWithItsBounds(int count, int trials, String text) {
        assertThat(new Rate(count, trials).text("rounds")).isEqualTo(text);
    }

    @Test
    void moreThanWasTriedIsNoRate() {
        assertThatThrownBy(() -> new Rate(2, 1)).hasMessageContaining("count=2 trials=1");
    }
}
