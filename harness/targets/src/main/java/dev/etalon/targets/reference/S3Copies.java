package dev.etalon.targets.reference;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.locks.Lock;
import org.jspecify.annotations.Nullable;

/**
 * CopyObject and RenameObject: conditions on what is read and on what is written, all of them about one instant.
 *
 * <p>Thread-safe.
 */
public abstract class S3Copies extends S3BatchDeletes {
    /** The prefix of the conditions on the source of a copy. */
    static final String SOURCE = "x-amz-copy-source-";

    private static final String RENAMED = "x-amz-rename-source-";

    S3Copies(Manner manner, boolean demanding) {
        super(manner, demanding);
    }

    /** CopyObject: conditions on the source, and on the destination, at one instant. */
    protected Reply copy(Call call, String key) {
        Lock everything = everything();
        everything.lock();
        try {
            Source source = source(call, SOURCE, sourceFields(call));
            if (source.stored == null) {
                return source.refusal;
            }
            byte[] body = source.stored.body();
            return change(call, key, writeFields(call), line -> {
                Changed changed = put(key, line, body);
                Stored copy = changed.line().newest();
                return copy == null ? changed : new Changed(changed.line(), copied("CopyObjectResult", changed, copy));
            });
        } finally {
            everything.unlock();
        }
    }

    static Reply copied(String root, Changed changed, Stored copy) {
        Reply reply = changed.reply();
        String document = Xml.document(root, xml -> {
            xml.element("LastModified", copy.modified().toString());
            xml.element("ETag", copy.tag());
        });
        return reply.with("Content-Type", "application/xml").with(utf8(document));
    }

    /** What is copied, or why it is not. */
    record Source(@Nullable Stored stored, Reply refusal) {}

    /** The path that {@code x-amz-copy-source}, or its like, names. */
    private static String sourcePath(Call call, String prefix) {
        String header = String.valueOf(call.header(prefix.substring(0, prefix.length() - 1)));
        String named = URLDecoder.decode(header.replace("+", "%2B"), StandardCharsets.UTF_8);
        return named.startsWith("/") ? named.substring(1) : named;
    }

    Source source(Call call, String prefix, Fields fields) {
        String path = sourcePath(call, prefix);
        int at = path.indexOf("?versionId=");
        Line line = shown(call, at < 0 ? path : path.substring(0, at));
        Stored stored = at < 0
                ? line.current()
                : line.version(path.substring(at + "?versionId=".length())).orElse(null);
        if (stored == null || stored.marker()) {
            return new Source(null, error(404, "NoSuchKey", "There is nothing to copy at " + path + "."));
        }
        Reply refusal = refusalOfAny(fields, prefix, stored);
        return refusal == null ? new Source(stored, Reply.of(200)) : new Source(null, refusal);
    }

    /** Why all four conditions do not let a write through; null when they do. What would be 304 to a read is 412. */
    private @Nullable Reply refusalOfAny(Fields fields, String prefix, @Nullable Stored stored) {
        Verdict verdict = evaluate(fields, stored, true);
        if (verdict instanceof Verdict.NotModified) {
            boolean tag = fields.value("If-None-Match") != null;
            verdict = new Verdict.Failed(tag ? "If-None-Match" : "If-Modified-Since");
        }
        return verdict instanceof Verdict.Failed failed
                ? failed(prefix + failed.condition(), stored)
                : refusal(verdict, stored);
    }

    /** The conditions on the source of a copy. */
    protected Fields sourceFields(Call call) {
        return name -> heeded(name, call.header(SOURCE + name));
    }

    /** RenameObject: conditions on source and destination, dates too; the object keeps its tag. */
    protected Reply rename(Call call, String key) {
        if (!Directory.has(key)) {
            return notImplemented("x-amz-rename-source");
        }
        Lock everything = everything();
        everything.lock();
        try {
            Fields sourceFields = name -> heeded(name, call.header(RENAMED + name));
            Source source = source(call, RENAMED, sourceFields);
            if (source.stored == null) {
                return source.refusal;
            }
            Reply refusal = refusalOfAny(renameFields(call), "", line(call, key).current());
            if (refusal != null) {
                return refusal;
            }
            String from = sourcePath(call, RENAMED);
            commit(call, from, line(call, from).without(UNVERSIONED));
            commit(call, key, line(call, key).with(source.stored));
            return Reply.of(200);
        } finally {
            everything.unlock();
        }
    }

    /** The conditions on the destination of a rename. */
    protected Fields renameFields(Call call) {
        return name -> heeded(name, call.header(name));
    }
}
