package dev.etalon.scenarios.s3.rules;

import static dev.etalon.core.rule.Rule.s3;
import static dev.etalon.core.rule.Send.get;
import static dev.etalon.core.rule.Send.head;
import static dev.etalon.core.rule.Send.put;
import static dev.etalon.core.rule.Then.status;
import static dev.etalon.scenarios.s3.rules.CompleteRules.COMPLETE;
import static dev.etalon.scenarios.s3.rules.CompleteRules.CREATE;
import static dev.etalon.scenarios.s3.rules.CompleteRules.PART;
import static dev.etalon.scenarios.s3.rules.S3Rules.ABSENT;
import static dev.etalon.scenarios.s3.rules.S3Rules.AWS;
import static dev.etalon.scenarios.s3.rules.S3Rules.IF_MATCH;
import static dev.etalon.scenarios.s3.rules.S3Rules.IF_MODIFIED_SINCE;
import static dev.etalon.scenarios.s3.rules.S3Rules.IF_NONE_MATCH;
import static dev.etalon.scenarios.s3.rules.S3Rules.IF_UNMODIFIED_SINCE;
import static dev.etalon.scenarios.s3.rules.S3Rules.OVERWRITTEN;
import static dev.etalon.scenarios.s3.rules.S3Rules.PRESENT;
import static dev.etalon.scenarios.s3.rules.S3Rules.READS;

import dev.etalon.core.rule.ReadMatrix;
import dev.etalon.core.rule.Rule;
import dev.etalon.core.rule.Send;
import dev.etalon.core.rule.Step;
import dev.etalon.core.rule.Then;
import java.util.List;
import java.util.Set;

/** GetObject and HeadObject: the G series. */
final class ReadRules {
    private static final Then FOUND = status(200);
    private static final Then REFUSED = status(412).code("PreconditionFailed");
    private static final Then NOT_MODIFIED = status(304).header("ETag", "{E}");
    private static final Then MISSING = status(404).code("NoSuchKey");

    private ReadRules() {}

    /** The same example with GET and with HEAD. */
    private static Rule both(Rule rule, String name, String header, String value, Then then) {
        return rule.when("GET, " + name, get().header(header, value))
                .then(then)
                .when("HEAD, " + name, head().header(header, value))
                .then(then);
    }

    private static Rule two(Rule rule, String header, String value, String otherHeader, String otherValue, Then then) {
        return rule.when("GET", get().header(header, value).header(otherHeader, otherValue))
                .then(then)
                .when("HEAD", head().header(header, value).header(otherHeader, otherValue))
                .then(then);
    }

    private static Rule read(String id, String title) {
        return s3(id, title).documented(READS).given(PRESENT);
    }

    private static Rule ifMatch() {
        Rule rule = read("G01", "If-Match decides a read").given(OVERWRITTEN);
        rule = both(rule, "the current tag", IF_MATCH, "{E}", FOUND);
        rule = both(rule, "a tag that was current", IF_MATCH, "{S}", REFUSED);
        return both(rule, "a tag never given", IF_MATCH, "{X}", REFUSED);
    }

    private static Rule ifNoneMatch() {
        Rule rule = read("G02", "If-None-Match decides a read, and 304 says the tag")
                .given(OVERWRITTEN);
        rule = both(rule, "the current tag", IF_NONE_MATCH, "{E}", NOT_MODIFIED);
        return both(rule, "a tag that was current", IF_NONE_MATCH, "{S}", FOUND);
    }

    private static Rule ifModifiedSince() {
        Rule rule = read("G03", "If-Modified-Since decides a read");
        rule = both(rule, "older", IF_MODIFIED_SINCE, "{LM-1h}", FOUND);
        return both(rule, "the date", IF_MODIFIED_SINCE, "{LM}", status(304));
    }

    private static Rule ifUnmodifiedSince() {
        Rule rule = read("G04", "If-Unmodified-Since decides a read");
        rule = both(rule, "the date", IF_UNMODIFIED_SINCE, "{LM}", FOUND);
        rule = both(rule, "later", IF_UNMODIFIED_SINCE, "{LM+1h}", FOUND);
        return both(rule, "older", IF_UNMODIFIED_SINCE, "{LM-1h}", REFUSED);
    }

    private static Rule wildcard() {
        Rule rule = read("G10", "* stands for any object");
        rule = both(rule, "If-Match", IF_MATCH, "*", FOUND);
        return both(rule, "If-None-Match", IF_NONE_MATCH, "*", status(304));
    }

    private static Rule missing() {
        Rule rule = read("G11", "A read of nothing is not found, whatever its conditions")
                .given(ABSENT);
        String date = "Mon, 01 Jan 2001 00:00:00 GMT";
        rule = both(rule, "If-Match", IF_MATCH, "{X}", MISSING);
        rule = both(rule, "If-Match: *", IF_MATCH, "*", MISSING);
        rule = both(rule, "If-None-Match", IF_NONE_MATCH, "{X}", MISSING);
        rule = both(rule, "If-None-Match: *", IF_NONE_MATCH, "*", MISSING);
        rule = both(rule, "If-Modified-Since", IF_MODIFIED_SINCE, date, MISSING);
        return both(rule, "If-Unmodified-Since", IF_UNMODIFIED_SINCE, date, MISSING);
    }

    private static Rule matrix() {
        Rule rule = read("G17", "All combinations of the four headers are evaluated in one order")
                .atMost(3);
        return ReadMatrix.addTo(ReadMatrix.addTo(rule, get(), Set.of(304)), head(), Set.of(304));
    }

    private static Rule multipart() {
        Rule rule = read("G18", "A condition decides a read of one part").given(CREATE, PART, Step.of(COMPLETE));
        for (Send read : List.of(get(), head())) {
            Send part = read.query("partNumber", "1");
            rule = rule.when(read.method() + ", If-Match, the current tag", part.header(IF_MATCH, "{E}"))
                    .then(status(200, 206).header("ETag", "{E}"))
                    .when(read.method() + ", If-Match, another tag", part.header(IF_MATCH, "{X}"))
                    .then(REFUSED)
                    .when(read.method() + ", If-None-Match, the current tag", part.header(IF_NONE_MATCH, "{E}"))
                    .then(status(304));
        }
        return rule;
    }

    private static final Send RANGE = get().header("Range", "bytes=0-3");

    static List<Rule> all() {
        return List.of(
                ifMatch(),
                ifNoneMatch(),
                ifModifiedSince(),
                ifUnmodifiedSince(),
                two(
                        read("G05", "If-Unmodified-Since is ignored beside an If-Match that is true"),
                        IF_MATCH,
                        "{E}",
                        IF_UNMODIFIED_SINCE,
                        "{LM-1h}",
                        FOUND),
                two(
                        read("G06", "If-Modified-Since is ignored beside an If-None-Match that is false"),
                        IF_NONE_MATCH,
                        "{E}",
                        IF_MODIFIED_SINCE,
                        "{LM-1h}",
                        NOT_MODIFIED),
                two(
                        read("G07", "If-Unmodified-Since is evaluated before If-None-Match"),
                        IF_NONE_MATCH,
                        "{E}",
                        IF_UNMODIFIED_SINCE,
                        "{LM-1h}",
                        REFUSED),
                two(
                        read("G08", "If-Match is evaluated before If-None-Match"),
                        IF_MATCH,
                        "{X}",
                        IF_NONE_MATCH,
                        "{E}",
                        REFUSED),
                two(
                        read("G09", "If-Modified-Since is evaluated although If-Match is true"),
                        IF_MATCH,
                        "{E}",
                        IF_MODIFIED_SINCE,
                        "{LM}",
                        status(304)),
                wildcard(),
                missing(),
                both(
                        read("G12", "An If-Modified-Since in the future is ignored")
                                .dialect(AWS, "recorded on Amazon S3"),
                        "an hour ahead",
                        IF_MODIFIED_SINCE,
                        "{LM+1h}",
                        FOUND),
                s3("G13", "A tag is found in a list")
                        .should("RFC 9110 §13.1.1, §13.1.2")
                        .given(PRESENT)
                        .when("If-Match", get().header(IF_MATCH, "{X}, {E}"))
                        .then(FOUND)
                        .when("If-None-Match", get().header(IF_NONE_MATCH, "{X}, {E}"))
                        .then(NOT_MODIFIED),
                s3("G14", "If-None-Match compares weakly")
                        .should("RFC 9110 §13.1.2")
                        .given(PRESENT)
                        .when(get().header(IF_NONE_MATCH, "{E.weak}"))
                        .then(NOT_MODIFIED),
                s3("G15", "If-Match compares strongly")
                        .should("RFC 9110 §13.1.1")
                        .given(PRESENT)
                        .when(get().header(IF_MATCH, "{E.weak}"))
                        .then(REFUSED),
                s3("G16", "A range is never read of another version than the condition names")
                        .documented("Amazon S3 API Reference, GetObject; RFC 9110 §13.2.2")
                        .given(OVERWRITTEN)
                        .when("If-Match, the current tag", RANGE.header(IF_MATCH, "{E}"))
                        .then(status(206))
                        .when("If-Match, a tag that was current", RANGE.header(IF_MATCH, "{S}"))
                        .then(REFUSED),
                matrix(),
                multipart(),
                s3("G19", "The tag that CompleteMultipartUpload gives is the one that counts")
                        .documented("Amazon S3 API Reference, CompleteMultipartUpload")
                        .given(CREATE, PART, Step.of(COMPLETE).keep("T", "//ETag"))
                        .when("If-Match on a read", get().header(IF_MATCH, "{T.quoted}"))
                        .then(FOUND)
                        .when("If-None-Match on a read", get().header(IF_NONE_MATCH, "{T.quoted}"))
                        .then(status(304))
                        .when("If-Match on a write", put().header(IF_MATCH, "{T.quoted}"))
                        .then(status(200).written()),
                s3("G20", "The tag of an object that came in parts is not the MD5 of its content")
                        .dialect(AWS, "Amazon S3 API Reference, Object")
                        .given(CREATE, PART, Step.of(COMPLETE))
                        .when("If-Match on a read", get().header(IF_MATCH, "{part}"))
                        .then(REFUSED)
                        .when("If-Match on a write", put().header(IF_MATCH, "{part}"))
                        .then(REFUSED.unchanged()),
                s3("G21", "A tag stands in double quotes, the same for who wrote and who reads")
                        .must("RFC 9110 §8.8.3")
                        .given(Step.of(put("old {key}")).keep("T", "ETag"))
                        .when("GET", get())
                        .then(FOUND.header("ETag", "{T}").header("ETag", "{T.quoted}"))
                        .when("HEAD", head())
                        .then(FOUND.header("ETag", "{T}").header("ETag", "{T.quoted}")),
                s3("G22", "A read takes a tag without quotes for the tag")
                        .dialect(AWS, "recorded on Amazon S3")
                        .given(PRESENT)
                        .when("If-Match", get().header(IF_MATCH, "{E.raw}"))
                        .then(FOUND)
                        .when("If-None-Match", get().header(IF_NONE_MATCH, "{E.raw}"))
                        .then(status(304)));
    }
}
