package dev.etalon.scenarios.s3.rules;

import static dev.etalon.core.rule.Rule.s3;
import static dev.etalon.core.rule.Send.get;
import static dev.etalon.core.rule.Send.put;
import static dev.etalon.core.rule.Then.status;
import static dev.etalon.scenarios.s3.rules.S3Rules.ABSENT;
import static dev.etalon.scenarios.s3.rules.S3Rules.AWS;
import static dev.etalon.scenarios.s3.rules.S3Rules.IF_MATCH;
import static dev.etalon.scenarios.s3.rules.S3Rules.IF_NONE_MATCH;
import static dev.etalon.scenarios.s3.rules.S3Rules.IF_UNMODIFIED_SINCE;
import static dev.etalon.scenarios.s3.rules.S3Rules.PRESENT;

import dev.etalon.core.rule.Rule;
import dev.etalon.core.rule.Then;
import java.util.List;

/** What an error says beside its code: the E series. Only Amazon S3 and servers very like it say that much. */
final class ErrorRules {
    private static final String SOURCE = "recorded on Amazon S3";

    private ErrorRules() {}

    private static Then failed(String header) {
        return status(412).element("/Error/Condition", header);
    }

    static List<Rule> all() {
        return List.of(
                s3("E01", "A 412 names the header that was false")
                        .dialect(AWS, SOURCE)
                        .given(PRESENT)
                        .when("PUT If-Match", put().header(IF_MATCH, "{X}"))
                        .then(failed(IF_MATCH))
                        .when("PUT If-None-Match", put().header(IF_NONE_MATCH, "*"))
                        .then(failed(IF_NONE_MATCH))
                        .when("GET If-Match", get().header(IF_MATCH, "{X}"))
                        .then(failed(IF_MATCH))
                        .when("GET If-Unmodified-Since", get().header(IF_UNMODIFIED_SINCE, "{LM-1h}"))
                        .then(failed(IF_UNMODIFIED_SINCE)),
                s3("E02", "A 501 names the header that is not implemented")
                        .dialect(AWS, SOURCE)
                        .given(PRESENT)
                        .when("If-None-Match", put().header(IF_NONE_MATCH, "{E}"))
                        .then(status(501).element("/Error/Header", IF_NONE_MATCH))
                        .when("If-Match", put().header(IF_MATCH, "*"))
                        .then(status(501).element("/Error/Header", IF_MATCH)),
                s3("E03", "A 404 names the key")
                        .dialect(AWS, SOURCE)
                        .given(ABSENT)
                        .when(put().header(IF_MATCH, "{X}"))
                        .then(status(404).element("/Error/Key", "{key}")));
    }
}
