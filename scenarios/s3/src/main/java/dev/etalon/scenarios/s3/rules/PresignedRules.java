package dev.etalon.scenarios.s3.rules;

import static dev.etalon.core.rule.Rule.s3;
import static dev.etalon.core.rule.Send.get;
import static dev.etalon.core.rule.Send.put;
import static dev.etalon.core.rule.Then.status;
import static dev.etalon.scenarios.s3.rules.S3Rules.ABSENT;
import static dev.etalon.scenarios.s3.rules.S3Rules.IF_MATCH;
import static dev.etalon.scenarios.s3.rules.S3Rules.IF_NONE_MATCH;
import static dev.etalon.scenarios.s3.rules.S3Rules.OVERWRITTEN;
import static dev.etalon.scenarios.s3.rules.S3Rules.PRESENT;
import static dev.etalon.scenarios.s3.rules.S3Rules.REFUSED;

import dev.etalon.core.rule.Feature;
import dev.etalon.core.rule.Rule;
import dev.etalon.core.rule.Send;
import dev.etalon.core.rule.Step;
import dev.etalon.core.rule.Then;
import java.util.List;

/** Conditions in presigned URLs: P21 to P23. */
final class PresignedRules {
    private static final String PAGE = "Amazon S3 API Reference, Authenticating Requests: Using Query Parameters";
    private static final Then WRITTEN = status(200).written();
    private static final Send URL = put().presigned();

    private static final Feature PRESIGNED = Feature.of(
            "presigned URLs",
            Step.of(Send.put("old {key}").at("{bucket}/{key}").presigned()).then(status(200)),
            Step.of(get().at("{bucket}/{key}").presigned()).then(status(200)));

    private static final Feature AUTHENTICATION = Feature.of(
            "authentication",
            Step.of(Send.put("old {key}").at("{bucket}/{key}")).then(status(200)),
            Step.of(get().at("{bucket}/{key}").unsigned()).then(status(401, 403)));

    private PresignedRules() {}

    static List<Rule> all() {
        return List.of(
                s3("P21", "A condition in a presigned URL is evaluated at every use")
                        // The page on query parameters says nothing of conditions.
                        .documented("recorded on Amazon S3, localstack/localstack#12624")
                        .needs(PRESIGNED)
                        .given(ABSENT)
                        .when("parameter If-None-Match, first use", URL.query(IF_NONE_MATCH, "*"))
                        .then(WRITTEN)
                        .when("signed header If-None-Match, first use", URL.header(IF_NONE_MATCH, "*"))
                        .then(WRITTEN)
                        .given(Step.of(URL.query(IF_NONE_MATCH, "*")))
                        .when("parameter If-None-Match, second use", URL.query(IF_NONE_MATCH, "*"))
                        .then(REFUSED)
                        .given(Step.of(URL.header(IF_NONE_MATCH, "*")))
                        .when("signed header If-None-Match, second use", URL.header(IF_NONE_MATCH, "*"))
                        .then(REFUSED)
                        .given(OVERWRITTEN)
                        .when("parameter If-Match, the current tag", URL.query(IF_MATCH, "{E}"))
                        .then(WRITTEN)
                        .when("parameter If-Match, a tag that was current", URL.query(IF_MATCH, "{S}"))
                        .then(REFUSED)
                        .when("signed header If-Match, a tag that was current", URL.header(IF_MATCH, "{S}"))
                        .then(REFUSED),
                s3("P22", "A condition cannot be taken off a presigned URL")
                        .documented(PAGE)
                        .needs(PRESIGNED)
                        .needs(AUTHENTICATION)
                        .given(PRESENT)
                        .when("signed header If-None-Match left out", URL.withheld(IF_NONE_MATCH, "*"))
                        .then(status(403).unchanged())
                        .when("signed header If-Match left out", URL.withheld(IF_MATCH, "{X}"))
                        .then(status(403).unchanged()),
                s3("P23", "A condition sent beside a presigned URL, not signed, is evaluated or refused")
                        .documented(PAGE)
                        .needs(PRESIGNED)
                        .given(PRESENT)
                        .when("If-None-Match: *", URL.unsigned(IF_NONE_MATCH, "*"))
                        .then(status(403, 412).unchanged())
                        .when("If-Match with another tag", URL.unsigned(IF_MATCH, "{X}"))
                        .then(status(403, 412).unchanged()));
    }
}
