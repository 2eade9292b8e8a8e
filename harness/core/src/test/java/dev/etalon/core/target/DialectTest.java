package dev.etalon.core.target;

import static org.assertj.core.api.Assertions.assertThat;

import dev.etalon.core.model.EntityTag;
import dev.etalon.core.model.Method;
import dev.etalon.core.model.Outcome;
import dev.etalon.core.model.Precondition;
import dev.etalon.core.model.Version;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** What an answer says about its effect; whatever is neither surely applied nor surely refused is unknown. */
class DialectTest {
    private static final Map<String, Dialect> DIALECTS = Map.of("rfc9110", Dialect.RFC9110, "aws", Dialect.AWS);
    private static final Map<String, Precondition> CONDITIONS = Map.of(
            "none",
            Precondition.NONE,
            "create",
            Precondition.CREATE,
            "match",
            Precondition.ifMatch(new EntityTag("\"a\""), new Version(1, 1)),
            "changed",
            Precondition.ifNoneMatch(new EntityTag("\"a\""), new Version(1, 1)));

    @ParameterizedTest(name = "{0}: {1} {2} answered {3} is {4}")
    @CsvSource({
        "rfc9110, PUT, none,   200, applied",
        "rfc9110, PUT, none,   201, applied",
        "rfc9110, PUT, match,  204, applied",
        "rfc9110, PUT, create, 201, applied",
        "rfc9110, PUT, match,  202, unknown",
        "rfc9110, GET, none,   206, unknown",
        "rfc9110, PUT, match,  412, refused",
        "rfc9110, PUT, create, 412, refused",
        "rfc9110, PUT, match,  404, unknown",
        "rfc9110, PUT, create, 404, unknown",
        "rfc9110, PUT, match,  409, unknown",
        "rfc9110, PUT, match,  304, unknown",
        "rfc9110, PUT, none,   412, refused",
        "rfc9110, PUT, match,  301, unknown",
        "rfc9110, PUT, match,  500, unknown",
        "rfc9110, PUT, match,  501, unknown",
        "rfc9110, PUT, match,  503, unknown",
        "aws,     PUT, match,  412, refused",
        "aws,     PUT, match,  404, refused",
        "aws,     PUT, create, 412, refused",
        "aws,     PUT, create, 404, unknown",
        "aws,     PUT, none,   404, unknown",
        "aws,     PUT, match,  409, unknown",
        "aws,     PUT, create, 409, unknown",
        "rfc9110, GET, none,   200, applied",
        "rfc9110, GET, none,   404, applied",
        "rfc9110, GET, match,  304, refused",
        "rfc9110, GET, match,  412, refused",
        "rfc9110, GET, none,   304, refused",
        "rfc9110, GET, none,   412, refused",
        "rfc9110, GET, none,   500, unknown",
        "aws,     GET, none,   404, applied",
        "rfc9110, GET, changed, 304, refused",
        "rfc9110, GET, changed, 200, applied",
        "rfc9110, DELETE, match, 204, applied",
        "rfc9110, DELETE, match, 200, applied",
        "rfc9110, DELETE, match, 202, unknown",
        "rfc9110, DELETE, match, 412, refused",
        "rfc9110, DELETE, match, 404, refused",
        "rfc9110, DELETE, match, 405, unknown",
        "rfc9110, DELETE, none,  204, applied",
        "rfc9110, DELETE, none,  404, applied",
        "rfc9110, DELETE, none,  412, refused",
        "rfc9110, DELETE, none,  500, unknown",
        "aws,     DELETE, match, 404, refused",
        "aws,     DELETE, match, 409, unknown",
        "aws,     DELETE, none,  204, applied"
    })
    void anAnswerMeans(String dialect, Method method, String condition, int status, String meaning) {
        Outcome outcome = DIALECTS.get(dialect)
                .classify(method, CONDITIONS.get(condition), new Answer(status, null, new byte[0], null, null));
        assertThat(outcome)
                .isEqualTo(
                        switch (meaning) {
                            case "applied" -> Outcome.APPLIED;
                            case "refused" -> Outcome.REFUSED;
                            default -> Outcome.unknown(Outcome.Cause.STATUS);
                        });
    }

    @ParameterizedTest
    @EnumSource
    void noAnswerIsUnknownWhateverTheStatusWas(Outcome.Cause cause) {
        Answer cut = new Answer(200, null, new byte[0], cause, "the body stopped half-way");
        assertThat(Dialect.RFC9110.classify(Method.GET, Precondition.NONE, cut)).isEqualTo(Outcome.unknown(cause));
        assertThat(Dialect.AWS.classify(Method.PUT, Precondition.CREATE, Answer.failed(cause, "gone")))
                .isEqualTo(Outcome.unknown(cause));
        assertThat(cut.successful()).isFalse();
    }
}
