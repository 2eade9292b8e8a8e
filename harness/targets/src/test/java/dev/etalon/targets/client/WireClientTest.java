package dev.etalon.targets.client;

import static org.assertj.core.api.Assertions.assertThat;

import dev.etalon.core.model.EntityTag;
import dev.etalon.core.model.Method;
import dev.etalon.core.model.Outcome;
import dev.etalon.core.model.Precondition;
import dev.etalon.core.model.Version;
import dev.etalon.core.target.Answer;
import dev.etalon.core.target.Hold;
import dev.etalon.core.target.Request;
import java.io.IOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** One call is one request on the wire, whatever the server does: a resend would forge the history. */
class WireClientTest {
    private static final byte[] BODY = "0123456789".getBytes(StandardCharsets.US_ASCII);
    private static final Precondition IF_MATCH = Precondition.ifMatch(new EntityTag("\"abc\""), new Version(1, 1));

    private static Request put() {
        return Request.put("k", IF_MATCH, BODY);
    }

    @Test
    void noRequestIsSentTwiceWhenTheServerCutsEveryFirstConnection() throws IOException {
        // The first request of every connection is read whole, perhaps applied, and then the connection is cut.
        Set<Integer> seen = ConcurrentHashMap.newKeySet();
        try (CountingServer server = new CountingServer((connection, head, in, out) -> {
                    CountingServer.body(head, in);
                    return !seen.add(connection);
                });
                WireClient client = new WireClient(server.url(), WireClient.Signing.NONE)) {
            for (int i = 0; i < 20; i++) {
                Answer answer = client.send(i % 2 == 0 ? put() : Request.get("k"));
                assertThat(answer.failure()).isEqualTo(Outcome.Cause.CONNECTION);
                assertThat(server.arrivals()).hasSize(i + 1);
            }
        }
    }

    @Test
    void noRequestIsSentTwiceWhenAPooledConnectionWasCut() throws IOException {
        AtomicInteger handled = new AtomicInteger();
        try (CountingServer server = new CountingServer((connection, head, in, out) -> {
                    CountingServer.body(head, in);
                    if (handled.getAndIncrement() % 2 == 1) {
                        return false;
                    }
                    CountingServer.answer(out, "200 OK", "ETag: \"abc\"");
                    return true;
                });
                WireClient client = new WireClient(server.url(), WireClient.Signing.NONE)) {
            for (int i = 0; i < 10; i++) {
                assertThat(client.send(put()).status()).isEqualTo(200);
                assertThat(client.send(put()).failure()).isEqualTo(Outcome.Cause.CONNECTION);
            }
            assertThat(server.arrivals()).hasSize(20);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "503 Service Unavailable, Retry-After: 0",
        "408 Request Timeout, Connection: close",
        "421 Misdirected Request, Connection: close",
        "401 Unauthorized, WWW-Authenticate: Basic realm=\"x\"",
        "307 Temporary Redirect, Location: /elsewhere",
        "429 Too Many Requests, Retry-After: 0",
    })
    void noAnswerMakesTheClientSendAgain(String status, String field) throws IOException {
        try (CountingServer server = new CountingServer((connection, head, in, out) -> {
                    CountingServer.body(head, in);
                    CountingServer.answer(out, status, field);
                    return !field.startsWith("Connection");
                });
                WireClient client = new WireClient(server.url(), WireClient.Signing.NONE)) {
            int expected = Integer.parseInt(status.substring(0, 3));
            assertThat(client.send(put()).status()).isEqualTo(expected);
            assertThat(client.send(Request.get("k")).status()).isEqualTo(expected);
            assertThat(client.send(Request.delete("k", IF_MATCH)).status()).isEqualTo(expected);
            assertThat(server.arrivals()).hasSize(3);
        }
    }

    /** HTTP/1.0 closes each connection unless it says otherwise (RFC 9112 §9.3). */
    @Test
    void aServerOfHttp10GetsAConnectionForEachRequestAndEachRequestOnce() throws IOException {
        CountingServer.Behaviour closing = (connection, head, in, out) -> {
            out.write("HTTP/1.0 200 OK\r\nContent-Length: 2\r\n\r\nhi".getBytes(StandardCharsets.US_ASCII));
            out.flush();
            return false;
        };
        try (CountingServer server = new CountingServer(closing);
                WireClient client = new WireClient(server.url(), WireClient.Signing.NONE)) {
            for (int i = 0; i < 5; i++) {
                Answer answer = client.send(Request.get("k"));
                assertThat(answer.status()).as(answer.toString()).isEqualTo(200);
                server.awaitClosed();
            }
            assertThat(server.arrivals()).hasSize(5);
        }
    }

    /** Two requests are lost by a server that says nothing; then the client knows. */
    @Test
    void aServerThatClosesItsConnectionsWithoutAWordGetsOneForEachRequestAfterTheSecondLoss() throws IOException {
        CountingServer.Behaviour closing = (connection, head, in, out) -> {
            out.write("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nhi".getBytes(StandardCharsets.US_ASCII));
            out.flush();
            return false;
        };
        try (CountingServer server = new CountingServer(closing);
                WireClient client = new WireClient(server.url(), WireClient.Signing.NONE)) {
            List<Integer> statuses = new ArrayList<>();
            for (int i = 0; i < 8; i++) {
                int before = server.arrivals().size();
                statuses.add(client.send(Request.get("k")).status());
                if (server.arrivals().size() > before) {
                    server.awaitClosed();
                }
            }
            assertThat(statuses).containsExactly(200, 0, 200, 0, 200, 200, 200, 200);
        }
    }

    /** Some servers take no-cache for a wish to have the whole again, and then owe no 304. */
    @Test
    void aReadThatAsksFor304HasCachesRevalidateAndDoesNotForbidThem() throws IOException {
        try (CountingServer server = new CountingServer((connection, head, in, out) -> {
                    CountingServer.answer(out, "304 Not Modified", "ETag: \"a\"");
                    return true;
                });
                WireClient client = new WireClient(server.url(), WireClient.Signing.NONE)) {
            client.send(new Request(
                    Method.GET, "k", Precondition.ifNoneMatch(new EntityTag("\"a\""), Version.ABSENT), null));
            client.send(Request.get("k"));
            assertThat(server.arrivals().get(0)).contains("Cache-Control: max-age=0");
            assertThat(server.arrivals().get(1)).contains("Cache-Control: no-cache");
        }
    }

    @Test
    void theConditionIsSentExactlyAsTheTagWasReceived() throws IOException {
        try (CountingServer server = new CountingServer((connection, head, in, out) -> {
                    CountingServer.body(head, in);
                    CountingServer.answer(out, "200 OK");
                    return true;
                });
                WireClient client = new WireClient(server.url(), WireClient.Signing.NONE)) {
            client.send(put());
            client.send(Request.put("k", Precondition.CREATE, BODY));
            client.send(Request.put("k", Precondition.NONE, BODY));
            client.send(Request.delete("k", IF_MATCH));
            client.send(Request.delete("k", Precondition.NONE));
            client.send(Request.get("k", Precondition.ifNoneMatch(new EntityTag("\"abc\""), new Version(1, 1))));
            assertThat(server.arrivals().get(0))
                    .contains("\r\nIf-Match: \"abc\"\r\n")
                    .doesNotContain("If-None-Match");
            assertThat(server.arrivals().get(1))
                    .contains("\r\nIf-None-Match: *\r\n")
                    .doesNotContain("If-Match:");
            assertThat(server.arrivals().get(2)).doesNotContain("If-");
            assertThat(server.arrivals().get(3)).startsWith("DELETE /").contains("\r\nIf-Match: \"abc\"\r\n");
            assertThat(server.arrivals().get(4)).startsWith("DELETE /").doesNotContain("If-");
            assertThat(server.arrivals().get(5))
                    .startsWith("GET /")
                    .contains("\r\nIf-None-Match: \"abc\"\r\n")
                    .doesNotContain("If-Match:");
        }
    }

    @Test
    void theTailStaysBackUntilTheHoldLetsItGo() throws Exception {
        CountDownLatch headAndMost = new CountDownLatch(1);
        try (CountingServer server = new CountingServer((connection, head, in, out) -> {
                    in.readNBytes(BODY.length - 1);
                    // Everything but the tail is here although the tail is not: it was flushed. Looked at before the
                    // client hears of it, so only a client that does not hold back can have sent more.
                    boolean early = in.available() > 0;
                    headAndMost.countDown();
                    in.readNBytes(1);
                    CountingServer.answer(out, early ? "400 Bad Request" : "200 OK");
                    return true;
                });
                WireClient client = new WireClient(server.url(), WireClient.Signing.NONE)) {
            Answer answer = client.prepare(put()).send(lastByteAfter(headAndMost));
            assertThat(answer.status()).isEqualTo(200);
        }
    }

    @Test
    void anAnswerThatCameBeforeTheTailIsRead() throws IOException {
        CountDownLatch answered = new CountDownLatch(1);
        try (CountingServer server = new CountingServer((connection, head, in, out) -> {
                    in.readNBytes(BODY.length - 1);
                    CountingServer.answer(out, "412 Precondition Failed", "Connection: close");
                    answered.countDown();
                    return false;
                });
                WireClient client = new WireClient(server.url(), WireClient.Signing.NONE)) {
            Answer answer = client.prepare(put()).send(lastByteAfter(answered));
            assertThat(answer.status()).isEqualTo(412);
        }
    }

    @Test
    void aBodyThatEndsWithItsConnectionIsNoAnswerBecauseACutOneLooksTheSame() throws IOException {
        try (CountingServer server = new CountingServer((connection, head, in, out) -> {
                    out.write("HTTP/1.1 200 OK\r\nETag: \"a\"\r\n\r\nhalf a bo".getBytes(StandardCharsets.US_ASCII));
                    return false;
                });
                WireClient client = new WireClient(server.url(), WireClient.Signing.NONE)) {
            assertThat(client.send(Request.get("k")).failure()).isEqualTo(Outcome.Cause.CONNECTION);
        }
    }

    @Test
    void aBodyCutShortIsNoAnswer() throws IOException {
        try (CountingServer server = new CountingServer((connection, head, in, out) -> {
                    out.write("HTTP/1.1 200 OK\r\nContent-Length: 99\r\n\r\nhalf".getBytes(StandardCharsets.US_ASCII));
                    return false;
                });
                WireClient client = new WireClient(server.url(), WireClient.Signing.NONE)) {
            assertThat(client.send(Request.get("k")).failure()).isEqualTo(Outcome.Cause.CONNECTION);
        }
    }

    @Test
    void aTagThatCannotBeSentBackIsNoValidator() throws IOException {
        try (CountingServer server = new CountingServer((connection, head, in, out) -> {
                    out.write("HTTP/1.1 200 OK\r\nContent-Length: 0\r\nETag: \"\u00fc\"\r\n\r\n"
                            .getBytes(StandardCharsets.ISO_8859_1));
                    return true;
                });
                WireClient client = new WireClient(server.url(), WireClient.Signing.NONE)) {
            Answer answer = client.send(Request.get("k"));
            assertThat(answer.status()).isEqualTo(200);
            assertThat(answer.tag()).isNull();
        }
    }

    @Test
    void socketsDoNotWaitForDelayedAcknowledgements() throws IOException {
        try (CountingServer server = new CountingServer((connection, head, in, out) -> false);
                Socket socket = new GatedSocketFactory()
                        .createSocket("127.0.0.1", server.url().port())) {
            assertThat(socket.getTcpNoDelay()).isTrue();
        }
    }

    /** Holds back the last byte until something has happened. */
    private static Hold lastByteAfter(CountDownLatch event) {
        return new Hold() {
            @Override
            public int tailBytes(int bodyBytes) {
                return 1;
            }

            @Override
            public void atTail() throws IOException {
                try {
                    assertThat(event.await(120, TimeUnit.SECONDS)).isTrue();
                } catch (InterruptedException e) {
                    throw new IOException(e);
                }
            }
        };
    }
}
