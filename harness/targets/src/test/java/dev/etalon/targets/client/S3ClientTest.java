package dev.etalon.targets.client;

import static org.assertj.core.api.Assertions.assertThat;

import dev.etalon.core.model.EntityTag;
import dev.etalon.core.model.Method;
import dev.etalon.core.model.Outcome;
import dev.etalon.core.model.Precondition;
import dev.etalon.core.model.Version;
import dev.etalon.core.plan.Versioning;
import dev.etalon.core.target.Answer;
import dev.etalon.core.target.Client;
import dev.etalon.core.target.Dialect;
import dev.etalon.core.target.Hold;
import dev.etalon.core.target.Request;
import dev.etalon.targets.reference.Call;
import dev.etalon.targets.reference.Faithful;
import dev.etalon.targets.reference.Manner;
import dev.etalon.targets.reference.ReferenceServer;
import dev.etalon.targets.reference.Reply;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Function;
import okhttp3.HttpUrl;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** Operations whose conditions and answers are partly in documents are told from each other as PUT and DELETE are. */
class S3ClientTest {
    private static final byte[] OLD = "old".getBytes(StandardCharsets.UTF_8);
    private static final byte[] NEW = "new".getBytes(StandardCharsets.UTF_8);
    private static final Precondition FOREIGN =
            Precondition.ifMatch(new EntityTag("\"00000000000000000000000000000000\""), Version.FOREIGN);

    private final List<AutoCloseable> open = new ArrayList<>();
    private Faithful faithful = new Faithful(Manner.AWS);
    private final List<String> requests = new CopyOnWriteArrayList<>();

    /** A client of a faithful server, some of whose answers are others. */
    private Client client(Function<Call, @Nullable Reply> otherwise) throws Exception {
        return client(otherwise, List.of(Versioning.OFF));
    }

    private Client client(Function<Call, @Nullable Reply> otherwise, List<Versioning> versioning) throws Exception {
        faithful = new Faithful(Manner.AWS) {
            @Override
            public Reply answer(Call call) {
                requests.add(call.method() + " " + call.path() + "?" + call.query());
                Reply other = otherwise.apply(call);
                return other != null ? other : super.answer(call);
            }
        };
        ReferenceServer server = ReferenceServer.start(faithful, ReferenceServer.Options.PLAIN, "etalon", "secret");
        open.add(server);
        HttpUrl url = HttpUrl.get("http://127.0.0.1:" + server.ports().get(0));
        Client client = new S3Access(url, "us-east-1", "etalon", "secret", "bucket", versioning, WireOptions.DEFAULT)
                .readyClient();
        open.add(0, client);
        requests.clear();
        return client;
    }

    @AfterEach
    void close() throws Exception {
        for (AutoCloseable each : open) {
            each.close();
        }
    }

    private static Reply document(int status, String document) {
        return new Reply(status, Map.of("Content-Type", "application/xml"), document.getBytes(StandardCharsets.UTF_8));
    }

    private static Precondition laid(Client client) {
        EntityTag tag = client.send(Request.put("k", Precondition.NONE, OLD)).tag();
        return Precondition.ifMatch(java.util.Objects.requireNonNull(tag), new Version(1, 1));
    }

    private static Outcome outcome(Method method, Precondition precondition, Answer answer) {
        return Dialect.AWS.classify(method, precondition, answer);
    }

    @Test
    void everyKindOfBucketIsThereAndKeepsVersionsAsItsNameSays() throws Exception {
        Client client = client(call -> null, List.of(Versioning.values()));
        for (Versioning kind : Versioning.values()) {
            for (Method method : List.of(Method.PUT, Method.COPY, Method.COMPLETE, Method.DELETE_OBJECTS)) {
                client.send(new Request(method, "k", kind, Precondition.NONE, method.replaces() ? NEW : null));
            }
        }
        client.send(new Request(Method.PUT, "k", Versioning.SUSPENDED, Precondition.NONE, OLD));

        for (String method : List.of("PUT", "POST")) {
            assertThat(requests.stream()
                            .filter(request -> request.startsWith(method))
                            .map(request -> request.split("[ ?]")[1].split("/")[1]))
                    .contains("bucket", "bucket-etalon-versioned", "bucket-etalon-suspended");
        }
        assertThat(versionsOf("bucket")).isZero();
        assertThat(versionsOf("bucket-etalon-versioned"))
                .as("PUT, CopyObject, Complete, a marker")
                .isEqualTo(4);
        assertThat(versionsOf("bucket-etalon-suspended"))
                .as("each in the place of the last")
                .isEqualTo(1);
    }

    private long versionsOf(String bucket) {
        Call list = new Call("GET", "/" + bucket, "versions", List.of(), InputStream.nullInputStream(), 0);
        return new String(faithful.answer(list).body(), StandardCharsets.UTF_8).split("<Key>k</Key>", -1).length - 1L;
    }

    @ParameterizedTest
    @EnumSource(names = {"COPY", "COMPLETE"})
    void aWriteOfAnyKindAppliesWhereItsConditionHoldsAndTellsTheTagThatIsReadAfterwards(Method method)
            throws Exception {
        Client client = client(call -> null);
        Answer created = client.send(new Request(method, "free", Precondition.CREATE, NEW));
        assertThat(created.status()).isEqualTo(200);
        assertThat(client.send(Request.get("free")).tag()).isEqualTo(created.tag());
        Precondition current = laid(client);
        Answer replaced = client.send(new Request(method, "k", current, NEW));
        Answer read = client.send(Request.get("k"));
        assertThat(read.body()).isEqualTo(NEW);
        assertThat(read.tag()).isEqualTo(replaced.tag());
        assertThat(outcome(method, current, replaced)).isEqualTo(Outcome.APPLIED);
    }

    @ParameterizedTest
    @EnumSource(names = {"COPY", "COMPLETE"})
    void aWriteOfAnyKindIsRefusedWhereItsConditionIsFalse(Method method) throws Exception {
        Client client = client(call -> null);
        laid(client);
        for (Precondition condition : List.of(FOREIGN, Precondition.CREATE)) {
            Answer refused = client.send(new Request(method, "k", condition, NEW));
            assertThat(refused.status()).isEqualTo(412);
            assertThat(outcome(method, condition, refused)).isEqualTo(Outcome.REFUSED);
        }
        assertThat(client.send(Request.get("k")).body()).isEqualTo(OLD);
        Answer nothing = client.send(new Request(method, "free", FOREIGN, NEW));
        assertThat(nothing.status()).isEqualTo(404);
        assertThat(outcome(method, FOREIGN, nothing)).isEqualTo(Outcome.REFUSED);
    }

    @ParameterizedTest
    @EnumSource(names = {"COPY", "COMPLETE"})
    void whatWasPutThereForARequestIsGoneOnceItIsDiscarded(Method method) throws Exception {
        Client client = client(call -> null);
        Client.Prepared prepared = client.prepare(new Request(method, "k", Precondition.NONE, NEW));
        prepared.discard();
        assertThat(outcome(method, Precondition.NONE, prepared.send(Hold.NONE))).isInstanceOf(Outcome.Unknown.class);
        assertThat(client.send(Request.get("k")).status()).isEqualTo(404);
    }

    @Test
    void deleteObjectsIsAnsweredAsADeleteOfThatOneObject() throws Exception {
        Client client = client(call -> null);
        Precondition current = laid(client);
        Answer refused = client.send(new Request(Method.DELETE_OBJECTS, "k", FOREIGN, null));
        assertThat(refused.status()).isEqualTo(412);
        assertThat(refused.detail()).isEqualTo("PreconditionFailed");
        assertThat(client.send(Request.get("k")).body()).isEqualTo(OLD);
        assertThat(client.send(new Request(Method.DELETE_OBJECTS, "k", current, null))
                        .status())
                .isEqualTo(204);
        assertThat(client.send(Request.get("k")).status()).isEqualTo(404);
        assertThat(client.send(new Request(Method.DELETE_OBJECTS, "k", current, null))
                        .status())
                .isEqualTo(404);
    }

    @ParameterizedTest
    @EnumSource(names = {"COPY", "COMPLETE", "DELETE_OBJECTS"})
    void whatAnOperationNeedsIsThereBeforeItIsSentAndTheObjectIsUntouched(Method method) throws Exception {
        Client client = client(call -> null);
        Precondition current = laid(client);
        boolean writes = method.replaces();
        Client.Prepared prepared = client.prepare(new Request(method, "k", current, writes ? NEW : null));
        assertThat(prepared.ready()).isTrue();
        assertThat(client.send(Request.get("k")).body()).isEqualTo(OLD);
        requests.clear();
        assertThat(prepared.send(Hold.NONE).successful()).isTrue();
        assertThat(requests).as("one request on the wire").hasSize(1);
    }

    @ParameterizedTest
    @CsvSource({"COPY, -source-", "COMPLETE, uploads", "COMPLETE, partNumber"})
    void whoLacksWhatItNeedsIsNotSentAndNobodyKnowsWhatWouldHaveBecomeOfIt(Method method, String failing)
            throws Exception {
        Client client = client(
                call -> (call.path() + call.query()).contains(failing) && call.header("x-amz-copy-source") == null
                        ? Reply.of(503)
                        : null);
        Client.Prepared prepared = client.prepare(new Request(method, "k", Precondition.CREATE, NEW));
        assertThat(prepared.ready()).isFalse();
        requests.clear();
        Answer answer = prepared.send(Hold.NONE);
        assertThat(answer.status()).isZero();
        assertThat(outcome(method, Precondition.CREATE, answer)).isInstanceOf(Outcome.Unknown.class);
        assertThat(requests).isEmpty();
    }

    @ParameterizedTest(name = "{0} answered {1} {2}")
    @CsvSource(delimiter = '|', textBlock = """
            COMPLETE       | 200 | <Error><Code>InternalError</Code></Error>
            COMPLETE       | 200 | <Error><Code>PreconditionFailed</Code></Error>
            COMPLETE       | 200 | <CompleteMultipartUploadResult><ETag>
            COMPLETE       | 200 | ''
            COMPLETE       | 404 | <Error><Code>NoSuchUpload</Code></Error>
            COMPLETE       | 409 | <Error><Code>ConditionalRequestConflict</Code></Error>
            COPY           | 200 | <Error><Code>InternalError</Code></Error>
            COPY           | 404 | <Error><Code>NoSuchKey</Code><Key>k-source-1</Key></Error>
            COPY           | 404 | <Error><Code>NoSuchKey</Code></Error>
            DELETE_OBJECTS | 200 | <DeleteResult></DeleteResult>
            DELETE_OBJECTS | 200 | <DeleteResult><Deleted><Key>other</Key></Deleted></DeleteResult>
            DELETE_OBJECTS | 200 | <DeleteResult><Error><Key>k</Key><Code>AccessDenied</Code></Error></DeleteResult>
            DELETE_OBJECTS | 200 | <DeleteResult><Error><Key>k</Key><Code>InternalError</Code></Error></DeleteResult>
            DELETE_OBJECTS | 204 | ''
            DELETE_OBJECTS | 404 | <Error><Code>NoSuchBucket</Code></Error>
            """)
    void whatSaysNeitherThatItWasDoneNorThatTheConditionWasFalseIsUnknown(Method method, int status, String document)
            throws Exception {
        Client client = client(call -> racing(method, call) ? document(status, document) : null);
        Precondition current = laid(client);
        Answer answer = client.send(new Request(method, "k", current, method.replaces() ? NEW : null));
        assertThat(outcome(method, current, answer)).isInstanceOf(Outcome.Unknown.class);
    }

    private static boolean racing(Method method, Call call) {
        return switch (method) {
            case COPY -> call.header("x-amz-copy-source") != null;
            case COMPLETE -> call.method().equals("POST") && call.query().startsWith("uploadId");
            default -> call.query().startsWith("delete");
        };
    }

    @Test
    void spacesBeforeADocumentAndATagWithoutItsQuotesAreLegal() throws Exception {
        String result = "  \n<CompleteMultipartUploadResult xmlns=\"urn:x\"><ETag>a-1</ETag>"
                + "</CompleteMultipartUploadResult>";
        Client client = client(call -> racing(Method.COMPLETE, call) ? document(200, result) : null);
        Answer answer = client.send(new Request(Method.COMPLETE, "k", Precondition.CREATE, NEW));
        assertThat(answer.tag()).isEqualTo(new EntityTag("\"a-1\""));
        assertThat(outcome(Method.COMPLETE, Precondition.CREATE, answer)).isEqualTo(Outcome.APPLIED);
    }
}
