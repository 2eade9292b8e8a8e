package dev.etalon.scenarios.http.rules;

import static dev.etalon.core.rule.Then.status;
import static dev.etalon.scenarios.http.rules.HttpRules.ABSENT;
import static dev.etalon.scenarios.http.rules.HttpRules.IF_MATCH;
import static dev.etalon.scenarios.http.rules.HttpRules.IF_MODIFIED_SINCE;
import static dev.etalon.scenarios.http.rules.HttpRules.IF_NONE_MATCH;
import static dev.etalon.scenarios.http.rules.HttpRules.IF_UNMODIFIED_SINCE;
import static dev.etalon.scenarios.http.rules.HttpRules.OVERWRITTEN;
import static dev.etalon.scenarios.http.rules.HttpRules.PRESENT;

import dev.etalon.core.rule.Feature;
import dev.etalon.core.rule.Probe;
import dev.etalon.core.rule.Rule;
import dev.etalon.core.rule.Send;
import dev.etalon.core.rule.Step;
import dev.etalon.core.rule.Then;
import java.util.ArrayList;
import java.util.List;

/**
 * What tells which of the four conditional headers a server heeds on which method. Not asked is what shows nothing: a read
 * or a delete of a resource that is not there is answered 404 with and without a condition (RFC 9110 §13.2.1).
 */
final class HttpProbes {
    private static final Then REFUSED = status(412).unchanged();
    private static final Then CREATES_NOTHING = status(412, 404).gone();
    private static final Then WRITTEN = status(200, 201, 204).written();
    private static final Then DELETED = status(200, 202, 204).gone();
    private static final Then NOT_MODIFIED = status(304);
    private static final Then READ = status(200);

    /** A condition that is always heeded or never: more would say little, and there are many. */
    private static final int REPETITIONS = 10;

    private HttpProbes() {}

    static List<Probe> all() {
        List<Probe> all = new ArrayList<>();
        all.addAll(conditions("PUT", Send.put(), WRITTEN, REFUSED));
        all.add(probe("PUT", IF_MATCH + ": *")
                .given(PRESENT)
                .met("a resource", Send.put().header(IF_MATCH, "*"), WRITTEN)
                .given(ABSENT)
                .unmet("no resource", Send.put().header(IF_MATCH, "*"), CREATES_NOTHING)
                .done());
        all.add(probe("PUT", IF_NONE_MATCH + ": *")
                .given(ABSENT)
                .met("no resource", Send.put().header(IF_NONE_MATCH, "*"), WRITTEN)
                .given(PRESENT)
                .unmet("a resource", Send.put().header(IF_NONE_MATCH, "*"), REFUSED)
                .done());
        all.addAll(conditions("DELETE", Send.delete(), DELETED, REFUSED));
        all.add(anything("DELETE", Send.delete(), REFUSED));
        all.addAll(conditions("GET", Send.get(), READ, NOT_MODIFIED));
        all.add(anything("GET", Send.get(), NOT_MODIFIED));
        all.addAll(conditions("HEAD", Send.head(), READ, NOT_MODIFIED));
        all.add(anything("HEAD", Send.head(), NOT_MODIFIED));
        all.addAll(changes("POST", Send.post("more"), PRESENT, OVERWRITTEN, PatchRules.POST));
        all.addAll(changes(
                "PATCH", PatchRules.patch(), PatchRules.DOCUMENT, PatchRules.DOCUMENT_OVERWRITTEN, PatchRules.PATCH));
        return all;
    }

    /** The four headers on a method that a server may lack; what the resource holds after it is the server's own. */
    private static List<Probe> changes(
            String operation, Send send, Step[] present, Step[] overwritten, Feature offered) {
        return conditions(
                        operation,
                        send,
                        present,
                        overwritten,
                        status(200, 201, 204).changed(),
                        REFUSED)
                .stream()
                .map(probe ->
                        new Probe(operation, probe.condition(), probe.rule().needs(offered)))
                .toList();
    }

    private static List<Probe> conditions(String operation, Send send, Then performed, Then none) {
        return conditions(operation, send, PRESENT, OVERWRITTEN, performed, none);
    }

    /**
     * The four headers with a tag or a date.
     *
     * @param present brings about a resource
     * @param overwritten brings about one that had another tag before
     * @param performed what is owed when the condition is met
     * @param none what is owed when If-None-Match or If-Modified-Since is not: 304 for a read
     */
    private static List<Probe> conditions(
            String operation, Send send, Step[] present, Step[] overwritten, Then performed, Then none) {
        Then refused = none.equals(NOT_MODIFIED) ? status(412) : REFUSED;
        return List.of(
                probe(operation, IF_MATCH)
                        .given(overwritten)
                        .met("the current tag", send.header(IF_MATCH, "{E}"), performed)
                        .unmet("a tag that was current", send.header(IF_MATCH, "{S}"), refused)
                        .unmet("a tag never given", send.header(IF_MATCH, "{X}"), refused)
                        .done(),
                probe(operation, IF_NONE_MATCH)
                        .given(present)
                        .met("another tag", send.header(IF_NONE_MATCH, "{X}"), performed)
                        .unmet("the current tag", send.header(IF_NONE_MATCH, "{E}"), none)
                        .done(),
                probe(operation, IF_MODIFIED_SINCE)
                        .given(present)
                        .met("older", send.header(IF_MODIFIED_SINCE, "{LM-1h}"), performed)
                        .unmet("the date", send.header(IF_MODIFIED_SINCE, "{LM}"), none)
                        .done(),
                probe(operation, IF_UNMODIFIED_SINCE)
                        .given(present)
                        .met("the date", send.header(IF_UNMODIFIED_SINCE, "{LM}"), performed)
                        .met("later", send.header(IF_UNMODIFIED_SINCE, "{LM+1h}"), performed)
                        .unmet("older", send.header(IF_UNMODIFIED_SINCE, "{LM-1h}"), refused)
                        .done());
    }

    /** If-None-Match: * where something is; where nothing is, the answer is the same without it. */
    private static Probe anything(String operation, Send send, Then none) {
        return probe(operation, IF_NONE_MATCH + ": *")
                .given(PRESENT)
                .unmet("a resource", send.header(IF_NONE_MATCH, "*"), none)
                .done();
    }

    private static Probe.Builder probe(String operation, String condition) {
        Rule rule = Rule.http(Probe.id(operation, condition), condition + " on " + operation);
        return Probe.of(operation, condition, rule.atMost(REPETITIONS));
    }
}
