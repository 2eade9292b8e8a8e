package dev.etalon.scenarios.s3.rules;

import static dev.etalon.core.rule.Then.status;
import static dev.etalon.scenarios.s3.rules.CompleteRules.COMPLETE;
import static dev.etalon.scenarios.s3.rules.CompleteRules.COMPLETED;
import static dev.etalon.scenarios.s3.rules.CompleteRules.CREATE;
import static dev.etalon.scenarios.s3.rules.CompleteRules.OVERWRITE;
import static dev.etalon.scenarios.s3.rules.CompleteRules.PART;
import static dev.etalon.scenarios.s3.rules.CompleteRules.WRITE;
import static dev.etalon.scenarios.s3.rules.CopyRules.COPIED;
import static dev.etalon.scenarios.s3.rules.CopyRules.COPY;
import static dev.etalon.scenarios.s3.rules.CopyRules.DESTINATION;
import static dev.etalon.scenarios.s3.rules.CopyRules.FROM_SOURCE;
import static dev.etalon.scenarios.s3.rules.S3Rules.ABSENT;
import static dev.etalon.scenarios.s3.rules.S3Rules.IF_MATCH;
import static dev.etalon.scenarios.s3.rules.S3Rules.IF_MODIFIED_SINCE;
import static dev.etalon.scenarios.s3.rules.S3Rules.IF_NONE_MATCH;
import static dev.etalon.scenarios.s3.rules.S3Rules.IF_UNMODIFIED_SINCE;
import static dev.etalon.scenarios.s3.rules.S3Rules.OVERWRITTEN;
import static dev.etalon.scenarios.s3.rules.S3Rules.PRESENT;

import dev.etalon.core.rule.Probe;
import dev.etalon.core.rule.Rule;
import dev.etalon.core.rule.Send;
import dev.etalon.core.rule.Step;
import dev.etalon.core.rule.Then;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * What tells which conditions a server heeds on which S3 operation. Not asked is what shows nothing: a read of an object
 * that is not there is answered 404 with and without a condition.
 */
final class S3Probes {
    private static final Then REFUSED = status(412).unchanged();
    private static final Then CREATES_NOTHING = status(412, 404).gone();
    private static final Then WRITTEN = status(200).written();
    private static final Then DELETED = status(200, 204).gone();
    private static final Then NOT_MODIFIED = status(304);
    private static final Then READ = status(200);
    private static final String ANY = ": *";

    /** A condition that is always heeded or never: more would say little, and there are many. */
    private static final int REPETITIONS = 10;

    private static final Step[] ONTO_DESTINATION = {FROM_SOURCE[0], FROM_SOURCE[1], DESTINATION};

    private S3Probes() {}

    static List<Probe> all() {
        List<Probe> all = new ArrayList<>(writes());
        all.addAll(deletes());
        all.addAll(reads("GET", Send.get()));
        all.addAll(reads("HEAD", Send.head()));
        all.addAll(completions());
        all.addAll(copies());
        all.addAll(copySources());
        all.add(probe("DeleteObjects", "ETag")
                .given(PRESENT)
                .met(
                        "the current tag",
                        DeleteRules.deleteObjects(DeleteRules.tagged("{key}", "{E}")),
                        status(200).gone())
                .unmet(
                        "a tag never given",
                        DeleteRules.deleteObjects(DeleteRules.tagged("{key}", "{X}")),
                        status(200)
                                .element("//Error[Key='{key}']/Code", "PreconditionFailed")
                                .unchanged())
                .done());
        return all;
    }

    private static List<Probe> writes() {
        Send put = Send.put();
        return List.of(
                match("PUT", put, WRITTEN),
                probe("PUT", IF_MATCH + ANY)
                        .given(PRESENT)
                        .met("an object", put.header(IF_MATCH, "*"), WRITTEN)
                        .given(ABSENT)
                        .unmet("no object", put.header(IF_MATCH, "*"), CREATES_NOTHING)
                        .done(),
                noneMatch("PUT", put, WRITTEN, REFUSED),
                probe("PUT", IF_NONE_MATCH + ANY)
                        .given(ABSENT)
                        .met("no object", put.header(IF_NONE_MATCH, "*"), WRITTEN)
                        .given(PRESENT)
                        .unmet("an object", put.header(IF_NONE_MATCH, "*"), REFUSED)
                        .done(),
                modified("PUT", put, WRITTEN, REFUSED),
                unmodified("PUT", put, WRITTEN, REFUSED));
    }

    private static List<Probe> deletes() {
        Send delete = Send.delete();
        return List.of(
                match("DELETE", delete, DELETED),
                probe("DELETE", IF_MATCH + ANY)
                        .given(PRESENT)
                        .met("an object", delete.header(IF_MATCH, "*"), DELETED)
                        .given(ABSENT)
                        .unmet("no object", delete.header(IF_MATCH, "*"), CREATES_NOTHING)
                        .done(),
                noneMatch("DELETE", delete, DELETED, REFUSED),
                probe("DELETE", IF_NONE_MATCH + ANY)
                        .given(PRESENT)
                        .unmet("an object", delete.header(IF_NONE_MATCH, "*"), REFUSED)
                        .done(),
                modified("DELETE", delete, DELETED, REFUSED),
                unmodified("DELETE", delete, DELETED, REFUSED));
    }

    private static List<Probe> reads(String operation, Send read) {
        Then refused = status(412);
        return List.of(
                probe(operation, IF_MATCH)
                        .given(OVERWRITTEN)
                        .met("the current tag", read.header(IF_MATCH, "{E}"), READ)
                        .unmet("a tag that was current", read.header(IF_MATCH, "{S}"), refused)
                        .unmet("a tag never given", read.header(IF_MATCH, "{X}"), refused)
                        .done(),
                noneMatch(operation, read, READ, NOT_MODIFIED),
                probe(operation, IF_NONE_MATCH + ANY)
                        .given(PRESENT)
                        .unmet("an object", read.header(IF_NONE_MATCH, "*"), NOT_MODIFIED)
                        .done(),
                modified(operation, read, READ, NOT_MODIFIED),
                unmodified(operation, read, READ, refused));
    }

    private static List<Probe> completions() {
        return List.of(
                probe("CompleteMultipartUpload", IF_MATCH)
                        .given(WRITE, OVERWRITE, CREATE, PART)
                        .met("the current tag", COMPLETE.header(IF_MATCH, "{E}"), COMPLETED)
                        .unmet("a tag that was current", COMPLETE.header(IF_MATCH, "{S}"), REFUSED)
                        .unmet("a tag never given", COMPLETE.header(IF_MATCH, "{X}"), REFUSED)
                        .done(),
                probe("CompleteMultipartUpload", IF_MATCH + ANY)
                        .given(WRITE, CREATE, PART)
                        .met("an object", COMPLETE.header(IF_MATCH, "*"), COMPLETED)
                        .given(CREATE, PART)
                        .unmet("no object", COMPLETE.header(IF_MATCH, "*"), CREATES_NOTHING)
                        .done(),
                probe("CompleteMultipartUpload", IF_NONE_MATCH)
                        .given(WRITE, CREATE, PART)
                        .met("another tag", COMPLETE.header(IF_NONE_MATCH, "{X}"), COMPLETED)
                        .unmet("the current tag", COMPLETE.header(IF_NONE_MATCH, "{E}"), REFUSED)
                        .done(),
                probe("CompleteMultipartUpload", IF_NONE_MATCH + ANY)
                        .given(CREATE, PART)
                        .met("no object", COMPLETE.header(IF_NONE_MATCH, "*"), COMPLETED)
                        .given(WRITE, CREATE, PART)
                        .unmet("an object", COMPLETE.header(IF_NONE_MATCH, "*"), REFUSED)
                        .done());
    }

    /** Conditions on the destination. */
    private static List<Probe> copies() {
        return List.of(
                probe("CopyObject", IF_MATCH)
                        .given(ONTO_DESTINATION)
                        .met("the current tag", COPY.header(IF_MATCH, "{E}"), COPIED)
                        .unmet("the tag of the source", COPY.header(IF_MATCH, "{SE}"), REFUSED)
                        .unmet("a tag never given", COPY.header(IF_MATCH, "{X}"), REFUSED)
                        .done(),
                probe("CopyObject", IF_MATCH + ANY)
                        .given(ONTO_DESTINATION)
                        .met("a destination", COPY.header(IF_MATCH, "*"), COPIED)
                        .given(FROM_SOURCE)
                        .unmet("no destination", COPY.header(IF_MATCH, "*"), CREATES_NOTHING)
                        .done(),
                probe("CopyObject", IF_NONE_MATCH)
                        .given(ONTO_DESTINATION)
                        .met("another tag", COPY.header(IF_NONE_MATCH, "{X}"), COPIED)
                        .unmet("the current tag", COPY.header(IF_NONE_MATCH, "{E}"), REFUSED)
                        .done(),
                probe("CopyObject", IF_NONE_MATCH + ANY)
                        .given(FROM_SOURCE)
                        .met("no destination", COPY.header(IF_NONE_MATCH, "*"), COPIED)
                        .given(ONTO_DESTINATION)
                        .unmet("a destination", COPY.header(IF_NONE_MATCH, "*"), REFUSED)
                        .done());
    }

    /** Conditions on the source: the headers with x-amz-copy-source before their names. */
    private static List<Probe> copySources() {
        return List.of(
                source(IF_MATCH)
                        .met("its tag", source(IF_MATCH, "{SE}"), COPIED)
                        .unmet("another tag", source(IF_MATCH, "{X}"), REFUSED)
                        .done(),
                source(IF_NONE_MATCH)
                        .met("another tag", source(IF_NONE_MATCH, "{X}"), COPIED)
                        .unmet("its tag", source(IF_NONE_MATCH, "{SE}"), REFUSED)
                        .done(),
                source(IF_MODIFIED_SINCE)
                        .met("older", source(IF_MODIFIED_SINCE, "{SLM-1h}"), COPIED)
                        .unmet("its date", source(IF_MODIFIED_SINCE, "{SLM}"), REFUSED)
                        .done(),
                source(IF_UNMODIFIED_SINCE)
                        .met("its date", source(IF_UNMODIFIED_SINCE, "{SLM}"), COPIED)
                        .met("later", source(IF_UNMODIFIED_SINCE, "{SLM+1h}"), COPIED)
                        .unmet("older", source(IF_UNMODIFIED_SINCE, "{SLM-1h}"), REFUSED)
                        .done());
    }

    private static Probe.Builder source(String condition) {
        return probe("Copy source", condition).given(FROM_SOURCE);
    }

    private static Send source(String condition, String value) {
        return COPY.header("x-amz-copy-source-" + condition.toLowerCase(Locale.ROOT), value);
    }

    private static Probe match(String operation, Send send, Then performed) {
        return probe(operation, IF_MATCH)
                .given(OVERWRITTEN)
                .met("the current tag", send.header(IF_MATCH, "{E}"), performed)
                .unmet("a tag that was current", send.header(IF_MATCH, "{S}"), REFUSED)
                .unmet("a tag never given", send.header(IF_MATCH, "{X}"), REFUSED)
                .done();
    }

    private static Probe noneMatch(String operation, Send send, Then performed, Then none) {
        return probe(operation, IF_NONE_MATCH)
                .given(PRESENT)
                .met("another tag", send.header(IF_NONE_MATCH, "{X}"), performed)
                .unmet("the current tag", send.header(IF_NONE_MATCH, "{E}"), none)
                .done();
    }

    private static Probe modified(String operation, Send send, Then performed, Then none) {
        return probe(operation, IF_MODIFIED_SINCE)
                .given(PRESENT)
                .met("older", send.header(IF_MODIFIED_SINCE, "{LM-1h}"), performed)
                .unmet("the date", send.header(IF_MODIFIED_SINCE, "{LM}"), none)
                .done();
    }

    private static Probe unmodified(String operation, Send send, Then performed, Then refused) {
        return probe(operation, IF_UNMODIFIED_SINCE)
                .given(PRESENT)
                .met("the date", send.header(IF_UNMODIFIED_SINCE, "{LM}"), performed)
                .met("later", send.header(IF_UNMODIFIED_SINCE, "{LM+1h}"), performed)
                .unmet("older", send.header(IF_UNMODIFIED_SINCE, "{LM-1h}"), refused)
                .done();
    }

    private static Probe.Builder probe(String operation, String condition) {
        Rule rule = Rule.s3(Probe.id(operation, condition), condition + " on " + operation);
        return Probe.of(operation, condition, rule.atMost(REPETITIONS));
    }
}
