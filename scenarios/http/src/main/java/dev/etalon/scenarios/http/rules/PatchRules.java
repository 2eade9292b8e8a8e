package dev.etalon.scenarios.http.rules;

import static dev.etalon.core.rule.Rule.http;
import static dev.etalon.core.rule.Then.status;
import static dev.etalon.scenarios.http.rules.HttpRules.IF_NONE_MATCH;

import dev.etalon.core.rule.Feature;
import dev.etalon.core.rule.Rule;
import dev.etalon.core.rule.Send;
import dev.etalon.core.rule.Step;
import java.time.Duration;
import java.util.List;

/**
 * PATCH: the PA series. The conditions of a PATCH are with those of the other methods. A merge patch (RFC 7396) is what
 * most servers that take any take; JSON may come back in another spelling, so that content is not compared byte by byte.
 */
final class PatchRules {
    private static final String JSON = "application/json";

    /** Some tags tell no shorter times apart, and then a change would not show. */
    private static final Duration A_SECOND = Duration.ofMillis(1_100);

    /** A JSON document that was written once. */
    static final Step[] DOCUMENT = {document("old")};

    /** A JSON document that was written twice; {@code {S}} is the tag it had in between. */
    static final Step[] DOCUMENT_OVERWRITTEN = {
        document("one"), Step.of(Send.get()).keepSuperseded("S", "ETag", "E"), document("old")
    };

    /** A server that does not know PATCH says so; one that takes it for something else changes nothing. */
    static final Feature PATCH = Feature.of(
            "PATCH with a merge patch",
            Step.of(Send.put("{\"is\": \"old {key}\"}").at("{key}").header("Content-Type", JSON)),
            Step.of(Send.get().at("{key}")).then(status(200)).keep("S", "ETag").rest(A_SECOND),
            Step.of(patch().at("{key}")).then(status(200, 204)),
            Step.of(Send.get().at("{key}").header(IF_NONE_MATCH, "{S}")).then(status(200)));

    /** What POST means is up to the resource; this is about those where it changes what it is sent to. */
    static final Feature POST = Feature.of(
            "POST that changes the resource",
            Step.of(Send.put("old {key}").at("{key}")),
            Step.of(Send.get().at("{key}")).then(status(200)).keep("S", "ETag").rest(A_SECOND),
            Step.of(Send.post("more").at("{key}")),
            Step.of(Send.get().at("{key}").header(IF_NONE_MATCH, "{S}")).then(status(200)));

    private PatchRules() {}

    private static Step document(String what) {
        return Step.of(Send.put("{\"is\": \"" + what + " {key}\"}").header("Content-Type", JSON));
    }

    /** A merge patch of the document. */
    static Send patch() {
        return patch("{\"is\": \"new {key}\"}");
    }

    private static Send patch(String text) {
        return Send.of("PATCH").body(text).header("Content-Type", "application/merge-patch+json");
    }

    static List<Rule> all() {
        return List.of(
                http("PA-01", "A PATCH that cannot be applied as a whole changes nothing")
                        .must("RFC 5789 §2")
                        .needs(PATCH)
                        .given(DOCUMENT)
                        .when("cut short", patch("{\"is\": \"new {key}\", \"more\": {\"is\":"))
                        .then(status(400, 409, 415, 422).unchanged())
                        .when("no JSON after the first member", patch("{\"is\": \"new {key}\", is}"))
                        .then(status(400, 409, 415, 422).unchanged()),
                http("PA-02", "A PATCH that does not fit what is there is a conflict and no failed precondition")
                        .should("RFC 5789 §2.2")
                        .needs(PATCH)
                        .given(Step.of(Send.put("no JSON {key}").header("Content-Type", "text/plain")))
                        .when(patch())
                        .then(status(400, 405, 409, 415, 422).unchanged()));
    }
}
