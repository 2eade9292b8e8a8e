package dev.etalon.litmus;

import dev.etalon.core.model.History;
import dev.etalon.core.model.Invocation;
import dev.etalon.core.model.Operation;
import dev.etalon.core.model.Version;
import dev.etalon.core.plan.Protocol;
import dev.etalon.core.plan.Versioning;
import dev.etalon.core.run.Sender;
import dev.etalon.core.store.Recorder;
import dev.etalon.core.target.Client;
import dev.etalon.core.target.Client.Prepared;
import dev.etalon.core.target.Dialect;
import dev.etalon.core.target.Hold;
import dev.etalon.core.target.RawAnswer;
import dev.etalon.core.target.RawRequest;
import dev.etalon.core.target.Request;
import dev.etalon.core.target.Settings;
import dev.etalon.core.target.TargetUnavailableException;
import dev.etalon.targets.client.Access;
import dev.etalon.targets.client.Ledger;
import dev.etalon.targets.client.RawWire;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * The server that the litmus test of this process races at, how much may be asked of it, and the history of what was
 * asked. One at a time. Thread-safe.
 */
public final class Server implements AutoCloseable {
    /** jcstress makes the objects of a test without arguments, so that they have to find the server by themselves. */
    private static volatile @Nullable Server current;

    /** What a sample in hand is given to end. */
    private static final long IN_HAND_NS = TimeUnit.MILLISECONDS.toNanos(500);

    private final History.Origin origin;
    private final Limits limits;
    private final Dialect dialect;
    private final List<Versioning> versioning;
    private final List<Client> endpoints = new ArrayList<>();
    private final List<Ledger> ledgers = new ArrayList<>();
    private final RawWire raw;
    private final Recorder recorder;
    private final Lane coordinator;
    private final Queue<Lane> lanes = new ConcurrentLinkedQueue<>();
    private final AtomicInteger actors = new AtomicInteger();
    private final AtomicInteger keys = new AtomicInteger();
    private final AtomicLong requests = new AtomicLong();
    private final long startNs = System.nanoTime();
    private volatile boolean abandoned;

    /**
     * How much may be asked; what was begun is brought to its end all the same, so that it can be cleaned up.
     *
     * @param requests after which no sample is begun
     * @param time after which no sample is begun
     */
    public record Limits(long requests, Duration time) {}

    /** Who sends one request after the other: the actor of a history. One thread at a time. */
    record Lane(int actor, Sender sender) {}

    private Server(Settings settings, History.Origin origin, Path history, Limits limits)
            throws IOException, TargetUnavailableException {
        this.origin = origin;
        this.limits = limits;
        Protocol protocol =
                Protocol.valueOf(settings.get("etalon.protocol", "http").toUpperCase(Locale.ROOT));
        this.dialect = protocol == Protocol.S3 ? Dialect.AWS : Dialect.RFC9110;
        Access first = Access.of(protocol, settings);
        this.versioning = first.versioning();
        this.raw = first.raw();
        first.options().ledger().ifPresent(ledgers::add);
        List<String> urls = settings.list("etalon.litmus.urls");
        for (String url : urls.isEmpty() ? List.of(settings.get("etalon.url", "")) : urls) {
            Access access = Access.of(protocol, settings.with(Map.of("etalon.url", url)));
            endpoints.add(access.speaking(access.client()));
            access.options().ledger().ifPresent(ledgers::add);
        }
        this.recorder = Recorder.create(history, origin);
        this.coordinator = new Lane(0, new Sender(origin.run(), dialect, recorder.actor(0)));
    }

    /**
     * Makes a server the one that resources are at, until it is closed.
     *
     * @param settings {@code etalon.url} and what belongs to it; {@code etalon.litmus.urls} if it has several endpoints
     * @param origin what the history begins with; names and bodies carry its run
     * @param history a file that is not there yet
     * @param limits how much may be asked
     * @throws TargetUnavailableException when nothing is named that could be raced, with a sentence for the user
     * @throws IOException when the history cannot be written, with a sentence for the user
     */
    public static Server open(Settings settings, History.Origin origin, Path history, Limits limits)
            throws IOException, TargetUnavailableException {
        Server server = new Server(settings, origin, history, limits);
        current = server;
        return server;
    }

    static Server current() {
        Server server = current;
        if (server == null) {
            throw new IllegalStateException("a resource is at a server; have the test run by LitmusRaces");
        }
        return server;
    }

    History.Origin origin() {
        return origin;
    }

    /** The number of a key that was not there before, 0 and up. */
    int freshKey() {
        return keys.getAndIncrement();
    }

    /** What the bucket of a key does with old versions: the kinds take turns, as in every plan. */
    Versioning versioning(int key) {
        return Versioning.of(versioning, key);
    }

    Client endpoint(int number) {
        return endpoints.get(number);
    }

    /** Begins no more samples, and removes what those before have left. Bounded; for a process that has to end. */
    public void abandon() {
        abandoned = true;
        LockSupport.parkNanos(IN_HAND_NS);
        ledgers.forEach(made -> made.clean(true, () -> true));
    }

    /** Whether nothing more is to be begun. */
    boolean exhausted() {
        return abandoned
                || requests.get() >= limits.requests()
                || System.nanoTime() - startNs >= limits.time().toNanos();
    }

    /** A lane of the calling thread's own, until it is {@link #back}. */
    Lane lane() {
        Lane free = lanes.poll();
        if (free != null) {
            return free;
        }
        int actor = actors.incrementAndGet();
        try {
            return new Lane(actor, new Sender(origin.run(), dialect, recorder.actor(actor)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    void back(Lane lane) {
        lanes.add(lane);
    }

    /**
     * Who sets resources up and looks at them in the end: one at a time.
     *
     * @param writes the version that is written; null for a read
     */
    Operation coordinate(Prepared ready, Request request, int key, @Nullable Version writes, int depth, int endpoint) {
        synchronized (coordinator) {
            return send(coordinator, ready, request, key, writes, depth, endpoint);
        }
    }

    /**
     * Sends and records a request.
     *
     * @param writes the version that is written, of a delete its identity; null for a read
     * @param depth of what is written
     */
    Operation send(
            Lane lane, Prepared ready, Request request, int key, @Nullable Version writes, int depth, int endpoint) {
        requests.incrementAndGet();
        try {
            return lane.sender.send(
                    new Invocation(
                            lane.sender.nextId(),
                            lane.actor,
                            key,
                            key,
                            endpoint,
                            request.method(),
                            request.precondition(),
                            writes,
                            depth,
                            System.nanoTime()),
                    ready,
                    Hold.NONE,
                    () -> 0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Sends what is no part of the history. */
    RawAnswer aside(RawRequest request) {
        requests.incrementAndGet();
        return raw.send(request).answer();
    }

    /** Sends what is no part of the history. */
    void aside(Prepared request) {
        requests.incrementAndGet();
        request.send(Hold.NONE);
    }

    @Override
    public void close() throws IOException {
        current = null;
        ledgers.forEach(made -> made.clean(true, () -> abandoned));
        ledgers.forEach(Ledger::close);
        endpoints.forEach(Client::close);
        raw.close();
        recorder.close();
    }
}
