package dev.etalon.targets.client;

import static org.assertj.core.api.Assertions.assertThat;

import dev.etalon.core.model.Method;
import dev.etalon.core.model.Outcome;
import dev.etalon.core.model.Precondition;
import dev.etalon.core.plan.Alignment;
import dev.etalon.core.plan.NameForm;
import dev.etalon.core.plan.RequestShape;
import dev.etalon.core.target.Answer;
import dev.etalon.core.target.Hold;
import dev.etalon.core.target.Request;
import dev.etalon.core.target.Settings;
import dev.etalon.junit.Sample;
import dev.etalon.targets.client.WatchingServer.Wire;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedSelectorException;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import okhttp3.MediaType;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionFactory;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What is held on the socket is counted on the wire: not before it is let go, and then all of it. */
@Timeout(value = 10, unit = TimeUnit.MINUTES)
class HeldRequestTest {
    private static final int RACERS = 4;
    /** What takes longer than this hangs, however busy the machine is. */
    private static final long HANGS_S = 120;

    private static final byte[] BODY = "x".repeat(2_000).getBytes(StandardCharsets.US_ASCII);

    /** A hold on the socket whose tail the test lets go. */
    private static final class SocketHold implements Hold {
        private final CountDownLatch arrived = new CountDownLatch(1);
        private volatile @Nullable Tail tail;

        @Override
        public Place place() {
            return Place.SOCKET;
        }

        @Override
        public int tailBytes(int bodyBytes) {
            throw new IllegalStateException("a hold on the socket is not asked for a part of the body");
        }

        @Override
        public void atTail() {
            throw new IllegalStateException("the sender does not write this tail");
        }

        @Override
        public void atTail(Tail held) {
            tail = held;
            arrived.countDown();
        }

        Tail tail() throws InterruptedException {
            assertThat(arrived.await(HANGS_S, TimeUnit.SECONDS)).as("arrived").isTrue();
            Tail held = tail;
            assertThat(held).isNotNull();
            return held;
        }
    }

    /**
     * Passes bytes on, and counts those that came from the client. What a client of this machine has written is there to
     * read at once, so that {@link #settledBytes} has nothing to wait for.
     */
    private static final class Relay implements AutoCloseable {
        private final ServerSocketChannel listener =
                ServerSocketChannel.open().bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
        private final Selector selector = Selector.open();
        private final Map<SocketChannel, Socket> servers = new HashMap<>();
        private final List<Integer> reads = new CopyOnWriteArrayList<>();
        private final ByteBuffer some = ByteBuffer.allocate(1 << 20);
        private final int to;

        Relay(int to) throws IOException {
            this.to = to;
            listener.configureBlocking(false);
            listener.register(selector, SelectionKey.OP_ACCEPT);
            thread(() -> {
                while (selector.isOpen()) {
                    selector.select(key -> {});
                    pass();
                }
            });
        }

        /** Takes in every connection and every byte that there is. */
        private synchronized void pass() throws IOException {
            if (!selector.isOpen()) {
                return;
            }
            for (SocketChannel client = listener.accept(); client != null; client = listener.accept()) {
                accept(client);
            }
            for (Map.Entry<SocketChannel, Socket> each : Map.copyOf(servers).entrySet()) {
                SocketChannel client = each.getKey();
                int count = read(client);
                for (; count > 0; count = read(client)) {
                    reads.add(count);
                    each.getValue().getOutputStream().write(some.array(), 0, count);
                }
                if (count < 0) {
                    servers.remove(client);
                    client.close();
                    each.getValue().close();
                }
            }
        }

        private int read(SocketChannel client) throws IOException {
            some.clear();
            return client.read(some);
        }

        private void accept(SocketChannel client) throws IOException {
            Socket server = new Socket(InetAddress.getLoopbackAddress(), to);
            server.setTcpNoDelay(true);
            client.setOption(StandardSocketOptions.TCP_NODELAY, true);
            client.configureBlocking(false);
            client.register(selector, SelectionKey.OP_READ);
            selector.wakeup();
            servers.put(client, server);
            thread(() -> {
                byte[] answer = new byte[1 << 16];
                InputStream in = server.getInputStream();
                for (int count = in.read(answer); count >= 0; count = in.read(answer)) {
                    ByteBuffer left = ByteBuffer.wrap(answer, 0, count);
                    while (left.hasRemaining()) {
                        client.write(left);
                    }
                }
            });
        }

        private interface Work {
            void run() throws IOException;
        }

        private static void thread(Work work) {
            Thread thread = new Thread(() -> {
                try {
                    work.run();
                } catch (IOException | ClosedSelectorException e) {
                    // A side has closed, which is how every one of these ends.
                }
            });
            thread.setDaemon(true);
            thread.start();
        }

        int port() {
            return listener.socket().getLocalPort();
        }

        /** The bytes of everything that clients have written so far. */
        int settledBytes() throws IOException {
            return settledReads().stream().mapToInt(Integer::intValue).sum();
        }

        /** The same, read by read. */
        List<Integer> settledReads() throws IOException {
            pass();
            return List.copyOf(reads);
        }

        @Override
        public synchronized void close() throws IOException {
            listener.close();
            selector.close();
            for (Map.Entry<SocketChannel, Socket> each : servers.entrySet()) {
                each.getKey().close();
                each.getValue().close();
            }
        }
    }

    /** What is copied is in no body, so that CopyObject is a PUT whose body is there but empty. */
    private static WireClient.Prepared prepared(WireClient client, Method method, int racer) {
        String key = "k" + racer;
        return method == Method.COPY
                ? client.prepare(
                        WireClient.about(client.url(key), Precondition.NONE),
                        "PUT",
                        MediaType.get("a/b"),
                        new byte[0],
                        RequestShape.PLAIN)
                : client.prepare(new Request(method, key, Precondition.NONE, method == Method.PUT ? BODY : null));
    }

    static Stream<Arguments> writesEverywhere() {
        return Stream.of(Wire.values())
                .flatMap(wire ->
                        Stream.of(Method.PUT, Method.DELETE, Method.COPY).map(method -> Arguments.of(wire, method)));
    }

    @ParameterizedTest
    @MethodSource("writesEverywhere")
    void aGateHoldsTheEndOfEveryRequestAndLetsThemGoOneByOne(Wire wire, Method method) throws Exception {
        try (WatchingServer server = new WatchingServer(wire);
                Relay relay = new Relay(server.url().port());
                WireClient client =
                        new WireClient(server.url(relay.port()), WireClient.Signing.NONE, server.options())) {
            List<SocketHold> holds = new ArrayList<>();
            List<CompletableFuture<Answer>> answers = send(client, method, holds);
            for (SocketHold hold : holds) {
                hold.tail().stage();
            }
            int held = relay.settledBytes();
            assertThat(server.seen()).filteredOn(request -> request.endNs != 0).isEmpty();
            for (int racer = 0; racer < RACERS; racer++) {
                assertThat(answers.get(racer)).isNotDone();
                holds.get(racer).tail().send();
                assertThat(answers.get(racer).get(HANGS_S, TimeUnit.SECONDS).status())
                        .isEqualTo(204);
                if (!wire.multiplexed()) {
                    held++;
                    assertThat(relay.settledBytes()).as("one byte more").isEqualTo(held);
                }
            }
            assertThat(server.seen())
                    .hasSize(RACERS)
                    .allSatisfy(request -> assertThat(request.bytes).isEqualTo(method == Method.PUT ? BODY.length : 0));
        }
    }

    static Stream<Arguments> writesOnConnectionsOfTheirOwn() {
        return writesEverywhere().filter(arguments -> !((Wire) arguments.get()[0]).multiplexed());
    }

    @ParameterizedTest
    @MethodSource("writesOnConnectionsOfTheirOwn")
    void aStagedTailWakesTheServerAndAWrittenOneDoesNotWakeTheSender(Wire wire, Method method) throws Exception {
        try (WatchingServer server = new WatchingServer(wire);
                Relay relay = new Relay(server.url().port());
                WireClient client =
                        new WireClient(server.url(relay.port()), WireClient.Signing.NONE, server.options())) {
            SocketHold hold = new SocketHold();
            WireClient.Prepared prepared = prepared(client, method, 0);
            CompletableFuture<Answer> answer = CompletableFuture.supplyAsync(() -> prepared.send(hold));
            hold.tail();
            int held = relay.settledBytes();
            hold.tail().stage();
            hold.tail().stage();
            assertThat(relay.settledBytes()).as("the byte that wakes").isEqualTo(held + 1);
            assertThat(server.seen()).filteredOn(request -> request.endNs != 0).isEmpty();
            hold.tail().write();
            hold.tail().stage();
            assertThat(relay.settledBytes()).as("the last byte").isEqualTo(held + 2);
            await().untilAsserted(() -> assertThat(server.seen())
                    .singleElement()
                    .satisfies(request -> assertThat(request.endNs).isPositive()));
            assertThat(answer).as("sender").isNotDone();
            hold.tail().send();
            assertThat(answer.get(HANGS_S, TimeUnit.SECONDS).status()).isEqualTo(204);
        }
    }

    static Stream<Arguments> writesOnSharedConnections() {
        return writesEverywhere().filter(arguments -> ((Wire) arguments.get()[0]).multiplexed());
    }

    @ParameterizedTest
    @MethodSource("writesOnSharedConnections")
    void theLastFramesOfOneConnectionLeaveInOneWrite(Wire wire, Method method) throws Exception {
        try (WatchingServer server = new WatchingServer(wire);
                Relay relay = new Relay(server.url().port());
                WireClient client =
                        new WireClient(server.url(relay.port()), WireClient.Signing.NONE, server.options())) {
            assertThat(client.send(Request.get("warm")).status()).isEqualTo(404);
            List<SocketHold> holds = new ArrayList<>();
            List<CompletableFuture<Answer>> answers = send(client, method, holds);
            for (SocketHold hold : holds) {
                hold.tail();
            }
            int writes = relay.settledReads().size();
            for (SocketHold hold : holds) {
                hold.tail().stage();
            }
            assertThat(relay.settledReads())
                    .as("nothing leaves when it is staged")
                    .hasSize(writes);
            holds.get(RACERS - 1).tail().send();
            // One write of a few hundred bytes is one segment on loopback, and one read.
            await().until(() -> relay.settledReads().size() > writes);
            int frames = relay.settledReads().get(writes);
            assertThat(frames).isGreaterThanOrEqualTo(RACERS * 10);
            for (SocketHold hold : holds) {
                hold.tail().send();
            }
            for (CompletableFuture<Answer> answer : answers) {
                assertThat(answer.get(HANGS_S, TimeUnit.SECONDS).status()).isEqualTo(204);
            }
            assertThat(server.seen().stream().map(request -> request.connection).distinct())
                    .hasSize(1);
            assertThat(client.offers()).contains(Alignment.Need.MULTIPLEXING);
        }
    }

    private static List<CompletableFuture<Answer>> send(WireClient client, Method method, List<SocketHold> holds)
            throws InterruptedException {
        List<CompletableFuture<Answer>> answers = new ArrayList<>();
        for (int racer = 0; racer < RACERS; racer++) {
            SocketHold hold = new SocketHold();
            holds.add(hold);
            WireClient.Prepared prepared = prepared(client, method, racer);
            CompletableFuture<Answer> answer = new CompletableFuture<>();
            answers.add(answer);
            Thread thread = new Thread(() -> answer.complete(prepared.send(hold)));
            thread.setDaemon(true);
            thread.start();
            // One after the other: whoever comes second finds the connection that the first one opened.
            hold.tail();
        }
        return answers;
    }

    @ParameterizedTest
    @EnumSource
    void aRequestThatIsHeldLeavesItsConnectionAsItWas(Wire wire) throws Exception {
        try (WatchingServer server = new WatchingServer(wire);
                WireClient client = new WireClient(server.url(), WireClient.Signing.NONE, server.options())) {
            for (int i = 0; i < 10; i++) {
                SocketHold hold = new SocketHold();
                WireClient.Prepared prepared = prepared(client, i % 2 == 0 ? Method.PUT : Method.DELETE, 0);
                CompletableFuture<Answer> answer = CompletableFuture.supplyAsync(() -> prepared.send(hold));
                hold.tail().send();
                assertThat(answer.get(HANGS_S, TimeUnit.SECONDS).status()).isEqualTo(204);
                assertThat(client.send(Request.get("k0")).status()).isEqualTo(i % 2 == 0 ? 200 : 404);
            }
            assertThat(server.seen().stream().map(request -> request.connection).distinct())
                    .hasSize(1);
        }
    }

    /** Enough to fill every buffer on the way, so that a connection that is closed makes a write fail. */
    private static final byte[] LARGE = new byte[1 << 20];

    private static final int HEAD = 64 * 1024;

    private static ConditionFactory await() {
        return Awaitility.await()
                .pollInSameThread()
                .pollDelay(Duration.ZERO)
                .pollInterval(Duration.ofMillis(1))
                .atMost(Duration.ofSeconds(HANGS_S));
    }

    /** Something that a sender does before it sends its tail. */
    private interface Wait {
        void run() throws IOException;
    }

    /** Holds back the tail until something is done. */
    private static Hold until(Wait wait) {
        return new Hold() {
            @Override
            public int tailBytes(int bodyBytes) {
                return bodyBytes - Math.min(HEAD, bodyBytes / 2);
            }

            @Override
            public void atTail() throws IOException {
                wait.run();
            }
        };
    }

    /** Answers from the headers, once it has read so much of the body, and closes while the client holds the rest. */
    private static Answer answeredEarly(String status, int readFirst) throws IOException {
        try (CountingServer server = new CountingServer((connection, head, in, out) -> {
                    in.readNBytes(readFirst);
                    CountingServer.answer(out, status, "Connection: close");
                    return false;
                });
                WireClient client = new WireClient(server.url(), WireClient.Signing.NONE)) {
            Answer answer =
                    client.prepare(Request.put("k", Precondition.CREATE, LARGE)).send(until(server::awaitClosed));
            assertThat(server.arrivals()).as("requests").hasSize(1);
            return answer;
        }
    }

    @Test
    void aRacerWhoseWriteFailsReadsTheAnswerThatIsInItsSocket() throws Exception {
        Answer answer = answeredEarly("412 Precondition Failed", HEAD);
        assertThat(answer.failure()).isNull();
        assertThat(answer.status()).isEqualTo(412);
    }

    @Test
    void aSuccessForARequestThatCouldNotBeSentWholeIsUnknown() throws Exception {
        Answer answer = answeredEarly("200 OK", HEAD);
        assertThat(answer.failure()).isEqualTo(Outcome.Cause.CONNECTION);
        assertThat(answer.detail()).contains("200", "cannot have whole");
    }

    /** Closing with unread bytes resets the connection, which may destroy what the client has not read yet. */
    @ParameterizedTest
    @ValueSource(strings = {"412 Precondition Failed", "200 OK"})
    void anAnswerThatAResetMayHaveDestroyedIsNeverASuccess(String status) throws Exception {
        Answer answer = answeredEarly(status, 0);
        assertThat(answer.successful()).isFalse();
        assertThat(answer.failure() == Outcome.Cause.CONNECTION || answer.status() == 412)
                .as(answer.toString())
                .isTrue();
    }

    @Test
    void aServerThatIsDoneWritingButStillReadsIsHeard() throws Exception {
        try (CountingServer server = new CountingServer((connection, head, in, out) -> {
                    in.readNBytes(BODY.length / 2);
                    CountingServer.answer(out, "412 Precondition Failed", "Connection: close");
                    in.readNBytes(BODY.length - BODY.length / 2);
                    return false;
                });
                WireClient client = new WireClient(server.url(), WireClient.Signing.NONE)) {
            Answer answer =
                    client.prepare(Request.put("k", Precondition.CREATE, BODY)).send(until(() -> {}));
            assertThat(answer.status()).isEqualTo(412);
        }
    }

    @Test
    void expectationsAreOfferedWhereTheServerAnswersThem() throws Exception {
        try (WatchingServer server = new WatchingServer(Wire.HTTP_1_1);
                WireClient client = new WireClient(server.url(), WireClient.Signing.NONE)) {
            assertThat(client.offers()).doesNotContain(Alignment.Need.EXPECTATION);
            // An answer that takes a second is none to an expectation.
            Sample.of(1, Duration.ofSeconds(5)).fill(() -> {
                client.learn(EnumSet.allOf(NameForm.class));
                return client.offers().contains(Alignment.Need.EXPECTATION) ? 1 : 0;
            });
        }
        try (CountingServer deaf = new CountingServer((connection, head, in, out) -> {
                    CountingServer.body(head, in);
                    CountingServer.answer(out, "204 No Content");
                    return true;
                });
                WireClient client = new WireClient(deaf.url(), WireClient.Signing.NONE)) {
            client.learn(EnumSet.allOf(NameForm.class));
            assertThat(client.offers()).doesNotContain(Alignment.Need.EXPECTATION);
        }
    }

    @Test
    void theTimeoutOfARequestIsTheUsers() throws Exception {
        CountDownLatch over = new CountDownLatch(1);
        try (CountingServer server = new CountingServer((connection, head, in, out) -> {
                    try {
                        over.await();
                    } catch (InterruptedException e) {
                        Thread.currentThread().interrupt();
                    }
                    return false;
                });
                WireClient patient = client(server, Settings.CALL_TIMEOUT_MAX);
                WireClient hasty = client(server, Duration.ofMillis(200))) {
            CompletableFuture<Answer> later = CompletableFuture.supplyAsync(() -> patient.send(Request.get("k")));
            await().until(() -> server.arrivals().size() == 1);
            long startNs = System.nanoTime();
            assertThat(hasty.send(Request.get("k")).failure()).isEqualTo(Outcome.Cause.TIMEOUT);
            assertThat(System.nanoTime() - startNs).isGreaterThanOrEqualTo(TimeUnit.MILLISECONDS.toNanos(150));
            assertThat(later).as("sent before, by a client that has more time").isNotDone();
            over.countDown();
        }
    }

    private static WireClient client(CountingServer server, Duration timeout) {
        return new WireClient(
                server.url(),
                WireClient.Signing.NONE,
                new WireOptions(WireOptions.Version.HTTP_1_1, timeout, Optional.empty()));
    }
}
