package dev.etalon.core.model;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** A header may hold anything, and is shown to people all the same. */
class PrintableTest {
    @Test
    void whatBelongsInAHeaderIsShownAsItIs() {
        assertThat(Printable.of("W/\"a <b> & 'c'\"")).isEqualTo("W/\"a <b> & 'c'\"");
    }

    @Test
    void whatDrivesATerminalOrTurnsALineAroundIsSpelledOut() {
        assertThat(Printable.of("\u001b[31m\n\u202e\u0000\u2028é😀\ud800"))
                .isEqualTo("\\u{1b}[31m\\u{a}\\u{202e}\\u{0}\\u{2028}\\u{e9}\\u{1f600}\\u{d800}");
    }

    @Test
    void whatIsTooLongIsCutAndSaysSo() {
        assertThat(Printable.of("x".repeat(1_000_000), 3)).isEqualTo("xxx.. (3 of 1000000 characters)");
    }
}
