package dev.etalon.targets.client;

import dev.etalon.core.model.EntityTag;
import dev.etalon.core.model.Method;
import dev.etalon.core.model.Outcome;
import dev.etalon.core.model.Precondition;
import dev.etalon.core.plan.Alignment;
import dev.etalon.core.plan.NameForm;
import dev.etalon.core.plan.RequestShape;
import dev.etalon.core.target.Answer;
import dev.etalon.core.target.Client;
import dev.etalon.core.target.Hold;
import dev.etalon.core.target.Request;
import dev.etalon.core.target.XmlDocument;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import okhttp3.HttpUrl;
import okhttp3.MediaType;
import org.jspecify.annotations.Nullable;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;

/**
 * The operations of Amazon S3 that are more than a PUT or a DELETE, on top of a client that knows only HTTP. Thread-safe.
 *
 * <p>What an operation needs is put there when it is prepared: an upload with its one part, or an object to copy under a
 * name that nobody else uses. Neither changes the object that is raced for, so that it is no part of the history. What is
 * left over is in the {@link Ledger}, unless the request is discarded.
 *
 * <p>The answers of CopyObject, CompleteMultipartUpload and DeleteObjects are in their documents: a 200 alone says nothing.
 */
final class S3Client implements Client {
    private static final MediaType XML = MediaType.get("application/xml");
    private static final MediaType OCTETS = MediaType.get("application/octet-stream");
    static final String NAMESPACE = " xmlns=\"http://s3.amazonaws.com/doc/2006-03-01/\"";
    private static final byte[] EMPTY = {};

    /** The status that an error has where it is an answer of its own (Amazon S3 API Reference, Error Responses). */
    private static final Map<String, Integer> STATUSES = Map.of(
            "PreconditionFailed", 412,
            "412 Precondition Failed", 412,
            "NoSuchKey", 404,
            "ConditionalRequestConflict", 409,
            "NotImplemented", 501,
            "InternalError", 500,
            "SlowDown", 503);

    private final WireClient wire;
    private final HttpUrl bucket;

    /**
     * Makes a client.
     *
     * @param wire what requests are sent with; closed with this one
     * @param bucket URL of the bucket, without a slash at its end
     */
    S3Client(WireClient wire, HttpUrl bucket) {
        this.wire = wire;
        this.bucket = bucket;
    }

    @Override
    public Prepared prepare(Request request) {
        return switch (request.method()) {
            case GET, GET_RANGE, HEAD, PUT, DELETE -> wire.prepare(request);
            case COPY -> copy(request);
            case COMPLETE -> complete(request);
            case DELETE_OBJECTS -> deleteObjects(request);
        };
    }

    @Override
    public Set<Alignment.Need> offers() {
        return wire.offers();
    }

    @Override
    public Set<RequestShape> shapes() {
        return wire.shapes();
    }

    @Override
    public Set<Method> reads() {
        return wire.reads();
    }

    @Override
    public Set<NameForm> names() {
        return wire.names();
    }

    @Override
    public boolean demandsConditions() {
        return wire.demandsConditions();
    }

    @Override
    public void reconnect() {
        wire.reconnect();
    }

    @Override
    public void abortUploads() {
        wire.abortUploads();
    }

    @Override
    public void close() {
        wire.close();
    }

    /** A request that lacks what it needs. */
    private record Unprepared(Answer answer) implements Prepared {
        @Override
        public Answer send(Hold hold) {
            Outcome.Cause cause = Objects.requireNonNullElse(answer.failure(), Outcome.Cause.STATUS);
            return Answer.failed(
                    cause,
                    "not sent, since what it needs could not be put there: status=" + answer.status() + " "
                            + answer.detail());
        }

        @Override
        public boolean ready() {
            return false;
        }
    }

    /** A request with something that was put there for it. */
    private record Laden(Prepared request, Runnable unload) implements Prepared {
        @Override
        public Answer send(Hold hold) {
            return request.send(hold);
        }

        @Override
        public void discard() {
            unload.run();
        }
    }

    private Prepared copy(Request request) {
        String source = request.key() + "-source-" + UUID.randomUUID();
        Answer put = wire.send(Request.put(source, Precondition.NONE, body(request)));
        if (!put.successful()) {
            return new Unprepared(put);
        }
        // The bucket may lie below a path of the endpoint's.
        String path = "/" + last(bucket)
                + wire.url(source).encodedPath().substring(bucket.encodedPath().length());
        Prepared copy = wire.prepare(
                WireClient.about(wire.url(request.key()), request.precondition())
                        .header("x-amz-copy-source", path),
                "PUT",
                OCTETS,
                EMPTY,
                request.shape());
        Prepared sender = hold -> {
            Answer answer = copy.send(hold);
            // The same answer says that there is nothing to copy, which is no refusal.
            boolean ours = answer.status() != 404
                    || Document.of(answer.body())
                            .flatMap(error -> error.text("Key"))
                            .filter(request.key()::equals)
                            .isPresent();
            return ours ? written(answer, "CopyObjectResult") : doubtful(answer, answer.detail());
        };
        return new Laden(sender, () -> wire.send(Request.delete(source, Precondition.NONE)));
    }

    private Prepared complete(Request request) {
        HttpUrl url = wire.url(request.key());
        Answer begun = wire.prepare(
                        WireClient.about(
                                url.newBuilder()
                                        .addQueryParameter("uploads", null)
                                        .build(),
                                Precondition.NONE),
                        "POST",
                        OCTETS,
                        EMPTY,
                        RequestShape.PLAIN)
                .send(Hold.NONE);
        Optional<String> upload = Document.of(begun.body()).flatMap(result -> result.text("UploadId"));
        if (!begun.successful() || upload.isEmpty()) {
            return new Unprepared(begun);
        }
        HttpUrl.Builder to = url.newBuilder().addQueryParameter("uploadId", upload.get());
        Answer part = wire.prepare(
                        WireClient.about(
                                to.build()
                                        .newBuilder()
                                        .addQueryParameter("partNumber", "1")
                                        .build(),
                                Precondition.NONE),
                        "PUT",
                        OCTETS,
                        body(request),
                        RequestShape.PLAIN)
                .send(Hold.NONE);
        EntityTag tag = part.tag();
        if (!part.successful() || tag == null) {
            return new Unprepared(part);
        }
        String document = "<CompleteMultipartUpload" + NAMESPACE + "><Part><PartNumber>1</PartNumber><ETag>"
                + escaped(tag.value()) + "</ETag></Part></CompleteMultipartUpload>";
        Prepared complete = wire.prepare(
                WireClient.about(to.build(), request.precondition()),
                "POST",
                XML,
                document.getBytes(StandardCharsets.UTF_8),
                request.shape());
        Prepared sender = hold -> {
            Answer answer = complete.send(hold);
            // Not found may also be the upload.
            return answer.status() == 404 && !"NoSuchKey".equals(answer.detail())
                    ? doubtful(answer, answer.detail())
                    : written(answer, "CompleteMultipartUploadResult");
        };
        return new Laden(
                sender,
                () -> wire.prepare(
                                WireClient.about(to.build(), Precondition.NONE),
                                "DELETE",
                                OCTETS,
                                EMPTY,
                                RequestShape.PLAIN)
                        .send(Hold.NONE));
    }

    private Prepared deleteObjects(Request request) {
        EntityTag tag = request.precondition().tag();
        String document = "<Delete" + NAMESPACE + "><Object><Key>" + escaped(request.key()) + "</Key>"
                + (tag == null ? "" : "<ETag>" + escaped(tag.value()) + "</ETag>") + "</Object></Delete>";
        byte[] body = document.getBytes(StandardCharsets.UTF_8);
        // The condition is in the document; the checksum is demanded of this operation.
        Prepared delete = wire.prepare(
                WireClient.about(
                                bucket.newBuilder()
                                        .addQueryParameter("delete", null)
                                        .build(),
                                Precondition.NONE)
                        .header("Content-MD5", md5(body)),
                "POST",
                XML,
                body,
                request.shape());
        return hold -> deleted(delete.send(hold), request.key());
    }

    /** The answer to a request whose success is a document with the new tag, and whose 200 may also hold an error. */
    private static Answer written(Answer answer, String root) {
        if (answer.failure() != null || answer.status() != 200) {
            return answer;
        }
        Optional<Document> document = Document.of(answer.body());
        return document.filter(result -> result.name().equals(root))
                .map(result -> new Answer(200, tag(result), answer.body(), null, null))
                .orElseGet(() -> doubtful(
                        answer, document.flatMap(error -> error.text("Code")).orElse("no " + root)));
    }

    /** What became of one object of the one that were to be deleted, as if it had been answered by itself. */
    private static Answer deleted(Answer answer, String key) {
        if (answer.failure() != null) {
            return answer;
        }
        Optional<Document> result =
                Document.of(answer.body()).filter(root -> root.name().equals("DeleteResult"));
        if (answer.status() != 200 || result.isEmpty()) {
            return doubtful(answer, answer.detail());
        }
        if (result.get().children("Deleted").anyMatch(each -> each.isAbout(key))) {
            return new Answer(204, null, answer.body(), null, null);
        }
        Optional<String> code = result.get()
                .children("Error")
                .filter(each -> each.isAbout(key))
                .findFirst()
                .flatMap(error -> error.text("Code"));
        Integer status = STATUSES.get(code.orElse(""));
        return status == null
                ? doubtful(answer, code.orElse("nothing of the object"))
                : new Answer(status, null, answer.body(), null, code.orElse(null));
    }

    /** An answer that says neither that it was done nor that a condition was false. */
    private static Answer doubtful(Answer answer, @Nullable String detail) {
        Outcome.Cause cause = Objects.requireNonNullElse(answer.failure(), Outcome.Cause.STATUS);
        return new Answer(answer.status(), null, answer.body(), cause, detail);
    }

    /** The tag of a result, with the quotes that some servers leave out of a document. */
    private static @Nullable EntityTag tag(Document result) {
        return result.text("ETag")
                .filter(text -> !text.isEmpty())
                .map(text -> WireClient.tag(text.startsWith("\"") ? text : "\"" + text + "\""))
                .orElse(null);
    }

    private static byte[] body(Request request) {
        return Objects.requireNonNull(request.body(), "a write has a body");
    }

    private static String last(HttpUrl url) {
        List<String> segments = url.encodedPathSegments();
        return segments.get(segments.size() - 1);
    }

    static String escaped(String text) {
        return text.replace("&", "&amp;").replace("<", "&lt;");
    }

    static String md5(byte[] body) {
        try {
            return Base64.getEncoder()
                    .encodeToString(MessageDigest.getInstance("MD5").digest(body));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has MD5", e);
        }
    }

    /** An element of a document, by plain names, whatever the namespaces. */
    record Document(Element element) {
        /** Empty for what is no document, or not a whole one. */
        static Optional<Document> of(byte[] bytes) {
            return XmlDocument.of(bytes).map(document -> new Document(document.getDocumentElement()));
        }

        String name() {
            return element.getNodeName().substring(element.getNodeName().indexOf(':') + 1);
        }

        Stream<Document> children(String name) {
            NodeList nodes = element.getChildNodes();
            return IntStream.range(0, nodes.getLength())
                    .mapToObj(nodes::item)
                    .filter(Element.class::isInstance)
                    .map(node -> new Document((Element) node))
                    .filter(child -> child.name().equals(name));
        }

        Optional<String> text(String name) {
            return children(name)
                    .findFirst()
                    .map(child -> child.element.getTextContent().strip());
        }

        boolean isAbout(String key) {
            return text("Key").filter(key::equals).isPresent();
        }
    }
}
