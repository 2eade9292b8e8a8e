package dev.etalon.bench;

import dev.etalon.core.check.Judge;
import dev.etalon.core.model.History;
import dev.etalon.core.model.Operation;
import dev.etalon.core.model.Verdict;
import dev.etalon.core.run.BenchActor;
import dev.etalon.core.store.HistoryReader;
import dev.etalon.core.store.Recorder;
import dev.etalon.targets.client.WireClient;
import java.io.IOException;
import java.io.PrintStream;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Locale;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import okhttp3.HttpUrl;

/**
 * Kills processes that record, with SIGKILL at random points, and reads what they left. A child counts in a mapped file
 * how many operations of each actor are in; the history must have at least those, without a gap, and no damage.
 */
final class Kills {
    static final String CHILD = "record-until-killed";

    /** Every third process races against a server of its own; the others record as fast as they can. */
    private static final int RACING_EVERY = 3;

    private static final int ACTORS = 3;
    private static final long EARLIEST_MS = 50;
    private static final long LATEST_MS = 1_500;
    private static final long START_S = 60;

    private final PrintStream out;
    private final int kills;
    private final SplittableRandom random;

    Kills(Arguments arguments, PrintStream out) {
        this.out = out;
        this.kills = (int) arguments.number("kills", 100);
        this.random = new SplittableRandom(arguments.number("seed", 1));
    }

    void run() throws Exception {
        int whole = 0;
        int ahead = 0;
        int cut = 0;
        long operations = 0;
        for (int kill = 0; kill < kills; kill++) {
            boolean racing = kill % RACING_EVERY == 0;
            Path folder = Files.createTempDirectory(Path.of("").toAbsolutePath(), ".kill");
            try {
                long afterMs = random.nextLong(EARLIEST_MS, LATEST_MS + 1);
                long[] counted = recordAndKill(folder, racing, afterMs);
                History history = HistoryReader.read(folder.resolve("history.etl"));
                Left left = left(history, counted, racing);
                operations += history.operations().size();
                ahead += left.ahead();
                cut += left.cut();
                if (left.fault().isEmpty()) {
                    whole++;
                } else {
                    out.printf(
                            Locale.ROOT, "  kill %d after %d ms, racing=%b: %s%n", kill, afterMs, racing, left.fault());
                }
            } finally {
                try (var files = Files.list(folder)) {
                    for (Path file : files.toList()) {
                        Files.delete(file);
                    }
                }
                Files.delete(folder);
            }
        }
        out.printf(
                Locale.ROOT,
                "kill: %d of %d histories readable to the last whole event; %,d operations read, %d requests were in"
                        + " flight, %d completions were in that the child had not yet counted%n",
                whole,
                kills,
                operations,
                cut,
                ahead);
    }

    /**
     * What a killed process left.
     *
     * @param fault what is wrong with it; empty when nothing is
     * @param ahead completions beyond the child's count
     * @param cut requests without a completion
     */
    private record Left(String fault, int ahead, int cut) {}

    private static Left left(History history, long[] counted, boolean racing) {
        if (!history.damage().isEmpty()) {
            return new Left("damage: " + history.damage(), 0, 0);
        }
        int[] completed = new int[ACTORS + 1];
        int[] open = new int[ACTORS + 1];
        for (Operation op : history.operations()) {
            int actor = op.invocation().actor();
            int number = (int) op.invocation().id();
            // Operations come in order of start, which is that of each actor.
            if (open[actor] != 0 || number != completed[actor] + 1) {
                return new Left("a gap: actor=" + actor + " operation=" + number + " after=" + completed[actor], 0, 0);
            }
            if (op.completion() == null) {
                open[actor] = 1;
            } else {
                completed[actor]++;
            }
        }
        int ahead = 0;
        int cut = 0;
        for (int actor = 1; actor <= ACTORS; actor++) {
            if (completed[actor] < counted[actor]) {
                return new Left(
                        "lost: actor=" + actor + " counted=" + counted[actor] + " read=" + completed[actor], 0, 0);
            }
            ahead += (int) (completed[actor] - counted[actor]);
            cut += open[actor];
        }
        if (racing && Judge.judge(history).status() == Verdict.Status.VIOLATION) {
            return new Left("the judge finds fault with a history that was cut short", ahead, cut);
        }
        return new Left("", ahead, cut);
    }

    /** Starts a child, kills it so long after it began to record, and returns what its actors had counted. */
    private static long[] recordAndKill(Path folder, boolean racing, long afterMs) throws Exception {
        Path counts = folder.resolve("counts");
        try (FileChannel channel = FileChannel.open(
                counts, StandardOpenOption.CREATE_NEW, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
            ByteBuffer counter = map(channel);
            Process child = new ProcessBuilder(
                            Path.of(System.getProperty("java.home"), "bin", "java")
                                    .toString(),
                            "-XX:+UseSerialGC",
                            "-Xmx128m",
                            "-cp",
                            System.getProperty("java.class.path"),
                            Bench.class.getName(),
                            CHILD,
                            "file=" + folder.resolve("history.etl"),
                            "actors=" + (racing ? -ACTORS : ACTORS))
                    .redirectErrorStream(true)
                    .redirectOutput(folder.resolve("log").toFile())
                    .start();
            try {
                long deadlineNs = System.nanoTime() + TimeUnit.SECONDS.toNanos(START_S);
                while (counted(counter)[1] == 0) {
                    if (!child.isAlive() || System.nanoTime() > deadlineNs) {
                        throw new IOException(
                                "the recording process did not begin: " + Files.readString(folder.resolve("log")));
                    }
                    Thread.sleep(1);
                }
                Thread.sleep(afterMs);
                if (!child.isAlive()) {
                    throw new IOException(
                            "the recording process ended by itself: " + Files.readString(folder.resolve("log")));
                }
            } finally {
                child.destroyForcibly();
                child.waitFor();
            }
            return counted(counter);
        }
    }

    private static final VarHandle COUNT = MethodHandles.byteBufferViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

    private static ByteBuffer map(FileChannel channel) throws IOException {
        return channel.map(FileChannel.MapMode.READ_WRITE, 0, Long.BYTES * (ACTORS + 1L));
    }

    private static long[] counted(ByteBuffer counter) {
        long[] counted = new long[ACTORS + 1];
        for (int actor = 1; actor <= ACTORS; actor++) {
            counted[actor] = (long) COUNT.getAcquire(counter, actor * Long.BYTES);
        }
        return counted;
    }

    /** The process to be killed. */
    static final class Child {
        private final Path file;
        private final boolean racing;

        Child(Arguments arguments) {
            this.file = Path.of(arguments.text("file", null));
            this.racing = arguments.number("actors", 0) < 0;
        }

        /** One actor's turn: records something and returns how many operations that were. */
        private interface Turn {
            int take() throws IOException;
        }

        void run() throws Exception {
            Path counts = file.resolveSibling("counts");
            try (FileChannel channel = FileChannel.open(counts, StandardOpenOption.READ, StandardOpenOption.WRITE);
                    Recorder recorder = Recorder.create(file, Pen.ORIGIN)) {
                ByteBuffer counter = map(channel);
                Thread[] threads = new Thread[ACTORS];
                Origin origin = racing ? Origin.start() : null;
                for (int actor = 1; actor <= ACTORS; actor++) {
                    int number = actor;
                    Turn turn;
                    long before = 0;
                    if (origin == null) {
                        Pen pen = new Pen(recorder.actor(number), number, true);
                        turn = () -> {
                            pen.operation();
                            return 1;
                        };
                    } else {
                        BenchActor racer = new BenchActor(
                                recorder.actor(number),
                                number,
                                new WireClient(
                                        HttpUrl.get("http://127.0.0.1:" + origin.port() + "/"),
                                        WireClient.Signing.NONE),
                                Pen.tag(0),
                                512);
                        if (number == 1) {
                            racer.lay(0);
                            before = 1;
                        }
                        turn = () -> racer.increment(0);
                    }
                    long first = before;
                    threads[actor - 1] = new Thread(() -> endlessly(turn, counter, number, first));
                }
                for (Thread thread : threads) {
                    thread.start();
                }
                for (Thread thread : threads) {
                    thread.join();
                }
            }
        }

        private static void endlessly(Turn turn, ByteBuffer counter, int actor, long before) {
            long count = before;
            try {
                while (true) {
                    count += turn.take();
                    COUNT.setRelease(counter, actor * Long.BYTES, count);
                }
            } catch (IOException e) {
                throw new java.io.UncheckedIOException(e);
            }
        }
    }
}
