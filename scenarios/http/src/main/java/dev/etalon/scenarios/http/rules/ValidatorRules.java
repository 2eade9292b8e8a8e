package dev.etalon.scenarios.http.rules;

import static dev.etalon.core.rule.Rule.http;
import static dev.etalon.core.rule.Send.get;
import static dev.etalon.core.rule.Send.head;
import static dev.etalon.core.rule.Send.put;
import static dev.etalon.core.rule.Then.status;
import static dev.etalon.scenarios.http.rules.HttpRules.ABSENT;
import static dev.etalon.scenarios.http.rules.HttpRules.IF_MATCH;
import static dev.etalon.scenarios.http.rules.HttpRules.IF_NONE_MATCH;
import static dev.etalon.scenarios.http.rules.HttpRules.OVERWRITTEN;
import static dev.etalon.scenarios.http.rules.HttpRules.PRESENT;

import dev.etalon.core.rule.Feature;
import dev.etalon.core.rule.Rule;
import dev.etalon.core.rule.Send;
import dev.etalon.core.rule.Step;
import dev.etalon.core.rule.Then;
import java.time.Duration;
import java.util.List;

/** Validators, the answers of PUT, and servers that demand a condition: the VA and PQ series. */
final class ValidatorRules {
    private static final Step CREATED =
            Step.of(Send.put("old {key}").header(IF_NONE_MATCH, "*")).then(status(201));

    private static final String ETAG = "ETag";

    /** A resource whose tag {@code {W}} is weak for good, not only while it is new. */
    static final Step[] WEAK = {
        Step.of(Send.put("old {key}")), Step.of(Send.get()).keep("W", ETAG)
    };

    static final Feature WEAK_TAGS = Feature.of(
            "resource whose entity tag is weak",
            Step.of(Send.put("old {key}").at("{key}")).rest(Duration.ofSeconds(2)),
            Step.of(Send.get().at("{key}")).then(status(200).headerLike(ETAG, "W/.*")));

    /** Long and dull enough for a server that compresses. */
    private static final String LONG = "the same over and over again {key} ".repeat(100);

    private static final Feature COMPRESSION = Feature.of(
            "compressed form of a resource",
            Step.of(Send.put(LONG).at("{key}").header("Content-Type", "text/plain")),
            Step.of(Send.get().at("{key}").header("Accept-Encoding", "gzip"))
                    .then(status(200).header("Content-Encoding", "gzip")));

    /** What a server might want to put in order: blanks, an odd line end, members that are not sorted. */
    private static final String UNTIDY = "{ \"b\" : 1.0,\r\n\t\"a\": \"{key}\" }";

    private static final Feature PLAIN_PUTS = Feature.of("PUT without a precondition", Step.of(put().at("{key}")));

    private static final Feature TAGS_ON_PUT = Feature.of(
            "entity tag in the answer of a PUT",
            Step.of(Send.put("old {key}").at("{key}")).then(Then.PERFORMED.header("ETag")));

    static final Feature PRECONDITION_REQUIRED = Feature.of(
            "demand for a precondition",
            Step.of(Send.put("old {key}").at("{key}").header(IF_NONE_MATCH, "*"))
                    .then(status(201)),
            Step.of(put().at("{key}")).then(status(428)));

    static final Send PART = put("part").header("Content-Range", "bytes 0-3/*");

    static final Feature WHOLE_PUTS = Feature.of(
            "refusal of a PUT with Content-Range",
            Step.of(Send.put("old {key}").at("{key}")),
            Step.of(PART.at("{key}")).then(status(400)));

    private static final Feature UNCONDITIONAL_REFUSED = Feature.of(
            "refusal of a PUT without a precondition",
            Step.of(Send.put("old {key}").at("{key}").header(IF_NONE_MATCH, "*"))
                    .then(status(201)),
            Step.of(get().at("{key}")).keep("S", ETAG),
            Step.of(put().at("{key}")).then(status(403, 409, 412, 428)),
            Step.of(put().at("{key}").header(IF_MATCH, "{S}")));

    private ValidatorRules() {}

    static List<Rule> all() {
        return List.of(
                http("VA-01", "Other content has another strong tag")
                        .must("RFC 9110 §8.8.1, §8.8.3")
                        .given(OVERWRITTEN)
                        .when(get())
                        .then(status(200).otherHeader(ETAG, "{S.strong}")),
                http("VA-02", "A tag that was current is current again when the same content comes back")
                        .hazard("RFC 9110 §8.8.3")
                        .given(
                                Step.of(Send.put("one {key}")),
                                Step.of(get()).keep("S", ETAG),
                                Step.of(Send.put("two {key}")),
                                Step.of(Send.put("one {key}")))
                        .when(put().header(IF_MATCH, "{S}"))
                        .then(status(200, 204, 412)),
                http("VA-03", "Last-Modified is not later than Date")
                        .must("RFC 9110 §8.8.2.1")
                        .given(PRESENT)
                        .when(get())
                        .then(status(200).notLater("Last-Modified", "Date")),
                http("VA-04", "The compressed form has a strong tag of its own")
                        .must("RFC 9110 §8.8.1, §8.8.3.3")
                        .needs(COMPRESSION)
                        .given(Step.of(Send.put(LONG).header("Content-Type", "text/plain")))
                        .when(get().header("Accept-Encoding", "gzip"))
                        .then(status(200).header("Content-Encoding", "gzip").otherHeader(ETAG, "{E.strong}")),
                http("VA-05", "A PUT is answered with a tag only if the content is kept byte by byte")
                        .must("RFC 9110 §9.3.4")
                        .needs(PLAIN_PUTS)
                        .given(ABSENT)
                        .when("JSON", put(UNTIDY).header("Content-Type", "application/json"))
                        .then(status(200, 201, 204).holdsIfTagged(Send.SUBJECT, UNTIDY))
                        .when("text", put("a \r\nb\r\n\r\n").header("Content-Type", "text/plain"))
                        .then(status(200, 201, 204).holdsIfTagged(Send.SUBJECT, "a \r\nb\r\n\r\n")),
                http("VA-06", "A PUT says whether it created or replaced")
                        .must("RFC 9110 §9.3.4")
                        .needs(PLAIN_PUTS)
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
                        .then(status(200, 201, 204).header("ETag").written()),
                http("VA-08", "HEAD and GET give the same validators")
                        .should("RFC 9110 §9.3.2")
                        .given(PRESENT)
                        .when(head())
                        .then(status(200).header("ETag", "{E}").asRead("Last-Modified")),
                http("VA-09", "A PUT of a part is refused by who takes only wholes")
                        .should("RFC 9110 §14.5")
                        .given(PRESENT)
                        .when(PART)
                        .then(status(400).unchanged()),
                http("PQ-01", "A server that demands a precondition refuses a PUT without one with 428")
                        .may("RFC 6585 §3")
                        .needs(PRECONDITION_REQUIRED)
                        .given(CREATED)
                        .when(put())
                        .then(status(428).unchanged()),
                http("PQ-02", "A refusal for want of a precondition is a 428, no conflict and no failed precondition")
                        .should("RFC 6585 §3")
                        .needs(UNCONDITIONAL_REFUSED)
                        .given(CREATED)
                        .when(put())
                        .then(status(428).unchanged()));
    }
}
