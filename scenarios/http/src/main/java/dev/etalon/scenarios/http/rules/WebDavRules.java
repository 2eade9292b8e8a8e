package dev.etalon.scenarios.http.rules;

import static dev.etalon.core.rule.Rule.http;
import static dev.etalon.core.rule.Send.delete;
import static dev.etalon.core.rule.Send.put;
import static dev.etalon.core.rule.Then.status;
import static dev.etalon.scenarios.http.rules.HttpRules.ABSENT;
import static dev.etalon.scenarios.http.rules.HttpRules.IF_MATCH;
import static dev.etalon.scenarios.http.rules.HttpRules.OVERWRITTEN;
import static dev.etalon.scenarios.http.rules.HttpRules.PRESENT;

import dev.etalon.core.rule.Feature;
import dev.etalon.core.rule.Rule;
import dev.etalon.core.rule.Send;
import dev.etalon.core.rule.Step;
import dev.etalon.core.rule.Then;
import java.util.List;

/** WebDAV's own conditions, the If header, Overwrite and locks: the DV series. */
final class WebDavRules {
    private static final String IF = "If";
    private static final String OTHER = "{key}-other";
    private static final String WRONG_TOKEN = "<urn:uuid:00000000-0000-4000-8000-000000000000>";
    /** Granted: 201 too, for that a server says of a PUT that it created is a fault of its own (VA-06). */
    private static final Then REPLACED = status(200, 201, 204).written();

    private static final Then REFUSED = status(412).unchanged();
    private static final Then LOCKED_OUT = status(423).unchanged();

    private static final Send LOCK = Send.of("LOCK")
            .header("Depth", "0")
            .header("Timeout", "Second-60")
            .header("Content-Type", "application/xml")
            .body("<?xml version=\"1.0\" encoding=\"utf-8\"?><D:lockinfo xmlns:D=\"DAV:\"><D:lockscope><D:exclusive/>"
                    + "</D:lockscope><D:locktype><D:write/></D:locktype><D:owner>etalon</D:owner></D:lockinfo>");

    private static final Send PROPERTY = Send.of("PROPPATCH")
            .header("Content-Type", "application/xml")
            .body("<?xml version=\"1.0\" encoding=\"utf-8\"?><D:propertyupdate xmlns:D=\"DAV:\"><D:set><D:prop>"
                    + "<e:note xmlns:e=\"urn:etalon\">{key}</e:note></D:prop></D:set></D:propertyupdate>");

    private static final Step WRITTEN = Step.of(put("old {key}"));

    /** A locked resource; {@code {T}} is the token, in angle brackets. */
    private static final Step[] LOCKED = {
        WRITTEN, Step.of(LOCK).then(status(200)).keep("T", "Lock-Token")
    };

    private static final Feature WEBDAV = Feature.of(
            "WebDAV",
            Step.of(put("old {key}").at("{key}")),
            Step.of(Send.of("PROPFIND").at("{key}").header("Depth", "0")).then(status(207)));

    private static final Feature LOCKS = Feature.of(
            "WebDAV locks",
            Step.of(put("old {key}").at("{key}")),
            Step.of(LOCK.at("{key}")).then(status(200)).keep("T", "Lock-Token"));

    private static final Feature COPIES = Feature.of(
            "COPY and MOVE",
            Step.of(put("old {key}").at("{key}")),
            Step.of(to(OTHER, "COPY").at("{key}")).then(status(201)),
            Step.of(to("{key}-third", "MOVE").at("{key}")).then(status(201)));

    private static final Feature PARENTS = Feature.of(
            "need for a parent collection", Step.of(put().at("{key}/child")).then(status(409)));

    private WebDavRules() {}

    private static Send to(String path, String method) {
        // RFC 4918 allows a path as well, and RFC 2518 did not: some servers still refuse it.
        return Send.of(method).header("Destination", "{base}" + path);
    }

    static List<Rule> all() {
        return List.of(
                http("DV-01", "412 says that a condition was false, and is no answer where there was none")
                        .must("RFC 4918 §12.1")
                        .needs(WEBDAV)
                        .given(OVERWRITTEN)
                        .when("If-Match, false", put().header(IF_MATCH, "{S}"))
                        .then(REFUSED)
                        .when("If, false", put().header(IF, "([{S}])"))
                        .then(REFUSED)
                        .when("If, false, on DELETE", delete().header(IF, "([{S}])"))
                        .then(REFUSED)
                        .when("no condition", put())
                        .then(REPLACED)
                        .when("no condition on DELETE", delete())
                        .then(status(200, 204).gone()),
                http("DV-02", "If with tags: one list of several must hold")
                        .must("RFC 4918 §10.4.3")
                        .needs(WEBDAV)
                        .given(OVERWRITTEN)
                        .when("the current tag", put().header(IF, "([{E}])"))
                        .then(REPLACED)
                        .when("the current tag in the second list", put().header(IF, "([{X}]) ([{E}])"))
                        .then(REPLACED)
                        .when("two tags in one list", put().header(IF, "([{X}] [{E}])"))
                        .then(REFUSED)
                        .when("no list", put().header(IF, "([{X}]) ([{S}])"))
                        .then(REFUSED)
                        .when("not another tag", put().header(IF, "(Not [{X}])"))
                        .then(REPLACED)
                        .when("not the current tag", put().header(IF, "(Not [{E}])"))
                        .then(REFUSED),
                http("DV-03", "If compares tags weakly or strongly, but always the same way")
                        .may("RFC 4918 §10.4.4")
                        .needs(WEBDAV)
                        .given(PRESENT)
                        .when(put().header(IF, "([{E.weak}])"))
                        .then(status(200, 204, 412)),
                http("DV-04", "What is locked is changed only with the token of the lock")
                        .must("RFC 4918 §7, §11.3")
                        .needs(LOCKS)
                        .given(LOCKED)
                        .when("PUT without", put())
                        .then(LOCKED_OUT)
                        .when("DELETE without", delete())
                        .then(LOCKED_OUT)
                        .when("PUT with", put().header(IF, "({T})"))
                        .then(REPLACED)
                        .when("PUT with token and tag", put().header(IF, "({T} [{E}])"))
                        .then(REPLACED)
                        .when("PUT with token and another tag", put().header(IF, "({T} [{X}])"))
                        .then(REFUSED),
                http("DV-05", "What is locked exclusively is not locked again")
                        .must("RFC 4918 §6.2, §9.10.5")
                        .needs(LOCKS)
                        .given(LOCKED)
                        .when(LOCK)
                        .then(status(423).noHeader("Lock-Token")),
                http("DV-06", "A wrong token is a false condition, a missing one is a lock")
                        .should("RFC 4918 §10.4.1, §11.3, §12.1")
                        .needs(LOCKS)
                        .given(LOCKED)
                        .when("wrong", put().header(IF, "(" + WRONG_TOKEN + ")"))
                        .then(REFUSED)
                        .when("missing", put())
                        .then(LOCKED_OUT),
                http("DV-07", "DAV:no-lock is the token of no lock")
                        .must("RFC 4918 §10.4.8")
                        .needs(WEBDAV)
                        .given(PRESENT)
                        .when("asked for", put().header(IF, "(<DAV:no-lock>)"))
                        .then(REFUSED)
                        .when("excluded", put().header(IF, "(Not <DAV:no-lock>)"))
                        .then(REPLACED),
                http("DV-08", "Overwrite: F keeps what is at the destination")
                        .must("RFC 4918 §9.8.4, §9.9.3")
                        .needs(COPIES)
                        .given(WRITTEN, Step.of(put("other {key}").at(OTHER)))
                        .when("COPY", to(OTHER, "COPY").header("Overwrite", "F"))
                        .then(status(412).unchanged().unchanged(OTHER))
                        .when("MOVE", to(OTHER, "MOVE").header("Overwrite", "F"))
                        .then(status(412).unchanged().unchanged(OTHER))
                        .given(WRITTEN)
                        .when("COPY to a free name", to(OTHER, "COPY").header("Overwrite", "F"))
                        .then(status(201).unchanged().holds(OTHER, "old {key}"))
                        .when("MOVE to a free name", to(OTHER, "MOVE").header("Overwrite", "F"))
                        .then(status(201).gone().holds(OTHER, "old {key}")),
                http("DV-09", "Locks and properties leave the entity tag as it is")
                        .should("RFC 4918 §8.6")
                        .needs(LOCKS)
                        .given(PRESENT)
                        .when("LOCK", LOCK)
                        .then(status(200).unchanged())
                        .when("PROPPATCH", PROPERTY)
                        .then(status(200, 207).unchanged()),
                http("DV-10", "A PUT below a collection that is not there is a conflict, whatever If-Match says")
                        .must("RFC 4918 §9.7.1, RFC 9110 §13.2.1")
                        .needs(PARENTS)
                        .about("{key}/child")
                        .given(ABSENT)
                        .when("a tag", put().header(IF_MATCH, "{X}"))
                        .then(status(409).gone())
                        .when("*", put().header(IF_MATCH, "*"))
                        .then(status(409).gone()));
    }
}
