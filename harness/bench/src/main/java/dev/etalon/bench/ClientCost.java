package dev.etalon.bench;

import dev.etalon.core.model.Completion;
import dev.etalon.core.model.EntityTag;
import dev.etalon.core.model.Invocation;
import dev.etalon.core.model.Method;
import dev.etalon.core.model.Observation;
import dev.etalon.core.model.Outcome;
import dev.etalon.core.model.Precondition;
import dev.etalon.core.model.Version;
import dev.etalon.core.store.ActorLog;
import dev.etalon.core.store.Recorder;
import dev.etalon.core.target.Answer;
import dev.etalon.core.target.Client;
import dev.etalon.targets.client.WireClient;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import okhttp3.ConnectionPool;
import okhttp3.HttpUrl;
import okhttp3.MediaType;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.RequestBody;
import okhttp3.Response;
import org.jspecify.annotations.Nullable;

/**
 * What sending costs: processor time of this process for one request, and requests per second, of our client with and
 * without recording and of bare OkHttp. The server is another process. Each worker reads a key of its own and writes it
 * with If-Match, again and again. The ways take turns in short windows.
 */
final class ClientCost {
    private static final int[] CONCURRENCIES = {1, 16, 64};
    private static final int[] BODY_BYTES = {200, 64 * 1024};
    private static final MediaType OCTETS = MediaType.get("application/octet-stream");

    private final PrintStream out;
    private final int rounds;
    private final long windowNs;

    ClientCost(Arguments arguments, PrintStream out) {
        this.out = out;
        this.rounds = (int) arguments.number("rounds", 15);
        this.windowNs = TimeUnit.MILLISECONDS.toNanos(arguments.number("window", 300));
    }

    /** One worker: sends two requests a turn. */
    private interface Worker {
        void turn() throws IOException;
    }

    /** A way to send; makes a worker for a key. */
    private interface Way {
        Worker worker(String key, int number) throws IOException;
    }

    /** Of one window: processor microseconds per request, requests per second. */
    private record Window(double micros, double perSecond) {}

    void run() throws Exception {
        Process server = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:+UseSerialGC",
                        "-Xmx512m",
                        "-cp",
                        System.getProperty("java.class.path"),
                        Bench.class.getName(),
                        Origin.SERVE)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        try (BufferedReader said =
                new BufferedReader(new InputStreamReader(server.getInputStream(), StandardCharsets.US_ASCII))) {
            String base = "http://127.0.0.1:" + said.readLine() + "/";
            out.printf(
                    Locale.ROOT,
                    "client: %d windows of %d ms for each way, medians; GET and PUT If-Match in turn%n",
                    rounds,
                    TimeUnit.NANOSECONDS.toMillis(windowNs));
            for (int bodyBytes : BODY_BYTES) {
                for (int concurrency : CONCURRENCIES) {
                    compare(base, bodyBytes, concurrency);
                }
            }
        } finally {
            server.destroy();
            server.waitFor();
        }
    }

    private void compare(String base, int bodyBytes, int concurrency) throws Exception {
        byte[] body = new byte[bodyBytes];
        Arrays.fill(body, (byte) 'b');
        Path file = Files.createTempDirectory(Path.of("").toAbsolutePath(), ".client")
                .resolve("history.etl");
        ExecutorService threads = Executors.newFixedThreadPool(concurrency);
        OkHttpClient bare = new OkHttpClient.Builder()
                .retryOnConnectionFailure(false)
                .followRedirects(false)
                .connectionPool(new ConnectionPool(concurrency, 5, TimeUnit.MINUTES))
                .build();
        try (Client wire = new WireClient(HttpUrl.get(base), WireClient.Signing.NONE);
                Client slow = new WireClient(HttpUrl.get(base + "slow/"), WireClient.Signing.NONE);
                Recorder recorder = Recorder.create(file, Pen.ORIGIN)) {
            List<Way> ways = List.of(
                    (key, number) -> new Bare(bare, HttpUrl.get(base + key), body, false),
                    (key, number) -> new Bare(bare, HttpUrl.get(base + key), body, true),
                    (key, number) -> new Wire(wire, key, body, number, null),
                    (key, number) -> new Wire(wire, key, body, number, recorder.actor(number)));
            List<List<Worker>> workers = new ArrayList<>();
            int number = 0;
            for (Way way : ways) {
                List<Worker> some = new ArrayList<>();
                for (int i = 0; i < concurrency; i++) {
                    some.add(way.worker("key-" + ++number, number));
                }
                workers.add(some);
            }
            Window[][] windows = new Window[ways.size()][rounds];
            for (int round = -rounds / 3; round < rounds; round++) {
                for (int turn = 0; turn < ways.size(); turn++) {
                    int way = Math.floorMod(round + turn, ways.size());
                    Window window = window(threads, workers.get(way));
                    if (round >= 0) {
                        windows[way][round] = window;
                    }
                }
            }
            say(bodyBytes, concurrency, windows);
            List<Worker> held = new ArrayList<>();
            for (int i = 0; i < concurrency; i++) {
                held.add(new Wire(slow, "key-" + i, body, i, null));
            }
            most(bare, base);
            window(threads, held);
            out.printf(Locale.ROOT, "    most in flight at the server: %s of %d%n", most(bare, base), concurrency);
        } finally {
            threads.shutdownNow();
            bare.connectionPool().evictAll();
            Files.delete(file);
            Files.delete(file.getParent());
        }
    }

    private static String most(OkHttpClient http, String base) throws IOException {
        try (Response response =
                http.newCall(new Request.Builder().url(base + "most").build()).execute()) {
            return response.body().string();
        }
    }

    private void say(int bodyBytes, int concurrency, Window[][] windows) {
        String[] names = {"bare OkHttp", "bare, bodies kept", "our client", "our client, recorded"};
        out.printf(Locale.ROOT, "  %,d bytes, %d at once%n", bodyBytes, concurrency);
        for (int way = 0; way < names.length; way++) {
            int reference = way == 3 ? 2 : 0;
            out.printf(
                    Locale.ROOT,
                    "    %-21s %6.1f us CPU a request, %,8.0f requests/s; of %s: CPU %.3f, requests/s %.3f%n",
                    names[way],
                    median(Arrays.stream(windows[way])
                            .mapToDouble(Window::micros)
                            .toArray()),
                    median(Arrays.stream(windows[way])
                            .mapToDouble(Window::perSecond)
                            .toArray()),
                    names[reference],
                    ratio(windows[way], windows[reference], true),
                    ratio(windows[way], windows[reference], false));
        }
        out.printf(
                Locale.ROOT,
                "    our client of bare, bodies kept: CPU %.3f, requests/s %.3f%n",
                ratio(windows[2], windows[1], true),
                ratio(windows[2], windows[1], false));
    }

    /** Median of the ratios of windows that lay side by side. */
    private static double ratio(Window[] windows, Window[] reference, boolean micros) {
        double[] ratios = new double[windows.length];
        for (int i = 0; i < ratios.length; i++) {
            ratios[i] = micros
                    ? windows[i].micros() / reference[i].micros()
                    : windows[i].perSecond() / reference[i].perSecond();
        }
        return median(ratios);
    }

    private static double median(double[] values) {
        Arrays.sort(values);
        return values[values.length / 2];
    }

    private Window window(ExecutorService threads, List<Worker> workers) throws Exception {
        Stopwatch stopwatch = Stopwatch.start();
        long endNs = System.nanoTime() + windowNs;
        List<Future<Integer>> futures = new ArrayList<>();
        for (Worker worker : workers) {
            futures.add(threads.submit(() -> {
                int turns = 0;
                while (System.nanoTime() < endNs) {
                    worker.turn();
                    turns++;
                }
                return turns;
            }));
        }
        long requests = 0;
        for (Future<Integer> future : futures) {
            requests += 2L * future.get();
        }
        Stopwatch.Lap lap = stopwatch.lap();
        return new Window(1e6 * lap.processSeconds() / requests, requests / lap.wallSeconds());
    }

    private static IOException refused(int status) {
        return new IOException("a request to a key of one's own was answered " + status);
    }

    /** OkHttp with a template per key; the bodies it reads are skipped, or kept as a harness that looks at them must. */
    private static final class Bare implements Worker {
        private final OkHttpClient http;
        private final Request template;
        private final RequestBody body;
        private final boolean keeps;
        byte @Nullable [] kept;

        Bare(OkHttpClient http, HttpUrl url, byte[] body, boolean keeps) throws IOException {
            this.http = http;
            this.keeps = keeps;
            this.template = new Request.Builder()
                    .url(url)
                    .header("Accept-Encoding", "identity")
                    .build();
            this.body = RequestBody.create(body, OCTETS);
            try (Response put =
                    http.newCall(template.newBuilder().put(this.body).build()).execute()) {
                check(put);
            }
        }

        private static void check(Response response) throws IOException {
            if (!response.isSuccessful()) {
                throw refused(response.code());
            }
        }

        @Override
        public void turn() throws IOException {
            String tag;
            try (Response get = http.newCall(template).execute()) {
                check(get);
                tag = String.valueOf(get.header("ETag"));
                if (keeps) {
                    kept = get.body().bytes();
                } else {
                    get.body().source().skip(body.contentLength());
                }
            }
            try (Response put = http.newCall(template.newBuilder()
                            .header("If-Match", tag)
                            .put(body)
                            .build())
                    .execute()) {
                check(put);
            }
        }
    }

    /** Our client as an actor uses it, with or without a log. */
    private static final class Wire implements Worker {
        private final Client client;
        private final String key;
        private final byte[] body;
        private final int number;
        private final @Nullable ActorLog log;
        private final Version version;
        private long ids;

        Wire(Client client, String key, byte[] body, int number, @Nullable ActorLog log) throws IOException {
            this.client = client;
            this.key = key;
            this.body = body;
            this.number = number;
            this.log = log;
            this.version = new Version(number, 1);
            check(client.send(dev.etalon.core.target.Request.put(key, Precondition.NONE, body)));
        }

        private static void check(Answer answer) throws IOException {
            if (!answer.successful()) {
                throw refused(answer.status());
            }
        }

        @Override
        public void turn() throws IOException {
            Answer get = send(dev.etalon.core.target.Request.get(key));
            EntityTag tag = get.tag();
            if (tag == null) {
                throw new IOException("an answer without a tag");
            }
            send(dev.etalon.core.target.Request.put(key, Precondition.ifMatch(tag, version), body));
        }

        private Answer send(dev.etalon.core.target.Request request) throws IOException {
            Client.Prepared prepared = client.prepare(request);
            if (log == null) {
                Answer answer = prepared.send(dev.etalon.core.target.Hold.NONE);
                check(answer);
                return answer;
            }
            long id = log.nextId();
            log.begin(new Invocation(
                    id,
                    number,
                    0,
                    number,
                    0,
                    request.method(),
                    request.precondition(),
                    request.method() == Method.GET ? null : version,
                    (int) ++ids,
                    System.nanoTime()));
            Answer answer = prepared.send(dev.etalon.core.target.Hold.NONE);
            long endNs = System.nanoTime();
            log.end(new Completion(id, answer.status(), Outcome.APPLIED, answer.tag(), Observation.NOTHING, 0, endNs));
            check(answer);
            return answer;
        }
    }
}
