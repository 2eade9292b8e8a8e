package dev.etalon.scenarios.s3.rules;

import static dev.etalon.core.rule.Rule.s3;
import static dev.etalon.core.rule.Send.delete;
import static dev.etalon.core.rule.Send.get;
import static dev.etalon.core.rule.Send.put;
import static dev.etalon.core.rule.Then.status;
import static dev.etalon.scenarios.s3.rules.S3Rules.AWS;
import static dev.etalon.scenarios.s3.rules.S3Rules.IF_MATCH;
import static dev.etalon.scenarios.s3.rules.S3Rules.IF_NONE_MATCH;
import static dev.etalon.scenarios.s3.rules.S3Rules.NOT_FOUND;
import static dev.etalon.scenarios.s3.rules.S3Rules.REFUSED;
import static dev.etalon.scenarios.s3.rules.S3Rules.WRITES;

import dev.etalon.core.rule.Rule;
import dev.etalon.core.rule.Send;
import dev.etalon.core.rule.Step;
import dev.etalon.core.rule.Then;
import java.util.List;

/** CompleteMultipartUpload: the M series. What happened between Create and Complete is the point of most. */
final class CompleteRules {
    static final Step CREATE = Step.of(Send.of("POST").query("uploads")).keep("upload", "//UploadId");
    /** {@code {part}} is its tag. */
    static final Step PART = Step.of(
                    Send.put("part {key}").query("partNumber", "1").query("uploadId", "{upload}"))
            .keep("part", "ETag");

    static final Send COMPLETE = Send.post("<CompleteMultipartUpload"
                    + " xmlns=\"http://s3.amazonaws.com/doc/2006-03-01/\"><Part><PartNumber>1</PartNumber>"
                    + "<ETag>{part}</ETag></Part></CompleteMultipartUpload>")
            .query("uploadId", "{upload}");

    static final Step WRITE = Step.of(put("old {key}")).keep("S", "ETag");
    static final Step OVERWRITE = Step.of(put("two {key}"));
    private static final Step DELETE = Step.of(delete());

    static final Then COMPLETED = status(200).holds(Send.SUBJECT, "part {key}");
    private static final Then CONFLICT =
            status(409).code("ConditionalRequestConflict").unchanged();

    private CompleteRules() {}

    static List<Rule> all() {
        return List.of(
                s3("M01", "If-None-Match: * lets CompleteMultipartUpload create")
                        .documented(WRITES)
                        .given(CREATE, PART)
                        .when(COMPLETE.header(IF_NONE_MATCH, "*"))
                        .then(COMPLETED),
                s3("M02", "If-None-Match: * refuses CompleteMultipartUpload on an object")
                        .documented(WRITES)
                        .given(WRITE, CREATE, PART)
                        .when(COMPLETE.header(IF_NONE_MATCH, "*"))
                        .then(REFUSED),
                s3("M03", "If-None-Match: * counts at Complete: an object written since Create refuses it")
                        .documented(WRITES)
                        .given(CREATE, PART, WRITE)
                        .when(COMPLETE.header(IF_NONE_MATCH, "*"))
                        .then(REFUSED),
                s3("M04", "An object deleted since Create is a conflict for If-None-Match: *")
                        .dialect(AWS, WRITES)
                        .given(WRITE, CREATE, PART, DELETE)
                        .when(COMPLETE.header(IF_NONE_MATCH, "*"))
                        .then(CONFLICT),
                s3("M05", "If-Match with the current tag lets CompleteMultipartUpload through")
                        .documented(WRITES)
                        .given(WRITE, CREATE, PART)
                        .when(COMPLETE.header(IF_MATCH, "{E}"))
                        .then(COMPLETED),
                s3("M06", "If-Match counts at Complete: the tag of an object overwritten since Create refuses it")
                        .documented(WRITES)
                        .given(WRITE, CREATE, PART, OVERWRITE)
                        .when(COMPLETE.header(IF_MATCH, "{S}"))
                        .then(REFUSED),
                s3("M07", "The tag of an object written since Create is a conflict")
                        .dialect(AWS, WRITES)
                        .given(WRITE, CREATE, PART, OVERWRITE)
                        .when(COMPLETE.header(IF_MATCH, "{E}"))
                        .then(CONFLICT),
                s3("M08", "If-Match on an object deleted since Create is not found")
                        .documented(WRITES)
                        .given(WRITE, CREATE, PART, DELETE)
                        .when(COMPLETE.header(IF_MATCH, "{S}"))
                        .then(NOT_FOUND),
                s3("M09", "An object deleted and written again since Create is a conflict for If-Match")
                        .dialect(AWS, WRITES)
                        .given(WRITE, CREATE, PART, DELETE, OVERWRITE)
                        .when(COMPLETE.header(IF_MATCH, "{E}"))
                        .then(CONFLICT),
                s3("M10", "If-Match with the tag of a multipart object lets CompleteMultipartUpload through")
                        .documented(WRITES)
                        .given(
                                CREATE,
                                Step.of(put("first {key}")
                                                .query("partNumber", "1")
                                                .query("uploadId", "{upload}"))
                                        .keep("part", "ETag"),
                                Step.of(COMPLETE),
                                CREATE,
                                PART)
                        .when(COMPLETE.header(IF_MATCH, "{E}"))
                        .then(COMPLETED),
                s3("M11", "An upload whose completion was refused is still there, to be aborted")
                        .may("Amazon S3 API Reference, CompleteMultipartUpload")
                        .given(
                                WRITE,
                                CREATE,
                                PART,
                                Step.of(COMPLETE.header(IF_NONE_MATCH, "*")).then(status(412)))
                        .when("its parts are listed", get().query("uploadId", "{upload}"))
                        .then(status(200))
                        .when("it is aborted", delete().query("uploadId", "{upload}"))
                        .then(status(204).unchanged()),
                s3("M12", "A completion that is asked for again changes nothing")
                        .may("Amazon S3 API Reference, CompleteMultipartUpload")
                        .given(CREATE, PART, Step.of(COMPLETE.header(IF_NONE_MATCH, "*")))
                        .when("nothing happened since", COMPLETE.header(IF_NONE_MATCH, "*"))
                        .then(status(200, 404, 412).unchanged())
                        .given(CREATE, PART, Step.of(COMPLETE.header(IF_NONE_MATCH, "*")), OVERWRITE)
                        .when("somebody overwrote it", COMPLETE.header(IF_NONE_MATCH, "*"))
                        .then(status(404, 409, 412).unchanged()));
    }
}
