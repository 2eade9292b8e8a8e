package dev.etalon.scenarios.s3.rules;

import static dev.etalon.core.rule.Rule.s3;
import static dev.etalon.core.rule.Send.delete;
import static dev.etalon.core.rule.Send.get;
import static dev.etalon.core.rule.Send.put;
import static dev.etalon.core.rule.Then.status;
import static dev.etalon.scenarios.s3.rules.S3Rules.ABSENT;
import static dev.etalon.scenarios.s3.rules.S3Rules.DELETES;
import static dev.etalon.scenarios.s3.rules.S3Rules.IF_MATCH;
import static dev.etalon.scenarios.s3.rules.S3Rules.IF_NONE_MATCH;
import static dev.etalon.scenarios.s3.rules.S3Rules.REFUSED;
import static dev.etalon.scenarios.s3.rules.S3Rules.WRITES;
import static dev.etalon.scenarios.s3.rules.S3Rules.bucket;

import dev.etalon.core.rule.Feature;
import dev.etalon.core.rule.Rule;
import dev.etalon.core.rule.Send;
import dev.etalon.core.rule.Step;
import dev.etalon.core.rule.Then;
import java.util.List;

/** What a bucket policy has to do with conditions: P19, P20 and D10. The policies are on buckets of ours. */
final class PolicyRules {
    private static final String ENFORCE = "Amazon S3 User Guide, Enforce conditional writes";
    private static final String UNREADABLE = "{bucket}-etalon-unreadable";
    private static final String UNREADABLE_OBJECT = UNREADABLE + "/{key}";
    private static final String GUARDED = "{bucket}-etalon-guarded";
    private static final Then DENIED = status(403).code("AccessDenied");

    private static final Feature POLICIES = Feature.of(
            "bucket policies that bind its owner",
            bucket(UNREADABLE),
            policy(UNREADABLE, "s3:GetObject", ""),
            Step.of(Send.put("old {key}").at(UNREADABLE_OBJECT)).then(status(200)),
            Step.of(get().at(UNREADABLE_OBJECT)).then(status(403)));

    private static final Feature DEMANDS = Feature.of(
            "bucket policies that demand a condition",
            bucket(GUARDED),
            policy(GUARDED, "s3:PutObject", ",\"Condition\":{\"Null\":{\"s3:if-none-match\":\"true\"}}"));

    /** {@code {T}} is the tag of an object that cannot be read. */
    private static final Step THERE =
            Step.of(put("old {key}").at(UNREADABLE_OBJECT)).keep("T", "ETag");

    private PolicyRules() {}

    private static Step policy(String bucket, String action, String condition) {
        return Step.of(Send.put("{\"Version\":\"2012-10-17\",\"Statement\":[{\"Effect\":\"Deny\",\"Principal\":\"*\","
                                + "\"Action\":\"" + action + "\",\"Resource\":\"arn:aws:s3:::" + bucket + "/*\""
                                + condition + "}]}")
                        .at(bucket)
                        .query("policy")
                        .header("Content-MD5", "{md5}"))
                .then(status(200, 204));
    }

    static List<Rule> all() {
        return List.of(
                s3("P19", "Who may not read may not ask for a tag: If-Match needs s3:GetObject, If-None-Match does not")
                        .documented(WRITES)
                        .needs(POLICIES)
                        .given(THERE)
                        .when("If-Match", put().at(UNREADABLE_OBJECT).header(IF_MATCH, "{T}"))
                        .then(DENIED)
                        .when("If-None-Match: *", put().at(UNREADABLE_OBJECT).header(IF_NONE_MATCH, "*"))
                        .then(status(412))
                        .given(ABSENT)
                        .when(
                                "If-None-Match: *, no object",
                                put().at(UNREADABLE_OBJECT).header(IF_NONE_MATCH, "*"))
                        .then(status(200)),
                s3("P20", "Where a policy demands If-None-Match, PutObject without it is denied")
                        .documented(ENFORCE)
                        .needs(POLICIES)
                        .needs(DEMANDS)
                        .about(GUARDED + "/{key}")
                        .given(ABSENT)
                        .when("none", put())
                        .then(DENIED.gone())
                        .when("If-Match instead", put().header(IF_MATCH, "{X}"))
                        .then(DENIED.gone())
                        .when("If-None-Match: *", put().header(IF_NONE_MATCH, "*"))
                        .then(status(200).written())
                        .given(Step.of(put("old {key}").header(IF_NONE_MATCH, "*")))
                        .when("none, an object", put())
                        .then(DENIED.unchanged())
                        .when("If-None-Match: *, an object", put().header(IF_NONE_MATCH, "*"))
                        .then(REFUSED),
                s3("D10", "Who may not read may not delete under a tag")
                        .documented(DELETES)
                        .needs(POLICIES)
                        .given(THERE)
                        .when(delete().at(UNREADABLE_OBJECT).header(IF_MATCH, "{T}"))
                        .then(DENIED));
    }
}
