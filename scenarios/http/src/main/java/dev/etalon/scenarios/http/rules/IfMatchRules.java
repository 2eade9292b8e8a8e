package dev.etalon.scenarios.http.rules;

import static dev.etalon.core.rule.Rule.http;
import static dev.etalon.core.rule.Send.delete;
import static dev.etalon.core.rule.Send.get;
import static dev.etalon.core.rule.Send.head;
import static dev.etalon.core.rule.Send.post;
import static dev.etalon.core.rule.Send.put;
import static dev.etalon.core.rule.Then.status;
import static dev.etalon.scenarios.http.rules.HttpRules.ABSENT;
import static dev.etalon.scenarios.http.rules.HttpRules.IF_MATCH;
import static dev.etalon.scenarios.http.rules.HttpRules.OVERWRITTEN;
import static dev.etalon.scenarios.http.rules.HttpRules.PRESENT;
import static dev.etalon.scenarios.http.rules.PatchRules.DOCUMENT_OVERWRITTEN;
import static dev.etalon.scenarios.http.rules.PatchRules.PATCH;
import static dev.etalon.scenarios.http.rules.PatchRules.POST;
import static dev.etalon.scenarios.http.rules.PatchRules.patch;
import static dev.etalon.scenarios.http.rules.ValidatorRules.WEAK;
import static dev.etalon.scenarios.http.rules.ValidatorRules.WEAK_TAGS;

import dev.etalon.core.rule.Feature;
import dev.etalon.core.rule.Rule;
import dev.etalon.core.rule.Send;
import dev.etalon.core.rule.Step;
import dev.etalon.core.rule.Then;
import java.util.List;

/** If-Match: the IM series. */
final class IfMatchRules {
    private static final String SECTION = "RFC 9110 §13.1.1";
    /** Granted: 201 too, for that a server says of a PUT that it created is a fault of its own (VA-06). */
    private static final Then REPLACED = status(200, 201, 204).written();

    private static final Then REFUSED = status(412).unchanged();

    /** A server of HTTP/1.0 knows of no such thing, and waits for the content as its client waits for the answer. */
    private static final Feature EXPECT = Feature.of(
                    "answer to Expect: 100-continue",
                    Step.of(expecting(put().at("{key}"))).then(Then.PERFORMED))
            .orSilence();

    private IfMatchRules() {}

    static List<Rule> all() {
        return List.of(
                http("IM-01", "If-Match with the current tag lets a PUT through")
                        .must(SECTION)
                        .given(PRESENT)
                        .when(put().header(IF_MATCH, "{E}"))
                        .then(REPLACED),
                http("IM-02", "If-Match with another tag refuses a PUT")
                        .must(SECTION)
                        .given(OVERWRITTEN)
                        .when("a tag that was current", put().header(IF_MATCH, "{S}"))
                        .then(REFUSED)
                        .when("a tag never given", put().header(IF_MATCH, "{X}"))
                        .then(REFUSED),
                http("IM-03", "If-Match with a list that holds the current tag lets a PUT through")
                        .must(SECTION)
                        .given(PRESENT)
                        .when("first", put().header(IF_MATCH, "{E}, {X}, {Y}"))
                        .then(REPLACED)
                        .when("in the middle", put().header(IF_MATCH, "{X}, {E}, {Y}"))
                        .then(REPLACED)
                        .when("last", put().header(IF_MATCH, "{X}, {Y}, {E}"))
                        .then(REPLACED),
                http("IM-04", "If-Match with a list that does not hold the current tag refuses a PUT")
                        .must(SECTION)
                        .given(PRESENT)
                        .when(put().header(IF_MATCH, "{X}, {Y}"))
                        .then(REFUSED),
                http("IM-05", "A comma within a tag does not end it")
                        .must("RFC 9110 §8.8.3")
                        .given(PRESENT)
                        .when(put().header(IF_MATCH, "\"a,b\", {E}"))
                        .then(REPLACED),
                http("IM-06", "Several If-Match lines are one list")
                        .must("RFC 9110 §5.3")
                        .given(PRESENT)
                        .when(put().header(IF_MATCH, "{X}").header(IF_MATCH, "{E}"))
                        .then(REPLACED),
                http("IM-07", "Empty elements of an If-Match list are skipped")
                        .must("RFC 9110 §5.6.1.2")
                        .given(PRESENT)
                        .when("around the current tag", put().header(IF_MATCH, ", {E},,"))
                        .then(REPLACED)
                        .when("around another tag", put().header(IF_MATCH, ", {X},,"))
                        .then(REFUSED),
                http("IM-08", "If-Match compares strongly: a weak tag never matches")
                        .must("RFC 9110 §13.1.1, §8.8.3.2")
                        .given(PRESENT)
                        .when("alone", put().header(IF_MATCH, "{E.weak}"))
                        .then(REFUSED)
                        .when("in a list", put().header(IF_MATCH, "{X}, {E.weak}"))
                        .then(REFUSED),
                http("IM-09", "If-Match compares strongly: a weak tag does not match itself")
                        .must("RFC 9110 §13.1.1, §8.8.3.2")
                        .needs(WEAK_TAGS)
                        .given(WEAK)
                        .when(put().header(IF_MATCH, "{W}"))
                        .then(REFUSED),
                http("IM-10", "If-Match compares strongly: a strong tag does not match a weak one")
                        .must("RFC 9110 §13.1.1, §8.8.3.2")
                        .needs(WEAK_TAGS)
                        .given(WEAK)
                        .when(put().header(IF_MATCH, "{W.strong}"))
                        .then(REFUSED),
                http("IM-11", "If-Match: * lets a PUT on a resource through")
                        .must(SECTION)
                        .given(PRESENT)
                        .when(put().header(IF_MATCH, "*"))
                        .then(REPLACED),
                http("IM-12", "If-Match: * creates nothing")
                        .must(SECTION)
                        .given(ABSENT)
                        .when(put().header(IF_MATCH, "*"))
                        .then(status(412).gone()),
                http("IM-13", "If-Match with a tag creates nothing")
                        .must(SECTION)
                        .given(ABSENT)
                        .when(put().header(IF_MATCH, "{X}"))
                        .then(status(412).gone()),
                http("IM-14", "A tag without quotes is no tag and lets nothing through")
                        .may("RFC 9110 §8.8.3 (grammar)")
                        .given(PRESENT)
                        .when(put().header(IF_MATCH, "{E.raw}"))
                        .then(status(400, 412).unchanged()),
                http("IM-15", "If-Match with * beside a tag is no condition and lets nothing through")
                        .may("RFC 9110 §13.1.1 (grammar)")
                        .given(PRESENT)
                        .when("* first", put().header(IF_MATCH, "*, {E}"))
                        .then(status(400, 412).unchanged())
                        .when("* last", put().header(IF_MATCH, "{E}, *"))
                        .then(status(400, 412).unchanged()),
                http("IM-16", "The mark of weakness is an upper-case W")
                        .must("RFC 9110 §8.8.3")
                        .given(PRESENT)
                        .when(put().header(IF_MATCH, "w/{E}"))
                        .then(status(400, 412).unchanged()),
                http("IM-17", "A tag may be empty, and hold any visible character but the quote")
                        .must("RFC 9110 §8.8.3, §2.3")
                        .given(PRESENT)
                        .when("empty", put().header(IF_MATCH, "\"\", {E}"))
                        .then(REPLACED)
                        .when("signs", put().header(IF_MATCH, "\"!#$%&'()*+-./:;<=>?@[]^_`|~\", {E}"))
                        .then(REPLACED)
                        .when("a backslash, which escapes nothing", put().header(IF_MATCH, "\"\\\", {E}"))
                        .then(REPLACED)
                        .when("beyond ASCII", put().header(IF_MATCH, "\"é\", {E}"))
                        .then(REPLACED),
                http("IM-18", "If-Match decides a DELETE")
                        .must(SECTION)
                        .given(OVERWRITTEN)
                        .when("the current tag", delete().header(IF_MATCH, "{E}"))
                        .then(status(200, 204).gone())
                        .when("a tag that was current", delete().header(IF_MATCH, "{S}"))
                        .then(REFUSED)
                        .when("a tag never given", delete().header(IF_MATCH, "{X}"))
                        .then(REFUSED)
                        .when("the current tag marked weak", delete().header(IF_MATCH, "{E.weak}"))
                        .then(REFUSED),
                http("IM-19", "A DELETE of nothing with If-Match is not found or refused")
                        .must("RFC 9110 §13.2.1, §13.1.1")
                        .given(ABSENT)
                        .when("*", delete().header(IF_MATCH, "*"))
                        .then(status(404, 412).gone())
                        .when("a tag", delete().header(IF_MATCH, "{X}"))
                        .then(status(404, 412).gone()),
                http("IM-20", "If-Match decides a PATCH")
                        .must("RFC 9110 §13.1.1, RFC 5789 §2")
                        .needs(PATCH)
                        .given(DOCUMENT_OVERWRITTEN)
                        .when("the current tag", patch().header(IF_MATCH, "{E}"))
                        .then(status(200, 204).changed())
                        .when("a tag that was current", patch().header(IF_MATCH, "{S}"))
                        .then(REFUSED)
                        .when("the current tag marked weak", patch().header(IF_MATCH, "{E.weak}"))
                        .then(REFUSED),
                http("IM-28", "If-Match decides a POST that changes what it is sent to")
                        .must(SECTION)
                        .needs(POST)
                        .given(OVERWRITTEN)
                        .when("the current tag", post("more").header(IF_MATCH, "{E}"))
                        .then(status(200, 201, 204).changed())
                        .when("a tag that was current", post("more").header(IF_MATCH, "{S}"))
                        .then(REFUSED),
                http("IM-21", "If-Match decides a read")
                        .must(SECTION)
                        .given(OVERWRITTEN)
                        .when("GET, the current tag", get().header(IF_MATCH, "{E}"))
                        .then(status(200))
                        .when("GET, a tag that was current", get().header(IF_MATCH, "{S}"))
                        .then(status(412))
                        .when("GET, the current tag marked weak", get().header(IF_MATCH, "{E.weak}"))
                        .then(status(412))
                        .when("GET, *", get().header(IF_MATCH, "*"))
                        .then(status(200))
                        .when("HEAD, the current tag", head().header(IF_MATCH, "{E}"))
                        .then(status(200))
                        .when("HEAD, a tag that was current", head().header(IF_MATCH, "{S}"))
                        .then(status(412)),
                http("IM-22", "A read of nothing is not found, whatever If-Match says")
                        .must("RFC 9110 §13.2.1")
                        .given(ABSENT)
                        .when("a tag", get().header(IF_MATCH, "{X}"))
                        .then(status(404))
                        .when("*", get().header(IF_MATCH, "*"))
                        .then(status(404)),
                http("IM-23", "Methods that neither read nor change a representation ignore If-Match")
                        .must("RFC 9110 §13.2.1")
                        .given(PRESENT)
                        .when("OPTIONS", Send.of("OPTIONS").header(IF_MATCH, "{X}"))
                        .then(status(200, 204, 405, 501))
                        .when("TRACE", Send.of("TRACE").header(IF_MATCH, "{X}"))
                        .then(status(200, 400, 403, 404, 405, 501)),
                http("IM-24", "A stale If-Match on content that is there already is refused, or granted without effect")
                        .may(SECTION)
                        .given(OVERWRITTEN)
                        .when(put("old {key}").header(IF_MATCH, "{S}"))
                        .then(status(200, 204, 412).holds(Send.SUBJECT, "old {key}")),
                http("IM-25", "A stale If-Match on content that was there is refused once somebody else has written")
                        .must(SECTION)
                        .given(OVERWRITTEN)
                        .when(put("one {key}").header(IF_MATCH, "{S}"))
                        .then(REFUSED),
                http("IM-26", "A method that nobody knows is refused as such, whatever If-Match says")
                        .must("RFC 9110 §13.2.1")
                        .given(PRESENT)
                        .when(Send.of("FROBNICATE").header(IF_MATCH, "{X}"))
                        .then(status(400, 403, 405, 501).unchanged()),
                http("IM-27", "If-Match decides a PUT that asks with Expect before it sends its content")
                        .must("RFC 9110 §13.1.1, §10.1.1")
                        .needs(EXPECT)
                        .given(OVERWRITTEN)
                        .when("the current tag", expecting(put()).header(IF_MATCH, "{E}"))
                        .then(REPLACED)
                        .when("a tag that was current", expecting(put()).header(IF_MATCH, "{S}"))
                        .then(REFUSED),
                http("IM-29", "An If-Match without any tag lets nothing through")
                        .may(SECTION)
                        .given(PRESENT)
                        .when(put().header(IF_MATCH, ""))
                        .then(status(400, 412).unchanged()));
    }

    private static Send expecting(Send send) {
        return send.header("Expect", "100-continue");
    }
}
