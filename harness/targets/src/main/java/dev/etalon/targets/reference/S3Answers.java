package dev.etalon.targets.reference;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.w3c.dom.Element;
import org.xml.sax.SAXException;

/**
 * What Amazon S3 makes of conditions, and how it answers: which fields it heeds and which it answers with 501, tags without
 * quotes, 404 for If-Match on nothing, and documents for errors. RFC 9110 where the server speaks plain HTTP.
 *
 * <p>Thread-safe.
 */
public abstract class S3Answers extends HttpRegister {
    /** One id for all that is kept while versioning is off or suspended. */
    static final String UNVERSIONED = "null";

    private static final Pattern BARE_TAG = Pattern.compile("\"?([^\",\\s*]+)\"?");

    S3Answers(Manner manner, boolean demanding) {
        super(manner, demanding);
    }

    // Conditions

    @Override
    protected Fields readFields(Call call) {
        return manner().s3() ? name -> heeded(name, call.condition(name)) : super.readFields(call);
    }

    @Override
    protected Fields writeFields(Call call) {
        if (!manner().s3()) {
            return super.writeFields(call);
        }
        // Dates are not part of Amazon's PutObject; other stores honour If-Unmodified-Since.
        return name -> manner() == Manner.AWS && name.endsWith("-Since") ? null : heeded(name, call.condition(name));
    }

    /** A field's value; null for one that is not heeded: an empty one, and a date in the future. */
    @Nullable
    String heeded(String name, @Nullable String value) {
        boolean future = name.equals("If-Modified-Since")
                && value != null
                && Conditions.date(value).filter(date -> date.isAfter(now())).isPresent();
        return value == null || value.isBlank() || future ? null : value;
    }

    @Override
    protected Optional<List<String>> tags(String name, String value) throws Conditions.MalformedException {
        // Amazon S3 takes a tag without its quotes, or with one of them.
        Matcher bare = BARE_TAG.matcher(value.strip());
        return manner().s3() && bare.matches()
                ? Optional.of(List.of("\"" + bare.group(1) + "\""))
                : super.tags(name, value);
    }

    @Override
    protected @Nullable Reply refusal(Call call, Fields fields, Line line) {
        boolean delete = call.method().equals("DELETE") || call.parameters().containsKey("delete");
        if (manner().s3() && delete && Directory.has(call.name())) {
            return removal(call, fields, line);
        }
        if (manner() == Manner.AWS) {
            String unsupported = unsupported(call, fields);
            if (unsupported != null) {
                return notImplemented(unsupported);
            }
            if (fields.value("If-Match") != null && line.current() == null) {
                return notFound(call, line);
            }
        }
        return super.refusal(call, fields, line);
    }

    /** Why an object of a directory bucket is not deleted; null when it is, or when there is none. */
    protected @Nullable Reply removal(Call call, Fields fields, Line line) {
        Stored current = line.current();
        String failed = current == null ? null : Directory.failed(fields, current);
        if (failed != null) {
            return failed(failed, current);
        }
        return current == null ? null : super.refusal(call, fields, line);
    }

    /** The fields that Amazon S3 does not offer as they were sent, and so answers with 501. */
    protected @Nullable String unsupported(Call call, Fields fields) {
        String ifMatch = fields.value("If-Match");
        String ifNoneMatch = fields.value("If-None-Match");
        if (call.method().equals("DELETE")) {
            List<String> directoryOnly = call.headersBeginning("x-amz-if-match-");
            boolean version = ifMatch != null && call.parameters().containsKey("versionId");
            return version ? "If-Match" : directoryOnly.isEmpty() ? null : String.join(",", directoryOnly);
        }
        if (ifMatch != null && ifNoneMatch != null) {
            return "If-Match,If-None-Match";
        }
        boolean anyVersion = ifMatch != null
                && ifMatch.strip().equals("*")
                && !call.parameters().containsKey("delete");
        boolean thisVersion = ifNoneMatch != null && !ifNoneMatch.strip().equals("*");
        return anyVersion ? "If-Match" : thisVersion ? "If-None-Match" : null;
    }

    @Override
    protected String tag(String key, byte[] body, Instant modified) {
        return manner().s3() ? md5(body) : super.tag(key, body, modified);
    }

    // Answers

    /** An answer with the id of the version it is about, where there are several. */
    Reply told(Reply reply, Stored stored) {
        return stored.id().equals(UNVERSIONED) ? reply : reply.with("x-amz-version-id", stored.id());
    }

    @Override
    protected Reply notFound(Call call, Line line) {
        if (!manner().s3()) {
            return super.notFound(call, line);
        }
        Reply reply = error(
                404,
                "NoSuchKey",
                "There is no object at " + call.path() + ".",
                "Key",
                call.name().substring(call.name().indexOf('/') + 1));
        Stored newest = line.newest();
        return newest != null && newest.marker() ? told(reply, newest).with("x-amz-delete-marker", "true") : reply;
    }

    @Override
    protected Reply failed(String condition, @Nullable Stored current) {
        return manner().s3()
                ? error(
                        412,
                        "PreconditionFailed",
                        "At least one of the preconditions of the request is false.",
                        "Condition",
                        condition)
                : super.failed(condition, current);
    }

    @Override
    protected Reply malformed(String sentence) {
        return manner().s3() ? error(400, "InvalidArgument", sentence) : super.malformed(sentence);
    }

    /** 409: a condition that would have to be asked again from the beginning. */
    protected Reply conflict(Call call) {
        return error(
                409,
                "ConditionalRequestConflict",
                "The object was changed while it was uploaded; begin the upload again.",
                "Condition",
                call.condition("If-Match") != null ? "If-Match" : "If-None-Match");
    }

    static Reply notImplemented(String header) {
        return error(
                501, "NotImplemented", "A header you provided asks for something that is not there.", "Header", header);
    }

    static Reply unsupported(String method) {
        return error(405, "MethodNotAllowed", "The method is not part of this subset here: " + method + ".");
    }

    /** An error of the S3 API, with up to one element of its own. */
    static Reply error(int status, String code, String message, String... element) {
        return Reply.xml(status, Xml.document("Error", xml -> {
            xml.element("Code", code);
            xml.element("Message", message);
            if (element.length == 2) {
                xml.element(element[0], element[1]);
            }
        }));
    }

    // Documents and digests

    /** The root of a document; null when it is none. */
    static @Nullable Element parsed(byte[] document) {
        try {
            return document.length == 0 ? null : Xml.parse(document);
        } catch (SAXException e) {
            return null;
        }
    }

    static String md5(byte[] body) {
        return "\"" + hex(digest("MD5", body)) + "\"";
    }

    static byte[] digest(String algorithm, byte[] bytes) {
        try {
            return MessageDigest.getInstance(algorithm).digest(bytes);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has " + algorithm, e);
        }
    }
}
