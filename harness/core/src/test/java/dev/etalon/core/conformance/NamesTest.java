package dev.etalon.core.conformance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NamesTest {
    private static final Names NAMES = new Names(Map.of(
            "E",
            "\"abc\"",
            "W",
            "W/\"abc\"",
            "LM",
            "Sun, 01 Nov 2026 00:30:00 GMT",
            "D",
            "2026-11-01T00:30:00.000Z",
            "bare",
            "abc",
            "key",
            "k",
            "subject",
            "b/{key}"));

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{E}, {E.weak} | \"abc\", W/\"abc\"",
                "{W.strong} {W.weak} {W.raw} | \"abc\" W/\"abc\" abc",
                "{E.raw} {E.open} | abc \"abc",
                "{E.quoted} {W.quoted} {bare.quoted} | \"abc\" W/\"abc\" \"abc\"",
                "/{subject}-source | /b/k-source",
                "{LM-1h} | Sat, 31 Oct 2026 23:30:00 GMT",
                "{LM+2d} | Tue, 03 Nov 2026 00:30:00 GMT",
                "{D.imf} | Sun, 01 Nov 2026 00:30:00 GMT",
                "{D-1h} | Sat, 31 Oct 2026 23:30:00 GMT",
                "{LM.rfc850} | Sunday, 01-Nov-26 00:30:00 GMT",
                "{LM.asctime} | Sun Nov  1 00:30:00 2026",
                "{LM.asctime-1h} | Sat Oct 31 23:30:00 2026",
            })
    void aNameStandsForItsValueInTheSpellingAskedFor(String template, String text) throws Exception {
        assertThat(NAMES.resolve(template)).isEqualTo(text);
    }

    @Test
    void aValidatorTheServerDoesNotGiveIsItsLackAndNotAFault() {
        assertThatThrownBy(() -> new Names(Map.of()).resolve("{E}"))
                .isInstanceOf(Names.MissingException.class)
                .hasMessage("it gives no entity tag");
    }
}
