package dev.etalon.core.model;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What may be shown of a URL, and how a shell is given the rest. */
class SafeUrlTest {
    @ParameterizedTest
    @CsvSource({
        "http://h:1/f/,                           http://h:1/f/",
        "http://me:s3cret@h:1/f/,                 http://h:1/f/",
        "http://me:s3cret@h/f@2/,                 http://h/f@2/",
        "http://me:s3cr@et@h/,                    h/",
        "http://me:s3/cret@h/,                    h/",
        "me:s3cret@h:80,                          h:80",
        "http://h/f/?v=2&sig=s3cret,              http://h/f/?v=2&sig=$ETALON_URL_SIG",
        "http://h/?api-key=s3cret&api-key=s3cr,   http://h/?api-key=$ETALON_URL_API_KEY&api-key=$ETALON_URL_API_KEY_2",
        "http://h/?design=round#s3cret,           http://h/?design=round"
    })
    void noCredentialIsShown(String given, String shown) {
        assertThat(SafeUrl.of(given)).isEqualTo(shown).doesNotContain("s3cr");
    }

    @Test
    void aShellExpandsTheVariablesAndNothingElse() {
        assertThat(SafeUrl.quoted("http://h:1/f/")).isEqualTo("http://h:1/f/");
        assertThat(SafeUrl.quoted("http://h/?a=$(x)&sig=$ETALON_URL_SIG"))
                .isEqualTo("'http://h/?a=$(x)&sig='\"$ETALON_URL_SIG\"");
        assertThat(SafeUrl.quoted("it's")).isEqualTo("'it'\\''s'");
        assertThat(SafeUrl.variables("http://h/?a=$HOME&sig=$ETALON_URL_SIG")).containsExactly("ETALON_URL_SIG");
    }

    @ParameterizedTest
    @CsvSource({
        "http://127.0.0.1:8080/f/,      127.0.0.1-8080",
        "https://me:pw@Store.test/,     store.test-443",
        "http://localhost,              localhost-80",
        "http://[::1]:9000/,            1-9000",
        "ftp://h/,                      ''"
    })
    void aServerIsNamedByHostAndPort(String url, String name) {
        assertThat(SafeUrl.hostAndPort(url)).isEqualTo(name);
    }
}
