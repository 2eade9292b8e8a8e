package dev.etalon.scenarios.s3.rules;

import static dev.etalon.core.rule.Rule.s3;
import static dev.etalon.core.rule.Send.get;
import static dev.etalon.core.rule.Send.put;
import static dev.etalon.core.rule.Then.status;
import static dev.etalon.scenarios.s3.rules.CompleteRules.COMPLETE;
import static dev.etalon.scenarios.s3.rules.CompleteRules.CREATE;
import static dev.etalon.scenarios.s3.rules.CompleteRules.PART;
import static dev.etalon.scenarios.s3.rules.S3Rules.ABSENT;
import static dev.etalon.scenarios.s3.rules.S3Rules.AWS;
import static dev.etalon.scenarios.s3.rules.S3Rules.IF_MATCH;
import static dev.etalon.scenarios.s3.rules.S3Rules.IF_NONE_MATCH;
import static dev.etalon.scenarios.s3.rules.S3Rules.IF_UNMODIFIED_SINCE;
import static dev.etalon.scenarios.s3.rules.S3Rules.PRESENT;

import dev.etalon.core.rule.Rule;
import dev.etalon.core.rule.Send;
import dev.etalon.core.rule.Then;
import java.util.List;

/** What an error says beside its code: the E series. Only Amazon S3 and servers very like it say as much as the first three ask for. */
final class ErrorRules {
    private static final String SOURCE = "recorded on Amazon S3";

    private ErrorRules() {}

    private static Then failed(String header) {
        return status(412).element("/Error/Condition", header);
    }

    /** Whatever the status, for that may have been sent before it was known. */
    private static Then toldLate(String result) {
        return status(412)
                .element("/Error/Code", "PreconditionFailed")
                .noElement(result)
                .unchanged();
    }

    static List<Rule> all() {
        return List.of(
                s3("E01", "A 412 names the header that was false")
                        .dialect(AWS, SOURCE)
                        .given(PRESENT)
                        .when("PUT If-Match", put().header(IF_MATCH, "{X}"))
                        .then(failed(IF_MATCH))
                        .when("PUT If-None-Match", put().header(IF_NONE_MATCH, "*"))
                        .then(failed(IF_NONE_MATCH))
                        .when("GET If-Match", get().header(IF_MATCH, "{X}"))
                        .then(failed(IF_MATCH))
                        .when("GET If-Unmodified-Since", get().header(IF_UNMODIFIED_SINCE, "{LM-1h}"))
                        .then(failed(IF_UNMODIFIED_SINCE)),
                s3("E02", "A 501 names the header that is not implemented")
                        .dialect(AWS, SOURCE)
                        .given(PRESENT)
                        .when("If-None-Match", put().header(IF_NONE_MATCH, "{E}"))
                        .then(status(501).element("/Error/Header", IF_NONE_MATCH))
                        .when("If-Match", put().header(IF_MATCH, "*"))
                        .then(status(501).element("/Error/Header", IF_MATCH)),
                s3("E03", "A 404 names the key")
                        .dialect(AWS, SOURCE)
                        .given(ABSENT)
                        .when(put().header(IF_MATCH, "{X}"))
                        .then(status(404).element("/Error/Key", "{key}")),
                s3("E04", "What is refused after an early 200 is told in its body")
                        .documented("Amazon S3 API Reference, CompleteMultipartUpload and CopyObject")
                        .given(PRESENT[0], CREATE, PART)
                        .when("CompleteMultipartUpload", COMPLETE.header(IF_NONE_MATCH, "*"))
                        .then(toldLate("/CompleteMultipartUploadResult"))
                        .given(PRESENT)
                        .when(
                                "CopyObject",
                                Send.of("PUT")
                                        .header("x-amz-copy-source", "/" + Send.SUBJECT)
                                        .header("x-amz-metadata-directive", "REPLACE")
                                        .header("x-amz-copy-source-if-match", "{X}"))
                        .then(toldLate("/CopyObjectResult")));
    }
}
