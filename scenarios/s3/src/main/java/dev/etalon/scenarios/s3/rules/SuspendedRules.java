package dev.etalon.scenarios.s3.rules;

import static dev.etalon.core.rule.Rule.s3;
import static dev.etalon.core.rule.Send.delete;
import static dev.etalon.core.rule.Send.put;
import static dev.etalon.core.rule.Then.status;
import static dev.etalon.scenarios.s3.rules.S3Rules.DELETED;
import static dev.etalon.scenarios.s3.rules.S3Rules.DELETES;
import static dev.etalon.scenarios.s3.rules.S3Rules.IF_MATCH;
import static dev.etalon.scenarios.s3.rules.S3Rules.IF_NONE_MATCH;
import static dev.etalon.scenarios.s3.rules.S3Rules.NOT_FOUND;
import static dev.etalon.scenarios.s3.rules.S3Rules.OVERWRITTEN;
import static dev.etalon.scenarios.s3.rules.S3Rules.REFUSED;
import static dev.etalon.scenarios.s3.rules.S3Rules.SUSPENDED_OBJECT;
import static dev.etalon.scenarios.s3.rules.S3Rules.SUSPENSION;
import static dev.etalon.scenarios.s3.rules.S3Rules.WRITES;

import dev.etalon.core.rule.Rule;
import dev.etalon.core.rule.Then;
import java.util.List;

/**
 * Buckets whose versioning was suspended: the SU series. What P12 to P14, D05 and D06 say of versions is true of the one
 * version that is kept there, and of the marker that takes its place.
 */
final class SuspendedRules {
    private static final Then WRITTEN = status(200).header("ETag").written();

    private SuspendedRules() {}

    private static Rule rule(String id, String title, String page) {
        return s3(id, title).documented(page).needs(SUSPENSION).about(SUSPENDED_OBJECT);
    }

    static List<Rule> all() {
        return List.of(
                rule("SU01", "Where versioning is suspended a delete marker is no object to If-None-Match: *", WRITES)
                        .given(DELETED)
                        .when(put().header(IF_NONE_MATCH, "*"))
                        .then(WRITTEN),
                rule("SU02", "Where versioning is suspended the tag of what was deleted is not found", WRITES)
                        .given(DELETED)
                        .when(put().header(IF_MATCH, "{S}"))
                        .then(NOT_FOUND),
                rule("SU03", "Where versioning is suspended the object that is there counts", WRITES)
                        .given(OVERWRITTEN)
                        .when("tag of what was replaced", put().header(IF_MATCH, "{S}"))
                        .then(REFUSED)
                        .when("the current tag", put().header(IF_MATCH, "{E}"))
                        .then(WRITTEN)
                        .when("*", put().header(IF_NONE_MATCH, "*"))
                        .then(REFUSED),
                rule("SU04", "Where versioning is suspended a marker is not deleted under a condition", DELETES)
                        .given(DELETED)
                        .when("the old tag", delete().header(IF_MATCH, "{S}"))
                        .then(status(404, 412).gone())
                        .when("*", delete().header(IF_MATCH, "*"))
                        .then(status(404, 412).gone()),
                rule("SU05", "Where versioning is suspended If-Match decides DeleteObject", DELETES)
                        .given(OVERWRITTEN)
                        .when("the current tag", delete().header(IF_MATCH, "{E}"))
                        .then(status(204).gone())
                        .when("tag of what was replaced", delete().header(IF_MATCH, "{S}"))
                        .then(REFUSED));
    }
}
