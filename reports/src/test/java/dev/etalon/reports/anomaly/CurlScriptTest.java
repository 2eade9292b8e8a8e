package dev.etalon.reports.anomaly;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.etalon.core.check.Lanes;
import dev.etalon.core.plan.RequestShape;
import dev.etalon.core.report.StoredRace;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The script that sends a witness again, word for word, and what it does to a server that loses updates. */
class CurlScriptTest {
    @TempDir
    Path folder;

    /** Type and length of what was written with a condition. */
    private final List<String> racers = new CopyOnWriteArrayList<>();

    private static String script(String scenario, String tag, String url) {
        Telling telling = new Telling(scenario).lostUpdate(0, tag, 0);
        Lanes lanes = Lanes.of(telling.first(), telling.history());
        return CurlScript.of(telling.first(), lanes, new Address(url, scenario.startsWith("s3/")), RequestShape.PLAIN);
    }

    private static String golden(String name) throws IOException {
        try (InputStream in = CurlScriptTest.class.getResourceAsStream("/golden/" + name)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    @Test
    void aWitnessOverPlainHttp() throws Exception {
        assertThat(script("http/counter", "\"t\"", "http://127.0.0.1:8080/")).isEqualTo(golden("replay-http.sh"));
    }

    @Test
    void aWitnessOverS3TakesItsCredentialsFromTheEnvironment() throws Exception {
        assertThat(script("s3/counter", "\"t\"", "https://store.test/")).isEqualTo(golden("replay-s3.sh"));
    }

    @Test
    void neitherATagNorAnAddressCanBringACommandIntoIt() throws Exception {
        String hostile = "$(touch pwned);`touch pwned`'\ntouch pwned\n";
        String script = script("http/counter", "\"" + hostile + "\"", "http://127.0.0.1:1/" + hostile);
        run(script, "http://127.0.0.1:1/");
        run(script, "");
        assertThat(folder.resolve("pwned")).doesNotExist();
    }

    private static String script(StoredRace race, Telling telling) {
        return CurlScript.of(
                telling.first(), Lanes.of(telling.first(), telling.history()), Address.of(race), RequestShape.PLAIN);
    }

    @Test
    void credentialsOfTheRunAreVariablesThatTheScriptAsksFor() throws Exception {
        Telling telling = new Telling("http/counter").lostUpdate(0, "\"t\"", 0);
        try (CheckThenAct server = new CheckThenAct()) {
            String script = script(
                    telling.stored(folder, Map.of("url", server.url() + "?v=1&sig=$ETALON_URL_SIG", "login", "basic")),
                    telling);
            assertThat(run(script, "")).contains("ETALON_URL_SIG").doesNotContain("answer");
            String said = run(
                    script,
                    "",
                    Map.of("ETALON_URL_SIG", "s1g", "ETALON_USER", "me", "ETALON_PASSWORD", "corr3ct horse"));
            assertThat(said).contains("answer2: HTTP/1.1 204", "answer3: HTTP/1.1 204");
            assertThat(server.asked)
                    .isNotEmpty()
                    .allMatch(asked ->
                            asked.matches("/etalon-replay-[0-9-]+[?]v=1&sig=s1g Basic bWU6Y29ycjNjdCBob3JzZQ=="));
        }
    }

    @Test
    void aBucketThatTheRunStoredIsWhereTheScriptWrites() throws Exception {
        Telling telling = new Telling("s3/counter").lostUpdate(0, "\"t\"", 0);
        String script = script(
                telling.stored(
                        folder, Map.of("url", "http://store.test/", "bucket", "my-bucket", "region", "eu-west-1")),
                telling);
        assertThat(script).contains("BUCKET=${BUCKET:-my-bucket}", "aws:amz:${AWS_REGION:-eu-west-1}:s3");
    }

    @Test
    void aServerThatChecksBeforeItActsLosesAnUpdateAgain() throws Exception {
        try (CheckThenAct server = new CheckThenAct()) {
            String said = run(script("http/counter", "\"t\"", server.url()), "");
            assertThat(said).contains("answer2: HTTP/1.1 204", "answer3: HTTP/1.1 204");
            assertThat(said).containsPattern("answer4 showed: w[12]#1");
        }
    }

    @ParameterizedTest
    @EnumSource
    void racersSendAgainInTheShapeThatTheyHad(RequestShape shape) throws Exception {
        Telling telling = new Telling("http/counter").lostUpdate(0, "\"t\"", 0);
        try (CheckThenAct server = new CheckThenAct()) {
            String said = run(
                    CurlScript.of(
                            telling.first(),
                            Lanes.of(telling.first(), telling.history()),
                            new Address(server.url(), false),
                            shape),
                    "");
            assertThat(said).contains("answer2: HTTP/1.1 204", "answer3: HTTP/1.1 204");
        }
        String type = Map.of(RequestShape.JSON, "application/json", RequestShape.TEXT, "text/plain")
                .getOrDefault(shape, shape == RequestShape.UNTYPED ? "null" : "application/octet-stream");
        String version = "w1#1";
        int bytes = shape.bodyBytes(version.length());
        String length = switch (shape) {
            case CHUNKED -> "chunked";
            case LARGE, HUGE -> Integer.toString(version.length() + bytes);
            default -> Integer.toString(bytes);
        };
        assertThat(racers).containsExactly(type + " " + length, type + " " + length);
    }

    private String run(String script, String url) throws Exception {
        return run(script, url, Map.of());
    }

    private String run(String script, String url, Map<String, String> environment) throws Exception {
        Path file = Files.writeString(folder.resolve("replay.sh"), script);
        Process process;
        try {
            assumeTrue(new ProcessBuilder("curl", "--version").start().waitFor() == 0, "curl is here");
            ProcessBuilder builder = new ProcessBuilder(List.of("sh", file.toString()))
                    .directory(folder.toFile())
                    .redirectErrorStream(true);
            builder.environment().put("URL", url);
            builder.environment().putAll(environment);
            process = builder.start();
        } catch (IOException e) {
            assumeTrue(false, "a shell and curl are here");
            throw e;
        }
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor(10, TimeUnit.MINUTES)).isTrue();
        return said;
    }

    /** One resource; two conditional writers meet between the check and the act. */
    private final class CheckThenAct implements AutoCloseable {
        private final AtomicReference<String> body = new AtomicReference<>("");
        private final CountDownLatch checked = new CountDownLatch(2);
        private final ExecutorService threads = Executors.newCachedThreadPool();
        private final HttpServer server;
        private final List<String> asked = new CopyOnWriteArrayList<>();

        CheckThenAct() throws IOException {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
            server.setExecutor(threads);
            server.createContext("/", this::answer);
            server.start();
        }

        String url() {
            return "http://127.0.0.1:" + server.getAddress().getPort() + "/";
        }

        private String tag(String of) {
            return "\"" + Integer.toHexString(of.hashCode()) + "\"";
        }

        private void answer(HttpExchange exchange) throws IOException {
            try (exchange) {
                String sent = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
                asked.add(exchange.getRequestURI() + " "
                        + exchange.getRequestHeaders().getFirst("Authorization"));
                String condition = exchange.getRequestHeaders().getFirst("If-Match");
                if (exchange.getRequestMethod().equals("GET")) {
                    byte[] shown = body.get().getBytes(StandardCharsets.UTF_8);
                    exchange.getResponseHeaders().set("ETag", tag(body.get()));
                    exchange.sendResponseHeaders(200, shown.length);
                    exchange.getResponseBody().write(shown);
                    return;
                }
                if (condition != null) {
                    String coding = exchange.getRequestHeaders().getFirst("Transfer-Encoding");
                    racers.add(exchange.getRequestHeaders().getFirst("Content-Type") + " "
                            + (coding == null ? sent.length() : coding));
                    boolean holds = condition.equals(tag(body.get()));
                    checked.countDown();
                    boolean met = checked.await(5, TimeUnit.MINUTES);
                    if (!holds || !met) {
                        exchange.sendResponseHeaders(412, -1);
                        return;
                    }
                }
                body.set(sent);
                exchange.sendResponseHeaders(204, -1);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }

        @Override
        public void close() {
            server.stop(0);
            threads.shutdownNow();
        }
    }
}
