package dev.etalon.core.run;

import dev.etalon.core.model.Operation;
import dev.etalon.core.plan.RoundPlan;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;

/** The armed racers of one round: what an {@link Aligner} sends, holds and lets go. One thread at a time. */
final class Volley {
    /** How long racers may take to reach their gates; a healthy loopback server needs milliseconds. */
    private static final long ARRIVAL_MS = 5_000;

    /** Between the last arrival and the release: the heads must have been read by the server. */
    private static final long SETTLE_NS = TimeUnit.MILLISECONDS.toNanos(2);

    /** Beyond any client timeout: a racer that is not back by then is a defect of the harness. */
    private static final long COLLECT_S = 120;

    private final RoundPlan round;
    private final List<Actor> actors;
    private final List<Actor.Armed> armed;
    private final ExecutorService threads;
    private final List<Future<Operation>> sent = new ArrayList<>();
    private final Map<Integer, Gate> gates = new HashMap<>();

    /** Racer {@code i} is actor {@code i + 1}. */
    Volley(RoundPlan round, List<Actor> actors, List<Actor.Armed> armed, ExecutorService threads) {
        this.round = round;
        this.actors = actors;
        this.armed = armed;
        this.threads = threads;
    }

    RoundPlan round() {
        return round;
    }

    /** The racers in the order of release. */
    List<Integer> order() {
        return round.releaseOrder();
    }

    /** Sends a racer's request from a thread of its own, straight through. */
    Future<Operation> send(int racer) {
        return submit(() -> actors.get(racer + 1).write(armed.get(racer)));
    }

    /** Sends every racer's request from a thread of its own, each through a gate. */
    void sendThrough(Supplier<Gate> kind) {
        for (int racer = 0; racer < armed.size(); racer++) {
            sendThrough(racer, kind.get());
        }
    }

    /** Sends a racer's request from a thread of its own, through a gate. */
    void sendThrough(int racer, Gate gate) {
        gates.put(racer, gate);
        submit(() -> {
            try {
                if (gate.place() == Gate.Place.NOWHERE) {
                    gate.arrive();
                    gate.awaitOpen();
                }
                return actors.get(racer + 1).write(armed.get(racer), gate);
            } finally {
                gate.arrive();
            }
        });
    }

    /** Sends a racer's request from the calling thread. For racers that send more than one. */
    Operation sendHere(int racer) throws IOException {
        return actors.get(racer + 1).write(armed.get(racer));
    }

    /** Lets another thread send; what it returns is one of this volley's operations. */
    Future<Operation> submit(Callable<Operation> sender) {
        return add(threads.submit(sender));
    }

    /** Takes an operation that somebody else sends for this volley. */
    Future<Operation> add(Future<Operation> operation) {
        sent.add(operation);
        return operation;
    }

    ExecutorService threads() {
        return threads;
    }

    /** Waits until every gate has its racer, or it is too late, and then until the server has read what was sent. */
    void awaitArrivals() throws InterruptedException {
        awaitArrivals(ARRIVAL_MS);
    }

    /** The same with a patience of so many milliseconds; whether all came. */
    boolean awaitArrivals(long patienceMs) throws InterruptedException {
        return awaitArrivals(gates.values(), patienceMs);
    }

    /** The same for gates that belong to no volley. */
    static void awaitArrivals(Collection<Gate> gates) throws InterruptedException {
        awaitArrivals(gates, ARRIVAL_MS);
    }

    private static boolean awaitArrivals(Collection<Gate> gates, long patienceMs) throws InterruptedException {
        long deadlineNs = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(patienceMs);
        boolean all = true;
        for (Gate gate : gates) {
            all &= gate.awaitArrival(deadlineNs - System.nanoTime(), TimeUnit.NANOSECONDS);
        }
        LockSupport.parkNanos(SETTLE_NS);
        return all;
    }

    /** Lines the tails up in the order of release. */
    void stage() {
        for (int racer : order()) {
            Gate gate = gates.get(racer);
            if (gate != null) {
                gate.stage();
            }
        }
    }

    /** Opens a racer's gate, if it has one that is closed. */
    void open(int racer) {
        Gate gate = gates.get(racer);
        if (gate != null) {
            gate.open();
        }
    }

    /**
     * Opens all gates in the order of release, as close together as one thread can: where it writes the tails itself, all
     * of them before the first sender is woken.
     */
    void openInOrder() {
        List<Gate> closed = new ArrayList<>();
        for (int racer : order()) {
            Gate gate = gates.get(racer);
            if (gate != null && gate.write()) {
                closed.add(gate);
            }
        }
        closed.forEach(Gate::leave);
    }

    /** Opens all gates at one instant; the last one first, whose tail takes all that were staged before it along. */
    void openTogether() {
        long nowNs = System.nanoTime();
        List<Gate> closed = new ArrayList<>();
        for (int racer : order()) {
            Gate gate = gates.get(racer);
            if (gate != null && gate.release(nowNs)) {
                closed.add(0, gate);
            }
        }
        closed.forEach(Gate::leave);
    }

    /** Opens every gate that is still closed, so that nobody waits for ever. */
    void openAll() {
        order().forEach(this::open);
    }

    /** What became of the racers. Missing are those that never sent, and those that are not back after two minutes. */
    List<Operation> collect(Stop stop) throws IOException, InterruptedException {
        List<Operation> racers = new ArrayList<>();
        for (Future<Operation> future : sent) {
            Optional<Operation> racer = collect(future, COLLECT_S, TimeUnit.SECONDS);
            if (racer.isEmpty() && !future.isCancelled()) {
                // Its actor is still in use: another round would hand one log to two threads.
                stop.request("a racer was not back after " + COLLECT_S + " s");
            }
            racer.ifPresent(racers::add);
        }
        return racers;
    }

    /** Waits for a racer; empty when it is not back in time. Passes on the recorder's own failures. */
    static Optional<Operation> collect(Future<Operation> future, long timeout, TimeUnit unit)
            throws IOException, InterruptedException {
        try {
            return Optional.of(future.get(timeout, unit));
        } catch (TimeoutException | CancellationException e) {
            return Optional.empty();
        } catch (ExecutionException e) {
            if (e.getCause() instanceof IOException io) {
                throw io;
            }
            throw new IllegalStateException("a racer failed, which is a defect of the harness", e.getCause());
        }
    }
}
