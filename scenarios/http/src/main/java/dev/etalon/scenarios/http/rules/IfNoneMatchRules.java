package dev.etalon.scenarios.http.rules;

import static dev.etalon.core.rule.Rule.http;
import static dev.etalon.core.rule.Send.delete;
import static dev.etalon.core.rule.Send.get;
import static dev.etalon.core.rule.Send.head;
import static dev.etalon.core.rule.Send.put;
import static dev.etalon.core.rule.Then.status;
import static dev.etalon.scenarios.http.rules.HttpRules.ABSENT;
import static dev.etalon.scenarios.http.rules.HttpRules.IF_MODIFIED_SINCE;
import static dev.etalon.scenarios.http.rules.HttpRules.IF_NONE_MATCH;
import static dev.etalon.scenarios.http.rules.HttpRules.PRESENT;
import static dev.etalon.scenarios.http.rules.PatchRules.DOCUMENT;
import static dev.etalon.scenarios.http.rules.PatchRules.PATCH;
import static dev.etalon.scenarios.http.rules.PatchRules.patch;

import dev.etalon.core.rule.Rule;
import dev.etalon.core.rule.Then;
import java.util.List;

/** If-None-Match: the NM series. */
final class IfNoneMatchRules {
    private static final String SECTION = "RFC 9110 §13.1.2";
    private static final Then REFUSED = status(412).unchanged();
    private static final Then NOT_MODIFIED = status(304);

    private IfNoneMatchRules() {}

    static List<Rule> all() {
        return List.of(
                http("NM-01", "If-None-Match: * lets a PUT create")
                        .must(SECTION)
                        .given(ABSENT)
                        .when(put().header(IF_NONE_MATCH, "*"))
                        .then(status(201).written()),
                http("NM-02", "If-None-Match: * refuses a PUT on a resource, and with 412")
                        .must(SECTION)
                        .given(PRESENT)
                        .when(put().header(IF_NONE_MATCH, "*"))
                        .then(REFUSED),
                http("NM-03", "If-None-Match with the current tag refuses a PUT")
                        .must(SECTION)
                        .given(PRESENT)
                        .when("alone", put().header(IF_NONE_MATCH, "{E}"))
                        .then(REFUSED)
                        .when("in a list", put().header(IF_NONE_MATCH, "{X}, {E}"))
                        .then(REFUSED),
                http("NM-04", "If-None-Match compares weakly: the current tag marked weak refuses a PUT")
                        .must("RFC 9110 §13.1.2, §8.8.3.2")
                        .given(PRESENT)
                        .when(put().header(IF_NONE_MATCH, "{E.weak}"))
                        .then(REFUSED),
                http("NM-05", "If-None-Match with another tag lets a PUT through")
                        .must(SECTION)
                        .given(PRESENT)
                        .when(put().header(IF_NONE_MATCH, "{X}"))
                        .then(status(200, 201, 204).written()),
                http("NM-06", "If-None-Match with tags lets a PUT create")
                        .must(SECTION)
                        .given(ABSENT)
                        .when(put().header(IF_NONE_MATCH, "{X}, {Y}"))
                        .then(status(201).written()),
                http("NM-07", "If-None-Match with the current tag answers a read with 304")
                        .must(SECTION)
                        .given(PRESENT)
                        .when("GET, the tag", get().header(IF_NONE_MATCH, "{E}"))
                        .then(NOT_MODIFIED)
                        .when("GET, the tag marked weak", get().header(IF_NONE_MATCH, "{E.weak}"))
                        .then(NOT_MODIFIED)
                        .when("GET, a list with the tag", get().header(IF_NONE_MATCH, "{X}, {E}"))
                        .then(NOT_MODIFIED)
                        .when("GET, a list with the tag marked weak", get().header(IF_NONE_MATCH, "{X}, {E.weak}"))
                        .then(NOT_MODIFIED)
                        .when(
                                "GET, two lines",
                                get().header(IF_NONE_MATCH, "{X}").header(IF_NONE_MATCH, "{E}"))
                        .then(NOT_MODIFIED)
                        .when("GET, another tag", get().header(IF_NONE_MATCH, "{X}"))
                        .then(status(200))
                        .when("HEAD, the tag", head().header(IF_NONE_MATCH, "{E}"))
                        .then(NOT_MODIFIED)
                        .when("HEAD, another tag", head().header(IF_NONE_MATCH, "{X}"))
                        .then(status(200)),
                http("NM-08", "If-None-Match: * answers a read of a resource with 304")
                        .must(SECTION)
                        .given(PRESENT)
                        .when(get().header(IF_NONE_MATCH, "*"))
                        .then(NOT_MODIFIED),
                http("NM-09", "If-Modified-Since is ignored beside an If-None-Match that is false")
                        .must("RFC 9110 §13.1.3")
                        .given(PRESENT)
                        .when(get().header(IF_NONE_MATCH, "{E}").header(IF_MODIFIED_SINCE, "{LM-1h}"))
                        .then(NOT_MODIFIED),
                http("NM-10", "If-Modified-Since is ignored beside an If-None-Match that is true")
                        .must("RFC 9110 §13.1.3")
                        .given(PRESENT)
                        .when(get().header(IF_NONE_MATCH, "{X}").header(IF_MODIFIED_SINCE, "{LM}"))
                        .then(status(200)),
                http("NM-11", "If-None-Match with * beside a tag is no condition and lets nothing through")
                        .may("RFC 9110 §13.1.2 (grammar)")
                        .given(PRESENT)
                        .when("* first", put().header(IF_NONE_MATCH, "*, {X}"))
                        .then(status(400, 412).unchanged())
                        .when("* last", put().header(IF_NONE_MATCH, "{X}, *"))
                        .then(status(400, 412).unchanged()),
                http("NM-12", "A 304 carries the fields that tell a cache what it holds")
                        .must("RFC 9110 §15.4.5")
                        .given(PRESENT)
                        .when(get().header(IF_NONE_MATCH, "{E}"))
                        .then(NOT_MODIFIED
                                .header("ETag", "{E}")
                                .header("Date")
                                .asRead("Cache-Control", "Content-Location", "Expires", "Vary")),
                http("NM-13", "If-None-Match decides a DELETE")
                        .must(SECTION)
                        .given(PRESENT)
                        .when("the current tag", delete().header(IF_NONE_MATCH, "{E}"))
                        .then(REFUSED)
                        .when("*", delete().header(IF_NONE_MATCH, "*"))
                        .then(REFUSED)
                        .when("another tag", delete().header(IF_NONE_MATCH, "{X}"))
                        .then(status(200, 204).gone()),
                http("NM-14", "If-None-Match decides a PATCH")
                        .must(SECTION)
                        .needs(PATCH)
                        .given(DOCUMENT)
                        .when("the current tag", patch().header(IF_NONE_MATCH, "{E}"))
                        .then(REFUSED)
                        .when("*", patch().header(IF_NONE_MATCH, "*"))
                        .then(REFUSED)
                        .when("another tag", patch().header(IF_NONE_MATCH, "{X}"))
                        .then(status(200, 204).changed()),
                http("NM-15", "An If-None-Match without any tag excludes nothing, or is no condition")
                        .may(SECTION)
                        .given(PRESENT)
                        .when(put().header(IF_NONE_MATCH, ""))
                        .then(status(200, 204, 400)));
    }
}
