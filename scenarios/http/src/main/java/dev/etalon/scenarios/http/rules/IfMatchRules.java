package dev.etalon.scenarios.http.rules;

import static dev.etalon.core.rule.Rule.http;
import static dev.etalon.core.rule.Send.delete;
import static dev.etalon.core.rule.Send.get;
import static dev.etalon.core.rule.Send.head;
import static dev.etalon.core.rule.Send.put;
import static dev.etalon.core.rule.Then.status;
import static dev.etalon.scenarios.http.rules.HttpRules.ABSENT;
import static dev.etalon.scenarios.http.rules.HttpRules.IF_MATCH;
import static dev.etalon.scenarios.http.rules.HttpRules.OVERWRITTEN;
import static dev.etalon.scenarios.http.rules.HttpRules.PRESENT;

import dev.etalon.core.rule.Rule;
import dev.etalon.core.rule.Then;
import java.util.List;

/** If-Match: the IM series. */
final class IfMatchRules {
    private static final String SECTION = "RFC 9110 §13.1.1";
    private static final Then REPLACED = status(200, 204).written();
    private static final Then REFUSED = status(412).unchanged();

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
                http("IM-08", "If-Match compares strongly: a weak tag never matches")
                        .must("RFC 9110 §13.1.1, §8.8.3.2")
                        .given(PRESENT)
                        .when("alone", put().header(IF_MATCH, "{E.weak}"))
                        .then(REFUSED)
                        .when("in a list", put().header(IF_MATCH, "{X}, {E.weak}"))
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
                http("IM-16", "The mark of weakness is an upper-case W")
                        .must("RFC 9110 §8.8.3")
                        .given(PRESENT)
                        .when(put().header(IF_MATCH, "w/{E}"))
                        .then(status(400, 412).unchanged()),
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
                        .then(status(404)));
    }
}
