package dev.etalon.targets.client;

import static org.assertj.core.api.Assertions.assertThat;

import dev.etalon.core.model.Precondition;
import dev.etalon.core.plan.NameForm;
import dev.etalon.core.plan.RequestShape;
import dev.etalon.core.target.Answer;
import dev.etalon.core.target.Client;
import dev.etalon.core.target.Request;
import dev.etalon.targets.reference.Call;
import dev.etalon.targets.reference.Faithful;
import dev.etalon.targets.reference.Manner;
import dev.etalon.targets.reference.ReferenceServer;
import dev.etalon.targets.reference.Reply;
import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Predicate;
import okhttp3.HttpUrl;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Requests of every shape ask for the same, and only those shapes and names are used that a server takes. */
class RequestShapesTest {
    private static final byte[] BODY = "of a shape".getBytes(StandardCharsets.UTF_8);

    private final List<Call> writes = new CopyOnWriteArrayList<>();
    private final ExecutorService reader = Executors.newSingleThreadExecutor();

    @AfterEach
    void end() {
        reader.shutdownNow();
    }

    /** A server that answers 415 to writes that it does not take. */
    private Faithful taking(Predicate<Call> taken) {
        return new Faithful(Manner.RFC9110) {
            @Override
            public Reply answer(Call call) {
                if (!call.method().equals("PUT")) {
                    return super.answer(call);
                }
                Reply reply = taken.test(call) ? super.answer(call) : Reply.of(415);
                writes.add(call);
                return reply;
            }
        };
    }

    /** What arrives of a conditional write in a shape. */
    private Call sent(RequestShape shape) throws Exception {
        ReadyClient.of(taking(call -> true), client -> {
            assertThat(client.shapes())
                    .containsExactlyInAnyOrderElementsOf(EnumSet.complementOf(EnumSet.of(RequestShape.AWS_CHUNKED)));
            send(client, shape);
        });
        return writes.get(0);
    }

    private void send(Client client, RequestShape shape) {
        byte[] body = Arrays.copyOf(BODY, shape.bodyBytes(BODY.length));
        writes.clear();
        Answer created = client.send(Request.put("k", Precondition.CREATE, body).in(shape));
        Answer refused = client.send(Request.put("k", Precondition.CREATE, body).in(shape));
        assertThat(created.successful()).isTrue();
        assertThat(refused.status()).isEqualTo(412);
        assertThat(client.send(Request.get("k")).body()).isEqualTo(body);
    }

    @ParameterizedTest
    @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "AWS_CHUNKED")
    void aConditionIsTheSameInEveryShape(RequestShape shape) throws Exception {
        Call call = sent(shape);

        assertThat(call.condition("If-None-Match")).isEqualTo("*");
        assertThat(call.header("Transfer-Encoding")).isEqualTo(shape == RequestShape.CHUNKED ? "chunked" : null);
        assertThat(call.header("Content-Length"))
                .isEqualTo(shape == RequestShape.CHUNKED ? null : Integer.toString(shape.bodyBytes(BODY.length)));
        assertThat(call.header("Content-Type"))
                .isEqualTo(
                        switch (shape) {
                            case JSON -> "application/json";
                            case TEXT -> "text/plain";
                            case UNTYPED -> null;
                            default -> "application/octet-stream";
                        });
    }

    /** As it arrives of an SDK: by its own framing, with a checksum behind it, and more bytes than the object has. */
    @Test
    void anUploadToS3MayBeInChunksOfAmazonsOwn() throws Exception {
        Faithful faithful = new Faithful(Manner.AWS) {
            @Override
            public Reply answer(Call call) {
                if (call.method().equals("PUT") && call.condition("If-None-Match") != null) {
                    writes.add(call);
                }
                return super.answer(call);
            }
        };
        try (ReferenceServer server =
                ReferenceServer.start(faithful, ReferenceServer.Options.PLAIN, "etalon", "secret")) {
            HttpUrl url = HttpUrl.get("http://127.0.0.1:" + server.ports().get(0) + "/");
            S3Access access = new S3Access(url, "us-east-1", "etalon", "secret", "bucket");
            try (Client client = access.readyClient()) {
                assertThat(client.shapes()).containsExactlyInAnyOrder(RequestShape.values());
                send(client, RequestShape.AWS_CHUNKED);
            }
        }
        Call call = writes.get(0);
        assertThat(call.header("x-amz-decoded-content-length")).isEqualTo("10");
        assertThat(call.header("Content-Length")).isEqualTo("51");
        assertThat(call.header("x-amz-content-sha256")).isEqualTo("STREAMING-UNSIGNED-PAYLOAD-TRAILER");
        assertThat(call.body()).isEqualTo(BODY);
    }

    @Test
    void fieldNamesAreInLowerCase() throws Exception {
        try (ServerSocket server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
                Client client = new WireClient(
                        HttpUrl.get("http://127.0.0.1:" + server.getLocalPort() + "/"), WireClient.Signing.NONE)) {
            Future<List<String>> head = reader.submit(() -> {
                try (Socket connection = server.accept()) {
                    BufferedReader in = new BufferedReader(
                            new InputStreamReader(connection.getInputStream(), StandardCharsets.US_ASCII));
                    List<String> names = new ArrayList<>();
                    in.readLine();
                    for (String line = in.readLine(); line != null && !line.isEmpty(); line = in.readLine()) {
                        names.add(line.substring(0, line.indexOf(':')));
                    }
                    connection.getOutputStream().write("HTTP/1.1 204 \r\n\r\n".getBytes(StandardCharsets.US_ASCII));
                    return names;
                }
            });
            client.send(Request.put("k", Precondition.CREATE, BODY).in(RequestShape.LOWER_CASE));
            assertThat(head.get())
                    .contains("host", "if-none-match", "content-type", "content-length")
                    .noneMatch(name -> name.chars().anyMatch(Character::isUpperCase));
        }
    }

    @Test
    void theConditionIsTheLastFieldAndHostTheFirst() throws Exception {
        assertThat(sent(RequestShape.CONDITION_LAST).fieldNames())
                .startsWith("Host")
                .endsWith("If-None-Match");
        assertThat(sent(RequestShape.PLAIN).fieldNames().indexOf("If-None-Match"))
                .isLessThan(2);
    }

    @Test
    void aShapeThatAServerDoesNotTakeIsNotUsedOnIt() throws Exception {
        ReadyClient.of(
                taking(call -> call.header("Content-Length") != null),
                client -> assertThat(client.shapes())
                        .containsExactlyInAnyOrderElementsOf(
                                EnumSet.complementOf(EnumSet.of(RequestShape.CHUNKED, RequestShape.AWS_CHUNKED))));
        ReadyClient.of(
                taking(call -> "application/octet-stream".equals(call.header("Content-Type"))),
                client -> assertThat(client.shapes())
                        .doesNotContain(RequestShape.JSON, RequestShape.TEXT, RequestShape.UNTYPED)
                        .contains(RequestShape.PLAIN, RequestShape.CHUNKED));
        ReadyClient.of(
                taking(call -> call.body().length < 1 << 20),
                client -> assertThat(client.shapes())
                        .doesNotContain(RequestShape.LARGE, RequestShape.HUGE)
                        .contains(RequestShape.PLAIN, RequestShape.EMPTY));
        ReadyClient.of(
                taking(call -> call.body().length > 0),
                client -> assertThat(client.shapes())
                        .doesNotContain(RequestShape.EMPTY)
                        .contains(RequestShape.PLAIN, RequestShape.HUGE));
    }

    @Test
    void namesAreOfEveryFormThatAServerTakes() throws Exception {
        ReadyClient.of(
                taking(call -> true),
                client -> assertThat(client.names())
                        .containsExactlyInAnyOrder(NameForm.FLAT, NameForm.ENCODED, NameForm.LONG));
        ReadyClient.of(
                taking(call -> !call.path().contains("%")),
                client -> assertThat(client.names()).containsExactlyInAnyOrder(NameForm.FLAT, NameForm.LONG));
    }

    @ParameterizedTest
    @EnumSource
    void aNameTellsItsForm(NameForm form) {
        assertThat(NameForm.of(form.prefix("etalon-0123456789abcdef-"))).isEqualTo(form);
    }
}
