package dev.etalon.scenarios.http.rules;

import static dev.etalon.core.rule.Rule.http;
import static dev.etalon.core.rule.Send.get;
import static dev.etalon.core.rule.Send.head;
import static dev.etalon.core.rule.Send.put;
import static dev.etalon.core.rule.Then.status;
import static dev.etalon.scenarios.http.rules.HttpRules.IF_MATCH;
import static dev.etalon.scenarios.http.rules.HttpRules.IF_NONE_MATCH;
import static dev.etalon.scenarios.http.rules.HttpRules.OVERWRITTEN;
import static dev.etalon.scenarios.http.rules.HttpRules.PRESENT;
import static dev.etalon.scenarios.http.rules.ValidatorRules.PART;
import static dev.etalon.scenarios.http.rules.ValidatorRules.WHOLE_PUTS;

import dev.etalon.core.rule.ReadMatrix;
import dev.etalon.core.rule.Rule;
import java.util.List;
import java.util.Set;

/** The order in which several conditions are evaluated: the PR series. */
final class PrecedenceRules {
    private static final String SECTION = "RFC 9110 §13.2.2";

    private PrecedenceRules() {}

    static List<Rule> all() {
        return List.of(
                matrix(),
                http("PR-02", "An If-None-Match that is false refuses a PUT although If-Match is true")
                        .must(SECTION)
                        .given(PRESENT)
                        .when("the tag in both", put().header(IF_MATCH, "{E}").header(IF_NONE_MATCH, "{E}"))
                        .then(status(412).unchanged())
                        .when("the tag and *", put().header(IF_MATCH, "{E}").header(IF_NONE_MATCH, "*"))
                        .then(status(412).unchanged()),
                http("PR-03", "An If-None-Match that is false answers a GET with 304 although If-Match is true")
                        .must(SECTION)
                        .given(PRESENT)
                        .when(get().header(IF_MATCH, "{E}").header(IF_NONE_MATCH, "{E}"))
                        .then(status(304)),
                http("PR-04", "An If-Match that is false answers a GET with 412 before If-None-Match is looked at")
                        .must(SECTION)
                        .given(OVERWRITTEN)
                        .when(get().header(IF_MATCH, "{S}").header(IF_NONE_MATCH, "{E}"))
                        .then(status(412)),
                http("PR-05", "What is wrong without a condition is told before any condition is looked at")
                        .must("RFC 9110 §13.2.1, §14.5")
                        .needs(WHOLE_PUTS)
                        .given(PRESENT)
                        .when(PART.header(IF_MATCH, "{X}"))
                        .then(status(400).unchanged()));
    }

    /** A server need not evaluate If-Modified-Since (a SHOULD), so that 200 is right where it alone is false. */
    private static Rule matrix() {
        Rule rule = http("PR-01", "All combinations of the four headers on a read are evaluated in one order")
                .must(SECTION)
                .atMost(3)
                .given(PRESENT);
        Set<Integer> dateReads = Set.of(304, 200);
        return ReadMatrix.addTo(ReadMatrix.addTo(rule, get(), dateReads), head(), dateReads);
    }
}
