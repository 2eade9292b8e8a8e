package dev.etalon.scenarios.s3.rules;

import static dev.etalon.core.rule.Rule.s3;
import static dev.etalon.core.rule.Then.status;
import static dev.etalon.scenarios.s3.rules.CompleteRules.CREATE;
import static dev.etalon.scenarios.s3.rules.S3Rules.AWS;
import static dev.etalon.scenarios.s3.rules.S3Rules.IF_MATCH;
import static dev.etalon.scenarios.s3.rules.S3Rules.IF_NONE_MATCH;
import static dev.etalon.scenarios.s3.rules.S3Rules.NOT_FOUND;
import static dev.etalon.scenarios.s3.rules.S3Rules.NOT_IMPLEMENTED;
import static dev.etalon.scenarios.s3.rules.S3Rules.PRESENT;
import static dev.etalon.scenarios.s3.rules.S3Rules.REFUSED;
import static dev.etalon.scenarios.s3.rules.S3Rules.VERSIONED_OBJECT;
import static dev.etalon.scenarios.s3.rules.S3Rules.VERSIONING;

import dev.etalon.core.rule.Rule;
import dev.etalon.core.rule.Send;
import dev.etalon.core.rule.Step;
import dev.etalon.core.rule.Then;
import java.util.List;

/** CopyObject and UploadPartCopy: the C series. The subject is the destination; a condition speaks of the side its name says. */
final class CopyRules {
    private static final String PAGE = "Amazon S3 API Reference, CopyObject";
    private static final String PART_PAGE = "Amazon S3 API Reference, UploadPartCopy";
    private static final String SOURCE = "{subject}-source";
    private static final String SOURCE_IF_MATCH = "x-amz-copy-source-if-match";
    private static final String SOURCE_IF_NONE_MATCH = "x-amz-copy-source-if-none-match";
    private static final String SOURCE_IF_MODIFIED_SINCE = "x-amz-copy-source-if-modified-since";
    private static final String SOURCE_IF_UNMODIFIED_SINCE = "x-amz-copy-source-if-unmodified-since";

    /** {@code {SE}} and {@code {SLM}} are the validators of the source. */
    static final Step[] FROM_SOURCE = {
        Step.of(Send.put("copy {key}").at(SOURCE)),
        Step.of(Send.head().at(SOURCE)).keep("SE", "ETag").keep("SLM", "Last-Modified")
    };

    /** {@code {SS}} is a tag that the source had. */
    private static final Step[] FROM_OVERWRITTEN = {
        Step.of(Send.put("former {key}").at(SOURCE)).keepSuperseded("SS", "ETag", "SE"), FROM_SOURCE[0], FROM_SOURCE[1]
    };

    static final Step DESTINATION = Step.of(Send.put("old {key}"));
    private static final Step MARKER = Step.of(Send.delete());

    static final Send COPY = Send.of("PUT").header("x-amz-copy-source", "/" + SOURCE);
    private static final Send ONTO_ITSELF = Send.of("PUT")
            .header("x-amz-copy-source", "/" + Send.SUBJECT)
            .header("x-amz-metadata-directive", "REPLACE");

    static final Then COPIED = status(200).holds(Send.SUBJECT, "copy {key}");

    private static final Send COPY_PART = COPY.query("partNumber", "1").query("uploadId", "{upload}");

    /** Before the upload is complete nothing of it is to be seen. */
    private static final Then PART_COPIED = status(200).noElement("/Error").unchanged();

    private static final Step[] PART_FROM_SOURCE = {FROM_SOURCE[0], FROM_SOURCE[1], CREATE};

    private CopyRules() {}

    static List<Rule> all() {
        return List.of(
                s3("C01", "copy-source-if-match speaks of the source")
                        .documented(PAGE)
                        .given(FROM_SOURCE)
                        .when("its tag", COPY.header(SOURCE_IF_MATCH, "{SE}"))
                        .then(COPIED)
                        .when("another tag", COPY.header(SOURCE_IF_MATCH, "{X}"))
                        .then(REFUSED)
                        .given(FROM_OVERWRITTEN)
                        .when("a tag it had", COPY.header(SOURCE_IF_MATCH, "{SS}"))
                        .then(REFUSED)
                        .given(FROM_SOURCE[0], FROM_SOURCE[1], DESTINATION)
                        .when("the tag of the destination", COPY.header(SOURCE_IF_MATCH, "{E}"))
                        .then(REFUSED),
                s3("C02", "copy-source-if-none-match speaks of the source, and a match is 412, never 304")
                        .documented(PAGE)
                        .given(FROM_SOURCE)
                        .when("another tag", COPY.header(SOURCE_IF_NONE_MATCH, "{X}"))
                        .then(COPIED)
                        .when("its tag", COPY.header(SOURCE_IF_NONE_MATCH, "{SE}"))
                        .then(REFUSED)
                        .given(FROM_OVERWRITTEN)
                        .when("a tag it had", COPY.header(SOURCE_IF_NONE_MATCH, "{SS}"))
                        .then(COPIED)
                        .given(FROM_SOURCE[0], FROM_SOURCE[1], DESTINATION)
                        .when("the tag of the destination", COPY.header(SOURCE_IF_NONE_MATCH, "{E}"))
                        .then(COPIED),
                s3("C03", "copy-source-if-modified-since with the date of the source is 412, never 304")
                        .documented(PAGE)
                        .given(FROM_SOURCE)
                        .when("older", COPY.header(SOURCE_IF_MODIFIED_SINCE, "{SLM-1h}"))
                        .then(COPIED)
                        .when("its date", COPY.header(SOURCE_IF_MODIFIED_SINCE, "{SLM}"))
                        .then(REFUSED),
                s3("C04", "copy-source-if-unmodified-since with an older date is refused")
                        .documented(PAGE)
                        .given(FROM_SOURCE)
                        .when("its date", COPY.header(SOURCE_IF_UNMODIFIED_SINCE, "{SLM}"))
                        .then(COPIED)
                        .when("older", COPY.header(SOURCE_IF_UNMODIFIED_SINCE, "{SLM-1h}"))
                        .then(REFUSED),
                s3("C05", "copy-source-if-unmodified-since is ignored beside a copy-source-if-match that is true")
                        .documented(PAGE)
                        .given(FROM_SOURCE)
                        .when(COPY.header(SOURCE_IF_MATCH, "{SE}").header(SOURCE_IF_UNMODIFIED_SINCE, "{SLM-1h}"))
                        .then(COPIED),
                s3("C06", "copy-source-if-modified-since does not save a copy-source-if-none-match that is false")
                        .documented(PAGE)
                        .given(FROM_SOURCE)
                        .when(COPY.header(SOURCE_IF_NONE_MATCH, "{SE}").header(SOURCE_IF_MODIFIED_SINCE, "{SLM-1h}"))
                        .then(REFUSED),
                s3("C07", "A copy-source-if-modified-since in the future is ignored")
                        .dialect(AWS, "recorded on Amazon S3")
                        .given(FROM_SOURCE)
                        .when(COPY.header(SOURCE_IF_MODIFIED_SINCE, "{SLM+1h}"))
                        .then(COPIED),
                s3("C08", "copy-source-if-match takes a tag without quotes for the tag")
                        .dialect(AWS, "recorded on Amazon S3")
                        .given(FROM_SOURCE)
                        .when(COPY.header(SOURCE_IF_MATCH, "{SE.raw}"))
                        .then(COPIED),
                s3("C09", "If-None-Match: * of a copy speaks of the destination")
                        .documented(PAGE)
                        .given(FROM_SOURCE)
                        .when("no destination", COPY.header(IF_NONE_MATCH, "*"))
                        .then(COPIED)
                        .given(FROM_SOURCE[0], FROM_SOURCE[1], DESTINATION)
                        .when("a destination", COPY.header(IF_NONE_MATCH, "*"))
                        .then(REFUSED)
                        .when("a destination, its tag in If-Match", COPY.header(IF_MATCH, "{E}"))
                        .then(COPIED)
                        .when("a destination, the tag of the source in If-Match", COPY.header(IF_MATCH, "{SE}"))
                        .then(REFUSED),
                s3("C11", "If-Match of a copy without a destination is not found")
                        .documented(PAGE)
                        .given(FROM_SOURCE)
                        .when("a tag never given", COPY.header(IF_MATCH, "{X}"))
                        .then(NOT_FOUND)
                        .when("the tag of the source", COPY.header(IF_MATCH, "{SE}"))
                        .then(NOT_FOUND),
                s3("C12", "A delete marker is no destination: If-None-Match: * lets a copy create")
                        .documented(PAGE)
                        .needs(VERSIONING)
                        .about(VERSIONED_OBJECT)
                        .given(FROM_SOURCE[0], FROM_SOURCE[1], DESTINATION, MARKER)
                        .when(COPY.header(IF_NONE_MATCH, "*"))
                        .then(COPIED),
                s3("C13", "Other conditions on the destination of a copy are not implemented")
                        .dialect(AWS, "recorded on Amazon S3")
                        .given(FROM_SOURCE[0], FROM_SOURCE[1], DESTINATION)
                        .when("If-None-Match with a tag", COPY.header(IF_NONE_MATCH, "{X}"))
                        .then(NOT_IMPLEMENTED)
                        .when("If-Match: *", COPY.header(IF_MATCH, "*"))
                        .then(NOT_IMPLEMENTED)
                        .when("both", COPY.header(IF_MATCH, "{E}").header(IF_NONE_MATCH, "*"))
                        .then(NOT_IMPLEMENTED),
                s3("C14", "A copy onto itself meets the conditions on its destination")
                        .documented(PAGE)
                        .given(PRESENT)
                        .when("If-None-Match: *", ONTO_ITSELF.header(IF_NONE_MATCH, "*"))
                        .then(REFUSED)
                        .when("If-Match with its tag", ONTO_ITSELF.header(IF_MATCH, "{E}"))
                        .then(status(200).holds(Send.SUBJECT, "old {key}")),
                s3("C15", "The conditions on the source of UploadPartCopy are those of CopyObject")
                        .documented(PART_PAGE)
                        .given(PART_FROM_SOURCE)
                        .when("if-match, its tag", COPY_PART.header(SOURCE_IF_MATCH, "{SE}"))
                        .then(PART_COPIED)
                        .when("if-match, another tag", COPY_PART.header(SOURCE_IF_MATCH, "{X}"))
                        .then(REFUSED)
                        .when("if-none-match, another tag", COPY_PART.header(SOURCE_IF_NONE_MATCH, "{X}"))
                        .then(PART_COPIED)
                        .when("if-none-match, its tag", COPY_PART.header(SOURCE_IF_NONE_MATCH, "{SE}"))
                        .then(REFUSED)
                        .when("if-modified-since, older", COPY_PART.header(SOURCE_IF_MODIFIED_SINCE, "{SLM-1h}"))
                        .then(PART_COPIED)
                        .when("if-modified-since, its date", COPY_PART.header(SOURCE_IF_MODIFIED_SINCE, "{SLM}"))
                        .then(REFUSED)
                        .when("if-unmodified-since, its date", COPY_PART.header(SOURCE_IF_UNMODIFIED_SINCE, "{SLM}"))
                        .then(PART_COPIED)
                        .when("if-unmodified-since, older", COPY_PART.header(SOURCE_IF_UNMODIFIED_SINCE, "{SLM-1h}"))
                        .then(REFUSED)
                        .when(
                                "if-match true, if-unmodified-since false",
                                COPY_PART
                                        .header(SOURCE_IF_MATCH, "{SE}")
                                        .header(SOURCE_IF_UNMODIFIED_SINCE, "{SLM-1h}"))
                        .then(PART_COPIED)
                        .when(
                                "if-none-match false, if-modified-since true",
                                COPY_PART
                                        .header(SOURCE_IF_NONE_MATCH, "{SE}")
                                        .header(SOURCE_IF_MODIFIED_SINCE, "{SLM-1h}"))
                        .then(REFUSED),
                s3("C16", "UploadPartCopy has no conditions on its destination, which it does not touch")
                        .may(PART_PAGE)
                        .given(FROM_SOURCE[0], FROM_SOURCE[1], DESTINATION, CREATE)
                        .when("If-None-Match: *", COPY_PART.header(IF_NONE_MATCH, "*"))
                        .then(status(200, 400, 412, 501).unchanged())
                        .when("If-Match with another tag", COPY_PART.header(IF_MATCH, "{X}"))
                        .then(status(200, 400, 412, 501).unchanged()),
                s3("C17", "A delete marker is no destination: If-Match of a copy is not found")
                        .documented(PAGE)
                        .needs(VERSIONING)
                        .about(VERSIONED_OBJECT)
                        .given(FROM_SOURCE[0], FROM_SOURCE[1], DESTINATION.keep("S", "ETag"), MARKER)
                        .when(COPY.header(IF_MATCH, "{S}"))
                        .then(NOT_FOUND),
                s3("C18", "UploadPartCopy takes a tag without quotes for the tag, and ignores a date in the future")
                        .dialect(AWS, "recorded on Amazon S3 for CopyObject")
                        .given(PART_FROM_SOURCE)
                        .when("a tag without quotes", COPY_PART.header(SOURCE_IF_MATCH, "{SE.raw}"))
                        .then(PART_COPIED)
                        .when("a date in the future", COPY_PART.header(SOURCE_IF_MODIFIED_SINCE, "{SLM+1h}"))
                        .then(PART_COPIED));
    }
}
