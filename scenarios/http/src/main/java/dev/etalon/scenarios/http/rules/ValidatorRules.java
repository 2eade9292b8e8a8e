package dev.etalon.scenarios.http.rules;

import static dev.etalon.core.rule.Rule.http;
import static dev.etalon.core.rule.Send.head;
import static dev.etalon.core.rule.Send.put;
import static dev.etalon.core.rule.Then.status;
import static dev.etalon.scenarios.http.rules.HttpRules.ABSENT;
import static dev.etalon.scenarios.http.rules.HttpRules.IF_NONE_MATCH;
import static dev.etalon.scenarios.http.rules.HttpRules.PRESENT;

import dev.etalon.core.rule.Feature;
import dev.etalon.core.rule.Rule;
import dev.etalon.core.rule.Send;
import dev.etalon.core.rule.Step;
import dev.etalon.core.rule.Then;
import java.util.List;

/** Validators, the answers of PUT, and servers that demand a condition: the VA and PQ series. */
final class ValidatorRules {
    private static final Step CREATED =
            Step.of(Send.put("old {key}").header(IF_NONE_MATCH, "*")).then(status(201));

    private static final Feature TAGS_ON_PUT = Feature.of(
            "entity tag in the answer of a PUT",
            Step.of(Send.put("old {key}").at("{key}")).then(Then.PERFORMED.header("ETag")));

    private static final Feature PRECONDITION_REQUIRED = Feature.of(
            "demand for a precondition",
            Step.of(Send.put("old {key}").at("{key}").header(IF_NONE_MATCH, "*"))
                    .then(status(201)),
            Step.of(put().at("{key}")).then(status(428)));

    private ValidatorRules() {}

    static List<Rule> all() {
        return List.of(
                http("VA-06", "A PUT says whether it created or replaced")
                        .must("RFC 9110 §9.3.4")
                        .given(ABSENT)
                        .when("created", put())
                        .then(status(201).written())
                        .given(PRESENT)
                        .when("replaced", put())
                        .then(status(200, 204).written()),
                http("VA-07", "The tag that a PUT answers with is the one the next GET gives")
                        .must("RFC 9110 §9.3.4")
                        .needs(TAGS_ON_PUT)
                        .given(PRESENT)
                        .when(put())
                        .then(status(200, 204).header("ETag").written()),
                http("VA-08", "HEAD and GET give the same validators")
                        .should("RFC 9110 §9.3.2")
                        .given(PRESENT)
                        .when(head())
                        .then(status(200).header("ETag", "{E}").asRead("Last-Modified")),
                http("PQ-01", "A server that demands a precondition refuses a PUT without one with 428")
                        .may("RFC 6585 §3")
                        .needs(PRECONDITION_REQUIRED)
                        .given(CREATED)
                        .when(put())
                        .then(status(428).unchanged()));
    }
}
