package dev.etalon.core.run;

import dev.etalon.core.model.EntityTag;
import dev.etalon.core.model.Observation;
import dev.etalon.core.model.Operation;
import dev.etalon.core.model.Precondition;
import dev.etalon.core.plan.Alignment;
import dev.etalon.core.plan.RoundPlan;
import dev.etalon.core.plan.Workload;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/** Runs synchronised rounds: set up a fresh key, arm the racers, let them collide, read the result. */
final class RoundRunner {
    /** Rounds in a row that could not be set up, or in which no racer was told anything, before the run ends. */
    private static final int FAILED_MAX = 5;

    /** Rounds whose racers missed each other do not count; each may be repeated on a new key this often in all. */
    private static final int ATTEMPTS_MAX = 20;

    /** How long racers may take to reach their gates; a healthy loopback server needs milliseconds. */
    private static final long ARRIVAL_MS = 5_000;

    /** Between the last arrival and the release: the heads must have been read by the server. */
    private static final long SETTLE_NS = TimeUnit.MILLISECONDS.toNanos(2);

    /** How long a rival of a held upload may take before the round goes on without waiting for it. */
    private static final long RIVAL_MS = 400;

    /** The same, on a server that has shown that it makes rivals wait until the held upload is done. */
    private static final long RIVAL_BLOCKED_MS = 40;

    /** Rivals that had to wait before a server counts as one that makes them wait. */
    private static final int BLOCKED_MAX = 3;

    /** How often the result of a round is read when it does not show a winner, and how long to wait in between. */
    private static final int LOOKS_MAX = 3;

    private static final long LOOK_AGAIN_NS = TimeUnit.MILLISECONDS.toNanos(50);

    /** Beyond any client timeout: a racer that is not back by then is a defect of the harness. */
    private static final long COLLECT_S = 120;

    private final List<Actor> actors;
    private final ExecutorService threads;
    private final Stop stop;
    private int blocked;

    /** Actor 0 sets up and verifies; racer {@code i} is actor {@code i + 1}. */
    RoundRunner(List<Actor> actors, ExecutorService threads, Stop stop) {
        this.actors = actors;
        this.threads = threads;
        this.stop = stop;
    }

    /** Runs the rounds until they are done or a stop is asked for, and asks for one when the server is gone. */
    void run(Workload.Rounds workload) throws IOException, InterruptedException {
        int planned = workload.rounds().size();
        int failedInARow = 0;
        for (RoundPlan round : workload.rounds()) {
            boolean raced = false;
            for (int attempt = 0; attempt < ATTEMPTS_MAX && !raced && !stop.requested(); attempt++) {
                int key = round.key() + attempt * planned;
                List<Operation> racers = attempt(round, key);
                raced = Operation.collided(racers);
                boolean answered = racers.stream().anyMatch(op -> !op.unknown());
                failedInARow = answered ? 0 : failedInARow + 1;
                if (failedInARow == FAILED_MAX) {
                    stop.request("the server no longer gives usable answers (round " + round.index() + " of " + planned
                            + "); start it again and repeat the run");
                }
            }
        }
    }

    /** One volley with its setting up and its verifying read; nobody raced when setting up failed. */
    private List<Operation> attempt(RoundPlan round, int key) throws IOException, InterruptedException {
        Optional<List<Actor.Armed>> armed = setUp(round, key);
        if (armed.isEmpty()) {
            return List.of();
        }
        List<Operation> racers = race(round, armed.get());
        verify(round, key, racers);
        return racers;
    }

    /** Reads the result; looks again when no winner shows, to tell a stale answer from a lost write. */
    private void verify(RoundPlan round, int key, List<Operation> racers) throws IOException {
        boolean won = racers.stream().anyMatch(op -> op.write() && op.applied());
        for (int look = 0; look < LOOKS_MAX; look++) {
            Operation read = actors.get(0).read(round.index(), key);
            if (Arms.shows(read, racers) || (!won && !read.unknown())) {
                return;
            }
            LockSupport.parkNanos(LOOK_AGAIN_NS);
        }
    }

    /** Brings the key into its starting state; empty when the server did not play along. */
    private Optional<List<Actor.Armed>> setUp(RoundPlan round, int key) throws IOException {
        Actor.Held stale = null;
        Actor.Held fresh = null;
        if (!round.creates()) {
            fresh = lay(round, key, null);
            if (fresh != null && round.needsStale()) {
                stale = fresh;
                fresh = lay(round, key, stale);
            }
            if (fresh == null) {
                return Optional.empty();
            }
        }
        List<Actor.Armed> armed = new ArrayList<>();
        for (int racer = 0; racer < round.racers().size(); racer++) {
            armed.add(Arms.arm(actors.get(racer + 1), round, racer, key, fresh, stale));
        }
        return Optional.of(armed);
    }

    /** Writes a version and reads it back; null when either did not work. */
    private Actor.@Nullable Held lay(RoundPlan round, int key, Actor.@Nullable Held over) throws IOException {
        Precondition precondition = over == null ? Precondition.NONE : Precondition.ifMatch(over.tag(), over.version());
        int depth = over == null ? 1 : over.depth() + 1;
        Actor coordinator = actors.get(0);
        Operation write =
                coordinator.write(coordinator.arm(round.index(), key, precondition, depth, round.bodyBytes()));
        return write.applied() ? held(coordinator.read(round.index(), key)) : null;
    }

    /** What a read gives a writer to go on; null when it gives no usable validator. */
    static Actor.@Nullable Held held(Operation read) {
        EntityTag tag = read.tag().orElse(null);
        if (tag != null && !tag.weak() && read.observation() instanceof Observation.Seen seen) {
            return new Actor.Held(seen.version(), tag, seen.depth());
        }
        return null;
    }

    /** Lets the racers collide. */
    private List<Operation> race(RoundPlan round, List<Actor.Armed> armed) throws IOException, InterruptedException {
        List<Gate> gates = new ArrayList<>();
        List<Future<Operation>> futures = new ArrayList<>();
        try {
            if (round.alignment() == Alignment.HELD_UPLOAD) {
                hold(round, armed, gates, futures);
            } else {
                for (int racer = 0; racer < armed.size(); racer++) {
                    Gate gate = round.alignment() == Alignment.BARRIER ? Gate.start() : Gate.lastByte();
                    gates.add(gate);
                    futures.add(submit(racer, armed.get(racer), gate));
                }
                long deadlineNs = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(ARRIVAL_MS);
                for (Gate gate : gates) {
                    gate.awaitArrival(deadlineNs - System.nanoTime(), TimeUnit.NANOSECONDS);
                }
                LockSupport.parkNanos(SETTLE_NS);
                round.releaseOrder().forEach(racer -> gates.get(racer).open());
            }
        } finally {
            gates.forEach(RoundRunner::openIfClosed);
        }
        List<Operation> racers = new ArrayList<>();
        for (Future<Operation> future : futures) {
            Optional<Operation> racer = collect(future, COLLECT_S, TimeUnit.SECONDS);
            if (racer.isEmpty()) {
                // Its actor is still in use: another round would hand one log to two threads.
                stop.request("a racer was not back after " + COLLECT_S + " s");
            }
            racer.ifPresent(racers::add);
        }
        return racers;
    }

    /** The first racer stays half-way while its rivals complete one after the other. */
    private void hold(RoundPlan round, List<Actor.Armed> armed, List<Gate> gates, List<Future<Operation>> futures)
            throws IOException, InterruptedException {
        int held = round.releaseOrder().get(0);
        Gate gate = Gate.half();
        gates.add(gate);
        futures.add(submit(held, armed.get(held), gate));
        gate.awaitArrival(ARRIVAL_MS, TimeUnit.MILLISECONDS);
        for (int racer : round.releaseOrder().subList(1, armed.size())) {
            Future<Operation> rival = submit(racer, armed.get(racer), null);
            futures.add(rival);
            long patience = blocked >= BLOCKED_MAX ? RIVAL_BLOCKED_MS : RIVAL_MS;
            if (gate.releasedNs() == 0
                    && collect(rival, patience, TimeUnit.MILLISECONDS).isEmpty()) {
                blocked++;
                gate.open();
            }
        }
    }

    private static void openIfClosed(Gate gate) {
        if (gate.releasedNs() == 0) {
            gate.open();
        }
    }

    private Future<Operation> submit(int racer, Actor.Armed armed, @Nullable Gate gate) {
        Actor actor = actors.get(racer + 1);
        return threads.submit(() -> {
            if (gate == null) {
                return actor.write(armed);
            }
            try {
                if (gate.tailBytes(2) == 0 || !armed.uploads()) {
                    gate.arrive();
                    gate.awaitOpen();
                }
                return actor.write(armed, gate);
            } finally {
                gate.arrive();
            }
        });
    }

    /** Waits for a racer; empty when it is not back in time. Passes on the recorder's own failures. */
    static Optional<Operation> collect(Future<Operation> future, long timeout, TimeUnit unit)
            throws IOException, InterruptedException {
        try {
            return Optional.of(future.get(timeout, unit));
        } catch (TimeoutException e) {
            return Optional.empty();
        } catch (ExecutionException e) {
            if (e.getCause() instanceof IOException io) {
                throw io;
            }
            throw new IllegalStateException("a racer failed, which is a defect of the harness", e.getCause());
        }
    }
}
