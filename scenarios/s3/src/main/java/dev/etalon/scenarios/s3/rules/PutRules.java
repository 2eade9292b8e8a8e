package dev.etalon.scenarios.s3.rules;

import static dev.etalon.core.rule.Rule.s3;
import static dev.etalon.core.rule.Send.put;
import static dev.etalon.core.rule.Then.status;
import static dev.etalon.scenarios.s3.rules.S3Rules.ABSENT;
import static dev.etalon.scenarios.s3.rules.S3Rules.AWS;
import static dev.etalon.scenarios.s3.rules.S3Rules.DELETED;
import static dev.etalon.scenarios.s3.rules.S3Rules.IF_MATCH;
import static dev.etalon.scenarios.s3.rules.S3Rules.IF_MODIFIED_SINCE;
import static dev.etalon.scenarios.s3.rules.S3Rules.IF_NONE_MATCH;
import static dev.etalon.scenarios.s3.rules.S3Rules.IF_UNMODIFIED_SINCE;
import static dev.etalon.scenarios.s3.rules.S3Rules.NOT_FOUND;
import static dev.etalon.scenarios.s3.rules.S3Rules.NOT_IMPLEMENTED;
import static dev.etalon.scenarios.s3.rules.S3Rules.OVERWRITTEN;
import static dev.etalon.scenarios.s3.rules.S3Rules.PRESENT;
import static dev.etalon.scenarios.s3.rules.S3Rules.REFUSED;
import static dev.etalon.scenarios.s3.rules.S3Rules.VERSIONED_OBJECT;
import static dev.etalon.scenarios.s3.rules.S3Rules.VERSIONING;
import static dev.etalon.scenarios.s3.rules.S3Rules.WRITES;

import dev.etalon.core.rule.Rule;
import dev.etalon.core.rule.Then;
import java.util.List;

/** PutObject: the P series. */
final class PutRules {
    private static final Then WRITTEN = status(200).header("ETag").written();

    private PutRules() {}

    static List<Rule> all() {
        return List.of(
                s3("P01", "If-None-Match: * lets PutObject create")
                        .documented(WRITES)
                        .given(ABSENT)
                        .when(put().header(IF_NONE_MATCH, "*"))
                        .then(WRITTEN),
                s3("P02", "If-None-Match: * refuses PutObject on an object")
                        .documented(WRITES)
                        .given(PRESENT)
                        .when(put().header(IF_NONE_MATCH, "*"))
                        .then(REFUSED),
                s3("P03", "If-None-Match: * lets PutObject create what was deleted")
                        .documented(WRITES)
                        .given(DELETED)
                        .when(put().header(IF_NONE_MATCH, "*"))
                        .then(WRITTEN),
                s3("P04", "If-None-Match with a tag is not implemented for PutObject")
                        .dialect(AWS, WRITES)
                        .given(PRESENT)
                        .when("the current tag", put().header(IF_NONE_MATCH, "{E}"))
                        .then(NOT_IMPLEMENTED)
                        .when("another tag", put().header(IF_NONE_MATCH, "{X}"))
                        .then(NOT_IMPLEMENTED)
                        .given(ABSENT)
                        .when("a tag, no object", put().header(IF_NONE_MATCH, "{X}"))
                        .then(NOT_IMPLEMENTED),
                s3("P05", "If-Match with the current tag lets PutObject through")
                        .documented(WRITES)
                        .given(PRESENT)
                        .when(put().header(IF_MATCH, "{E}"))
                        .then(WRITTEN),
                s3("P06", "If-Match takes a tag without quotes for the tag")
                        .dialect(AWS, "recorded on Amazon S3")
                        .given(PRESENT)
                        .when(put().header(IF_MATCH, "{E.raw}"))
                        .then(WRITTEN),
                s3("P07", "If-Match takes a tag without its last quote for the tag")
                        .dialect(AWS, "recorded on Amazon S3")
                        .given(PRESENT)
                        .when(put().header(IF_MATCH, "{E.open}"))
                        .then(WRITTEN),
                s3("P08", "If-Match with another tag refuses PutObject")
                        .documented(WRITES)
                        .given(OVERWRITTEN)
                        .when("a tag that was current", put().header(IF_MATCH, "{S}"))
                        .then(REFUSED)
                        .when("a tag never given", put().header(IF_MATCH, "{X}"))
                        .then(REFUSED),
                s3("P09", "If-Match on a missing object is not found, and not refused")
                        .documented(WRITES)
                        .given(ABSENT)
                        .when("never there", put().header(IF_MATCH, "{X}"))
                        .then(NOT_FOUND)
                        .given(DELETED)
                        .when("deleted", put().header(IF_MATCH, "{S}"))
                        .then(NOT_FOUND),
                s3("P10", "If-Match: * is not implemented for PutObject")
                        .dialect(AWS, "recorded on Amazon S3")
                        .given(PRESENT)
                        .when("an object", put().header(IF_MATCH, "*"))
                        .then(NOT_IMPLEMENTED)
                        .given(ABSENT)
                        .when("no object", put().header(IF_MATCH, "*"))
                        .then(NOT_IMPLEMENTED),
                s3("P11", "If-Match and If-None-Match together are not implemented for PutObject")
                        .dialect(AWS, "recorded on Amazon S3")
                        .given(PRESENT)
                        .when(put().header(IF_MATCH, "{E}").header(IF_NONE_MATCH, "*"))
                        .then(NOT_IMPLEMENTED),
                s3("P12", "A delete marker is no object: If-None-Match: * lets PutObject create")
                        .documented(WRITES)
                        .needs(VERSIONING)
                        .about(VERSIONED_OBJECT)
                        .given(DELETED)
                        .when(put().header(IF_NONE_MATCH, "*"))
                        .then(WRITTEN),
                s3("P13", "A delete marker is no object: If-Match with an old tag is not found")
                        .documented(WRITES)
                        .needs(VERSIONING)
                        .about(VERSIONED_OBJECT)
                        .given(DELETED)
                        .when(put().header(IF_MATCH, "{S}"))
                        .then(NOT_FOUND),
                s3("P14", "Only the current version counts for If-Match and If-None-Match")
                        .documented(WRITES)
                        .needs(VERSIONING)
                        .about(VERSIONED_OBJECT)
                        .given(OVERWRITTEN)
                        .when("tag of the version before", put().header(IF_MATCH, "{S}"))
                        .then(REFUSED)
                        .when("tag of the current version", put().header(IF_MATCH, "{E}"))
                        .then(WRITTEN)
                        .when("*", put().header(IF_NONE_MATCH, "*"))
                        .then(REFUSED),
                s3("P18", "Dates are no conditions for PutObject")
                        .dialect(AWS, "Amazon S3 API Reference, PutObject")
                        .given(PRESENT)
                        .when("If-Unmodified-Since", put().header(IF_UNMODIFIED_SINCE, "{LM-1h}"))
                        .then(WRITTEN)
                        .when("If-Modified-Since", put().header(IF_MODIFIED_SINCE, "{LM}"))
                        .then(WRITTEN));
    }
}
