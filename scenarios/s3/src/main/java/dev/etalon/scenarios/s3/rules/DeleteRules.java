package dev.etalon.scenarios.s3.rules;

import static dev.etalon.core.rule.Rule.s3;
import static dev.etalon.core.rule.Send.delete;
import static dev.etalon.core.rule.Then.status;
import static dev.etalon.scenarios.s3.rules.S3Rules.ABSENT;
import static dev.etalon.scenarios.s3.rules.S3Rules.AWS;
import static dev.etalon.scenarios.s3.rules.S3Rules.DELETED;
import static dev.etalon.scenarios.s3.rules.S3Rules.DELETES;
import static dev.etalon.scenarios.s3.rules.S3Rules.IF_MATCH;
import static dev.etalon.scenarios.s3.rules.S3Rules.NOT_FOUND;
import static dev.etalon.scenarios.s3.rules.S3Rules.NOT_IMPLEMENTED;
import static dev.etalon.scenarios.s3.rules.S3Rules.OVERWRITTEN;
import static dev.etalon.scenarios.s3.rules.S3Rules.PRESENT;
import static dev.etalon.scenarios.s3.rules.S3Rules.REFUSED;
import static dev.etalon.scenarios.s3.rules.S3Rules.VERSIONED_OBJECT;
import static dev.etalon.scenarios.s3.rules.S3Rules.VERSIONING;

import dev.etalon.core.rule.Rule;
import dev.etalon.core.rule.Send;
import dev.etalon.core.rule.Step;
import dev.etalon.core.rule.Then;
import java.util.List;

/** DeleteObject and DeleteObjects: the D series. */
final class DeleteRules {
    private static final Then DELETED_NOW = status(204).gone();
    private static final String OTHER = "{subject}-other";

    private DeleteRules() {}

    static List<Rule> all() {
        return List.of(
                s3("D01", "If-Match with the current tag lets DeleteObject through")
                        .documented(DELETES)
                        .given(PRESENT)
                        .when(delete().header(IF_MATCH, "{E}"))
                        .then(DELETED_NOW),
                s3("D02", "If-Match with another tag refuses DeleteObject")
                        .documented(DELETES)
                        .given(OVERWRITTEN)
                        .when("a tag that was current", delete().header(IF_MATCH, "{S}"))
                        .then(REFUSED)
                        .when("a tag never given", delete().header(IF_MATCH, "{X}"))
                        .then(REFUSED),
                s3("D03", "If-Match: * lets DeleteObject through on an object")
                        .documented(DELETES)
                        .given(PRESENT)
                        .when(delete().header(IF_MATCH, "*"))
                        .then(DELETED_NOW),
                s3("D04", "A conditional DeleteObject of nothing is not found")
                        .documented("recorded on Amazon S3")
                        .given(ABSENT)
                        .when("a tag", delete().header(IF_MATCH, "{X}"))
                        .then(NOT_FOUND)
                        .when("*", delete().header(IF_MATCH, "*"))
                        .then(NOT_FOUND),
                s3("D05", "A delete marker is no object: a conditional DeleteObject does not succeed")
                        .documented(DELETES)
                        .needs(VERSIONING)
                        .about(VERSIONED_OBJECT)
                        .given(DELETED)
                        .when("the old tag", delete().header(IF_MATCH, "{S}"))
                        .then(status(404, 412).gone())
                        .when("*", delete().header(IF_MATCH, "*"))
                        .then(status(404, 412).gone()),
                s3("D06", "If-Match with the current tag lays a delete marker")
                        .documented(DELETES)
                        .needs(VERSIONING)
                        .about(VERSIONED_OBJECT)
                        .given(OVERWRITTEN)
                        .when("the current tag", delete().header(IF_MATCH, "{E}"))
                        .then(DELETED_NOW.header("x-amz-delete-marker", "true"))
                        .when("tag of the version before", delete().header(IF_MATCH, "{S}"))
                        .then(REFUSED),
                s3("D07", "If-Match beside a version id is not implemented for DeleteObject")
                        .dialect(AWS, "recorded on Amazon S3")
                        .needs(VERSIONING)
                        .about(VERSIONED_OBJECT)
                        .given(Step.of(Send.put("old {key}")).keep("version", "x-amz-version-id"))
                        .when(delete().query("versionId", "{version}").header(IF_MATCH, "{E}"))
                        .then(NOT_IMPLEMENTED),
                s3("D08", "Size and date are no conditions for DeleteObject on general purpose buckets")
                        .dialect(AWS, "recorded on Amazon S3")
                        .given(PRESENT)
                        .when("size", delete().header("x-amz-if-match-size", "1"))
                        .then(NOT_IMPLEMENTED)
                        .when("date", delete().header("x-amz-if-match-last-modified-time", "{LM-1h}"))
                        .then(NOT_IMPLEMENTED),
                s3("D13", "DeleteObjects compares the tag of each key")
                        .documented(DELETES)
                        .given(PRESENT[0], Step.of(Send.put("old {key}").at(OTHER)))
                        .when(
                                "one right, one wrong",
                                deleteObjects(tagged("{key}", "{E}"), tagged("{key}-other", "{X}")))
                        .then(status(200)
                                .element("//Deleted[Key='{key}']/Key", "{key}")
                                .element("//Error[Key='{key}-other']/Code", "PreconditionFailed")
                                .noElement("//Deleted[Key='{key}-other']")
                                .gone()
                                .unchanged(OTHER)),
                s3("D15", "DeleteObjects with a tag for nothing has an error for that key")
                        .dialect(AWS, "reported of Amazon S3")
                        .given(ABSENT)
                        .when(deleteObjects(tagged("{key}", "{X}")))
                        .then(status(200)
                                .element(
                                        "//Error[Key='{key}']/Code", "NoSuchKey", "NoSuchVersion", "PreconditionFailed")
                                .noElement("//Deleted[Key='{key}']")
                                .gone()),
                s3("D17", "A quiet DeleteObjects still tells what it refused")
                        .documented("Amazon S3 API Reference, DeleteObjects")
                        .given(PRESENT[0], Step.of(Send.put("old {key}").at(OTHER)))
                        .when(
                                "one right, one wrong",
                                deleteObjects(
                                        "<Quiet>true</Quiet>", tagged("{key}", "{E}"), tagged("{key}-other", "{X}")))
                        .then(status(200)
                                .element("//Error[Key='{key}-other']/Code", "PreconditionFailed")
                                .noElement("//Deleted")
                                .gone()
                                .unchanged(OTHER)),
                s3("D18", "The tag of one key of DeleteObjects is no condition on another")
                        .documented(DELETES)
                        .given(PRESENT[0], Step.of(Send.put("old {key}").at(OTHER)))
                        .when(
                                "a wrong tag, and a key without one",
                                deleteObjects(tagged("{key}", "{X}"), "<Object><Key>{key}-other</Key></Object>"))
                        .then(status(200)
                                .element("//Error[Key='{key}']/Code", "PreconditionFailed")
                                .element("//Deleted[Key='{key}-other']/Key", "{key}-other")
                                .unchanged()
                                .gone(OTHER)));
    }

    static Send deleteObjects(String... objects) {
        return Send.post("<Delete xmlns=\"http://s3.amazonaws.com/doc/2006-03-01/\">" + String.join("", objects)
                        + "</Delete>")
                .at("{bucket}")
                .query("delete")
                .header("Content-MD5", "{md5}")
                .header("Content-Type", "application/xml");
    }

    static String tagged(String key, String tag) {
        return "<Object><Key>" + key + "</Key><ETag>" + tag + "</ETag></Object>";
    }
}
