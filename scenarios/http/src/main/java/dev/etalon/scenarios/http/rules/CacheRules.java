package dev.etalon.scenarios.http.rules;

import static dev.etalon.core.rule.Rule.http;
import static dev.etalon.core.rule.Send.delete;
import static dev.etalon.core.rule.Send.get;
import static dev.etalon.core.rule.Send.put;
import static dev.etalon.core.rule.Then.status;
import static dev.etalon.scenarios.http.rules.HttpRules.IF_MATCH;
import static dev.etalon.scenarios.http.rules.HttpRules.IF_NONE_MATCH;
import static dev.etalon.scenarios.http.rules.ValidatorRules.PRECONDITION_REQUIRED;

import dev.etalon.core.rule.Feature;
import dev.etalon.core.rule.Rule;
import dev.etalon.core.rule.Send;
import dev.etalon.core.rule.Step;
import java.util.List;

/**
 * Caches between client and server: the CA series. They speak of another resource than the subject: the plain reads of a
 * subject ask for a fresh answer, and a cache that heeds that would no longer hold an old one.
 */
final class CacheRules {
    private static final String STORED = "{key}-stored";
    private static final String AGE = "Age";

    /** An Age says that the answer comes from a store (RFC 9111 §5.1). */
    private static final Step FROM_STORE =
            Step.of(get().at(STORED)).then(status(200).header(AGE));

    private static final Step WRITTEN = Step.of(put("old {key}").at(STORED));
    private static final Step READ = Step.of(get().at(STORED)).keep("S", "ETag");

    /** A resource that the cache holds a copy of; {@code {S}} is its tag. */
    private static final Step[] HELD = {WRITTEN, READ, FROM_STORE};

    private static final Feature SHARED_CACHE = Feature.of("cache in front of it", HELD);

    private CacheRules() {}

    static List<Rule> all() {
        return List.of(
                http("CA-01", "What was changed through a cache is not answered from its store")
                        .must("RFC 9111 §4.4")
                        .needs(SHARED_CACHE)
                        .given(WRITTEN, READ, FROM_STORE, Step.of(put().at(STORED)))
                        .when("after a PUT", get().at(STORED))
                        .then(status(200).body("new {key}"))
                        .given(WRITTEN, READ, FROM_STORE, Step.of(delete().at(STORED)))
                        .when("after a DELETE", get().at(STORED))
                        .then(status(404, 410)),
                http(
                                "CA-02",
                                "A refused write does not make a cache forget: its old tag stays where the next one reads")
                        .hazard("RFC 9111 §4.4")
                        .needs(SHARED_CACHE)
                        .given(
                                WRITTEN,
                                READ,
                                FROM_STORE,
                                Step.of(put().at(STORED).header(IF_MATCH, "{X}"))
                                        .then(status(412)))
                        .when(get().at(STORED))
                        .then(status(200).header(AGE)),
                http("CA-04", "A cache passes the conditions of a change on")
                        .must("RFC 9110 §13.2.1")
                        .needs(SHARED_CACHE)
                        .given(
                                WRITTEN,
                                READ,
                                FROM_STORE,
                                Step.of(Send.put("two {key}").at(STORED)))
                        .when("PUT", put().at(STORED).header(IF_MATCH, "{S}"))
                        .then(status(412).unchanged(STORED))
                        .when("DELETE", delete().at(STORED).header(IF_MATCH, "{S}"))
                        .then(status(412).unchanged(STORED)),
                http("CA-05", "A cache answers If-None-Match from its store")
                        .should("RFC 9111 §4.3.2")
                        .needs(SHARED_CACHE)
                        .given(HELD)
                        .when(get().at(STORED).header(IF_NONE_MATCH, "{S}"))
                        .then(status(304).header(AGE)),
                http("CA-08", "A 428 is not stored")
                        .must("RFC 6585 §3")
                        .needs(PRECONDITION_REQUIRED)
                        .given(
                                Step.of(Send.put("old {key}").at(STORED).header(IF_NONE_MATCH, "*")),
                                Step.of(put().at(STORED)).then(status(428)))
                        .when(get().at(STORED))
                        .then(status(200).body("old {key}")));
    }
}
