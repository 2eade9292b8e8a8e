package dev.etalon.scenarios.http.rules;

import static dev.etalon.core.rule.Rule.http;
import static dev.etalon.core.rule.Send.delete;
import static dev.etalon.core.rule.Send.put;
import static dev.etalon.core.rule.Then.status;
import static dev.etalon.scenarios.http.rules.HttpRules.IF_MATCH;
import static dev.etalon.scenarios.http.rules.HttpRules.IF_NONE_MATCH;
import static dev.etalon.scenarios.http.rules.HttpRules.OVERWRITTEN;

import dev.etalon.core.rule.Rule;
import java.util.List;

/**
 * What a 412 tells the client: the TC and PF series. All of it is left to the server; what it tells saves a client that
 * rebases its change a read.
 */
final class RefusalRules {
    private RefusalRules() {}

    static List<Rule> all() {
        return List.of(
                http("TC-01", "A 412 carries the tag of the current state")
                        .may("RFC 9110 §15.5.13, §8.8.3")
                        .given(OVERWRITTEN)
                        .when("PUT, If-Match", put().header(IF_MATCH, "{S}"))
                        .then(status(412).header("ETag", "{E}"))
                        .when("PUT, If-None-Match", put().header(IF_NONE_MATCH, "*"))
                        .then(status(412).header("ETag", "{E}"))
                        .when("DELETE, If-Match", delete().header(IF_MATCH, "{S}"))
                        .then(status(412).header("ETag", "{E}")),
                http("TC-02", "A 412 explains itself in a form that programs read")
                        .may("RFC 9457 §3")
                        .given(OVERWRITTEN)
                        .when(put().header(IF_MATCH, "{S}"))
                        .then(status(412).headerLike("Content-Type", "application/problem[+](json|xml)(;.*)?")),
                http("PF-01", "A 412 shows what is there to a client that prefers it")
                        .may("RFC 8144 §3.2, RFC 7240 §4.2")
                        .given(OVERWRITTEN)
                        .when(put().header(IF_MATCH, "{S}").header("Prefer", "return=representation"))
                        .then(status(412)
                                .header("ETag", "{E}")
                                .headerLike("Vary", "(?i).*(prefer|[*]).*")
                                .body("old {key}")));
    }
}
