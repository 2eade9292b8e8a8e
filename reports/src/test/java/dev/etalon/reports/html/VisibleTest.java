package dev.etalon.reports.html;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class VisibleTest {
    @Test
    void whatCannotBeSeenIsNamed() {
        assertThat(Visible.of("a\u0000b\u001B[31m\r")).isEqualTo("a␀b␛[31m␍");
        assertThat(Visible.of("\u007F\u0085\uFEFF")).isEqualTo("[U+007F][U+0085][U+FEFF]");
    }

    @Test
    void nothingTurnsTheTextAround() {
        assertThat(Visible.of("tag \u202Eevil\u2066!")).isEqualTo("tag [U+202E]evil[U+2066]!");
    }

    @Test
    void linesOfTextStay() {
        assertThat(Visible.of("a\n\tb ünïcode 😀")).isEqualTo("a\n\tb ünïcode 😀");
    }

    @Test
    void whatIsCutSaysSo() {
        assertThat(Visible.of("x".repeat(2_000_000)))
                .startsWith("xxx")
                .endsWith("x … (cut here: 1,996,000 more characters)")
                .hasSizeLessThan(Visible.CHARACTERS_MAX + 100);
    }
}
