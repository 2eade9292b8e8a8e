package dev.etalon.scenarios.s3.rules;

import dev.etalon.core.rule.Feature;
import dev.etalon.core.rule.Probe;
import dev.etalon.core.rule.Rule;
import dev.etalon.core.rule.RuleBook;
import dev.etalon.core.rule.Send;
import dev.etalon.core.rule.Step;
import dev.etalon.core.rule.Then;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** The rules of S3. */
public final class S3Rules implements RuleBook {
    static final String IF_MATCH = "If-Match";
    static final String IF_NONE_MATCH = "If-None-Match";
    static final String IF_MODIFIED_SINCE = "If-Modified-Since";
    static final String IF_UNMODIFIED_SINCE = "If-Unmodified-Since";

    /** The dialect of peculiarities that other servers do not share. */
    static final String AWS = "aws";

    static final String WRITES = "Amazon S3 User Guide, Conditional writes";
    static final String READS = "Amazon S3 User Guide, Conditional reads";
    static final String DELETES = "Amazon S3 User Guide, Conditional deletes";

    static final Then REFUSED = Then.status(412).code("PreconditionFailed").unchanged();
    static final Then NOT_FOUND =
            Then.status(404).in("lenient", 404, 412).code("NoSuchKey").gone();
    static final Then NOT_IMPLEMENTED = Then.status(501).code("NotImplemented").unchanged();

    /** An object that was written once. */
    static final Step[] PRESENT = {Step.of(Send.put("old {key}"))};

    /** An object that was written twice; {@code {S}} is the tag it had in between. */
    static final Step[] OVERWRITTEN = {
        Step.of(Send.put("one {key}")).keepSuperseded("S", "ETag", "E"), Step.of(Send.put("old {key}"))
    };

    /** An object that was written and deleted; {@code {S}} is the tag it had. */
    static final Step[] DELETED = {Step.of(Send.put("old {key}")).keep("S", "ETag"), Step.of(Send.delete())};

    /** Nothing. */
    static final Step[] ABSENT = {};

    /** A name that is surely ours: versioning, once enabled, never goes away altogether. */
    private static final String VERSIONED_BUCKET = "{bucket}-etalon-versioned";

    /** An object in the versioned bucket. */
    static final String VERSIONED_OBJECT = VERSIONED_BUCKET + "/{key}";

    static final Feature VERSIONING = Feature.of(
            "versioned buckets",
            bucket(VERSIONED_BUCKET),
            Step.of(versioning(VERSIONED_BUCKET, "Enabled")).then(Then.status(200)),
            Step.of(Send.put("old {key}").at(VERSIONED_OBJECT))
                    .then(Then.status(200).header("x-amz-version-id")));

    private static final String SUSPENDED_BUCKET = "{bucket}-etalon-suspended";

    /** An object in a bucket whose versioning was enabled and then suspended. */
    static final String SUSPENDED_OBJECT = SUSPENDED_BUCKET + "/{key}";

    static final Feature SUSPENSION = Feature.of(
            "buckets whose versioning is suspended",
            bucket(SUSPENDED_BUCKET),
            Step.of(versioning(SUSPENDED_BUCKET, "Enabled")).then(Then.status(200)),
            Step.of(versioning(SUSPENDED_BUCKET, "Suspended")).then(Then.status(200)),
            Step.of(Send.get().at(SUSPENDED_BUCKET).query("versioning"))
                    .then(Then.status(200).element("//Status", "Suspended")));

    /** Makes a bucket of ours; it may be there already. */
    static Step bucket(String name) {
        return Step.of(Send.of("PUT").at(name)).then(Then.status(200, 409));
    }

    private static Send versioning(String bucket, String status) {
        return Send.put("<VersioningConfiguration xmlns=\"http://s3.amazonaws.com/doc/2006-03-01/\">" + "<Status>"
                        + status + "</Status></VersioningConfiguration>")
                .at(bucket)
                .query("versioning")
                .header("Content-MD5", "{md5}");
    }

    @Override
    public List<Rule> rules() {
        return Stream.of(
                        PutRules.all(),
                        PresignedRules.all(),
                        CompleteRules.all(),
                        CopyRules.all(),
                        DeleteRules.all(),
                        SuspendedRules.all(),
                        DirectoryRules.all(),
                        PolicyRules.all(),
                        ReadRules.all(),
                        ErrorRules.all())
                .flatMap(List::stream)
                .toList();
    }

    @Override
    public Map<String, String> series() {
        Map<String, String> series = new LinkedHashMap<>();
        series.put("P", "PutObject");
        series.put("M", "CompleteMultipartUpload");
        series.put("C", "CopyObject");
        series.put("D", "DeleteObject and DeleteObjects");
        series.put("G", "GetObject and HeadObject");
        series.put("E", "what a refusal tells");
        series.put("SU", "buckets whose versioning is suspended");
        series.put("R", "RenameObject, in directory buckets");
        return series;
    }

    @Override
    public List<Probe> probes() {
        return S3Probes.all();
    }
}
