package dev.etalon.scenarios.s3.rules;

import static dev.etalon.core.rule.Rule.s3;
import static dev.etalon.core.rule.Send.delete;
import static dev.etalon.core.rule.Send.put;
import static dev.etalon.core.rule.Then.status;
import static dev.etalon.scenarios.s3.rules.CompleteRules.CREATE;
import static dev.etalon.scenarios.s3.rules.S3Rules.ABSENT;
import static dev.etalon.scenarios.s3.rules.S3Rules.IF_MATCH;
import static dev.etalon.scenarios.s3.rules.S3Rules.IF_MODIFIED_SINCE;
import static dev.etalon.scenarios.s3.rules.S3Rules.IF_NONE_MATCH;
import static dev.etalon.scenarios.s3.rules.S3Rules.IF_UNMODIFIED_SINCE;
import static dev.etalon.scenarios.s3.rules.S3Rules.PRESENT;
import static dev.etalon.scenarios.s3.rules.S3Rules.bucket;

import dev.etalon.core.rule.Feature;
import dev.etalon.core.rule.Rule;
import dev.etalon.core.rule.Send;
import dev.etalon.core.rule.Step;
import dev.etalon.core.rule.Then;
import java.util.List;

/** Directory buckets: D11, D12, D14, D16 and RenameObject, the R series. */
final class DirectoryRules {
    private static final String DELETE_PAGE = "Amazon S3 API Reference, DeleteObject (directory buckets)";
    private static final String RENAME_PAGE = "Amazon S3 API Reference, RenameObject";

    /** The ending is what makes a directory bucket. */
    private static final String DIRECTORY = "{bucket}-etalon--use1-az4--x-s3";

    private static final String OBJECT = DIRECTORY + "/{key}";
    private static final String OTHER = "{subject}-other";
    private static final String SIZE = "x-amz-if-match-size";
    private static final String DATE = "x-amz-if-match-last-modified-time";
    private static final String INITIATED = "x-amz-if-match-initiated-time";
    private static final String RENAMED = "x-amz-rename-source-";

    /** {@code {L}} is the length of the object. */
    private static final Step[] MEASURED = {PRESENT[0], Step.of(Send.head()).keep("L", "Content-Length")};

    private static final Then REFUSED = status(412).unchanged();
    private static final Then GONE = status(204).gone();

    /** Some servers have them in every bucket, but none that has them nowhere is wrong. */
    private static final Feature SIZES = Feature.of(
            "size as a condition",
            bucket(DIRECTORY),
            Step.of(Send.put("old {key}").at(OBJECT)).then(status(200)),
            Step.of(delete().at(OBJECT).header(SIZE, "1")).then(status(412)));

    /** A name makes no directory bucket where names mean nothing; the server must say that it is one. */
    private static final Feature DIRECTORIES = Feature.of(
            "directory buckets",
            bucket(DIRECTORY),
            Step.of(Send.head().at(DIRECTORY)).then(status(200).header("x-amz-bucket-location-type")));

    private static final Send RENAME = Send.of("PUT").query("renameObject").header("x-amz-rename-source", "/" + OTHER);

    private static final Feature RENAMES = Feature.of(
            "RenameObject",
            Step.of(Send.put("old {key}").at(OBJECT + "-from")).then(status(200)),
            Step.of(Send.of("PUT")
                            .at(OBJECT)
                            .query("renameObject")
                            .header("x-amz-rename-source", "/" + OBJECT + "-from"))
                    .then(status(200)),
            Step.of(Send.get().at(OBJECT + "-from")).then(status(404)));

    /** {@code {SLM}} is the date of the source. */
    private static final Step[] SOURCE = {
        Step.of(put("renamed {key}").at(OTHER)), Step.of(Send.head().at(OTHER)).keep("SLM", "Last-Modified")
    };

    private static final Then RENAMED_NOW =
            status(200).holds(Send.SUBJECT, "renamed {key}").gone(OTHER);

    private static final Then NOT_RENAMED = status(412).unchanged().unchanged(OTHER);

    private static final String ABORT_PAGE = "Amazon S3 API Reference, AbortMultipartUpload (directory buckets)";
    private static final Send ABORT = delete().query("uploadId", "{upload}");

    /** {@code {began}} is when the upload was begun. */
    private static final Step LISTED = Step.of(
                    Send.get().at(DIRECTORY).query("uploads").query("prefix", "{key}"))
            .keep("began", "//Upload[UploadId='{upload}']/Initiated");

    private DirectoryRules() {}

    private static Rule rule(String id, String title, String page) {
        return about(id, title, page).needs(DIRECTORIES);
    }

    private static Rule about(String id, String title, String page) {
        return s3(id, title).documented(page).about(OBJECT);
    }

    private static Rule rename(String id, String title) {
        return rule(id, title, RENAME_PAGE).needs(RENAMES);
    }

    static List<Rule> all() {
        return List.of(
                about("D11", "Tag, size and date are conditions on DeleteObject, and all must hold", DELETE_PAGE)
                        .needs(SIZES)
                        .given(MEASURED)
                        .when("the size", delete().header(SIZE, "{L}"))
                        .then(GONE)
                        .when("another size", delete().header(SIZE, "1"))
                        .then(REFUSED)
                        .when("the date", delete().header(DATE, "{LM}"))
                        .then(GONE)
                        .when("another date", delete().header(DATE, "{LM-1h}"))
                        .then(REFUSED)
                        .when(
                                "all three",
                                delete().header(IF_MATCH, "{E}")
                                        .header(SIZE, "{L}")
                                        .header(DATE, "{LM}"))
                        .then(GONE)
                        .when(
                                "another tag",
                                delete().header(IF_MATCH, "{X}")
                                        .header(SIZE, "{L}")
                                        .header(DATE, "{LM}"))
                        .then(REFUSED)
                        .when(
                                "the tag, another size",
                                delete().header(IF_MATCH, "{E}").header(SIZE, "1"))
                        .then(REFUSED)
                        .when(
                                "the tag, another date",
                                delete().header(IF_MATCH, "{E}").header(DATE, "{LM-1h}"))
                        .then(REFUSED),
                rule("D12", "In a directory bucket a conditional DeleteObject of nothing succeeds", DELETE_PAGE)
                        .given(ABSENT)
                        .when("a tag", delete().header(IF_MATCH, "{X}"))
                        .then(GONE)
                        .when("a size", delete().header(SIZE, "1"))
                        .then(GONE)
                        .when("a date", delete().header(DATE, "Mon, 01 Jan 2001 00:00:00 GMT"))
                        .then(GONE),
                deleteObjects(),
                rule("D16", "The time when an upload was begun is a condition on AbortMultipartUpload", ABORT_PAGE)
                        .given(CREATE, LISTED)
                        .when("another time", ABORT.header(INITIATED, "{began.imf-1h}"))
                        .then(status(412))
                        .when("the time", ABORT.header(INITIATED, "{began.imf}"))
                        .then(status(204))
                        .given(CREATE, LISTED, Step.of(ABORT))
                        .when("no upload", ABORT.header(INITIATED, "{began.imf}"))
                        .then(status(204)),
                rename("R01", "If-None-Match: * of a rename speaks of the destination")
                        .given(SOURCE)
                        .when("no destination", RENAME.header(IF_NONE_MATCH, "*"))
                        .then(RENAMED_NOW)
                        .given(SOURCE[0], SOURCE[1], PRESENT[0])
                        .when("a destination", RENAME.header(IF_NONE_MATCH, "*"))
                        .then(NOT_RENAMED),
                rename("R02", "If-Match of a rename speaks of the destination")
                        .given(SOURCE[0], SOURCE[1], PRESENT[0])
                        .when("its tag", RENAME.header(IF_MATCH, "{E}"))
                        .then(RENAMED_NOW)
                        .when("another tag", RENAME.header(IF_MATCH, "{X}"))
                        .then(NOT_RENAMED),
                rename("R03", "The dates of a rename speak of the destination")
                        .given(SOURCE[0], SOURCE[1], PRESENT[0])
                        .when("If-Unmodified-Since, its date", RENAME.header(IF_UNMODIFIED_SINCE, "{LM}"))
                        .then(RENAMED_NOW)
                        .when("If-Unmodified-Since, older", RENAME.header(IF_UNMODIFIED_SINCE, "{LM-1h}"))
                        .then(NOT_RENAMED)
                        .when("If-Modified-Since, older", RENAME.header(IF_MODIFIED_SINCE, "{LM-1h}"))
                        .then(RENAMED_NOW)
                        .when("If-Modified-Since, its date", RENAME.header(IF_MODIFIED_SINCE, "{LM}"))
                        .then(NOT_RENAMED),
                rename("R04", "A rename whose condition on the source is false does nothing")
                        .given(SOURCE)
                        .when("if-match, another tag", RENAME.header(RENAMED + "if-match", "{X}"))
                        .then(NOT_RENAMED)
                        .when("if-none-match: *", RENAME.header(RENAMED + "if-none-match", "*"))
                        .then(NOT_RENAMED)
                        .when("if-modified-since, its date", RENAME.header(RENAMED + "if-modified-since", "{SLM}"))
                        .then(NOT_RENAMED)
                        .when("if-unmodified-since, older", RENAME.header(RENAMED + "if-unmodified-since", "{SLM-1h}"))
                        .then(NOT_RENAMED));
    }

    private static Rule deleteObjects() {
        String other = "<Object><Key>{key}-other</Key>";
        Rule rule = rule("D14", "DeleteObjects compares tag, size and date of each key", DELETE_PAGE)
                .given(PRESENT[0], Step.of(put("old {key}").at(OTHER)));
        for (String wrong :
                List.of("<ETag>{X}</ETag>", "<Size>1</Size>", "<LastModifiedTime>{LM-1h}</LastModifiedTime>")) {
            String name = wrong.substring(1, wrong.indexOf('>'));
            Send send = Send.post("<Delete xmlns=\"http://s3.amazonaws.com/doc/2006-03-01/\">"
                            + "<Object><Key>{key}</Key><ETag>{E}</ETag></Object>" + other + wrong
                            + "</Object></Delete>")
                    .at(DIRECTORY)
                    .query("delete")
                    .header("Content-MD5", "{md5}")
                    .header("Content-Type", "application/xml");
            rule = rule.when("one right, one with another " + name, send)
                    .then(status(200)
                            .element("//Deleted[Key='{key}']/Key", "{key}")
                            .element("//Error[Key='{key}-other']/Code", "412 Precondition Failed", "PreconditionFailed")
                            .gone()
                            .unchanged(OTHER));
        }
        return rule;
    }
}
