package dev.etalon.core.run;

import dev.etalon.core.plan.Capability;
import dev.etalon.core.plan.Plan;
import dev.etalon.core.plan.RequestShape;
import dev.etalon.core.plan.Workload;
import dev.etalon.core.store.Recorder;
import dev.etalon.core.target.Client;
import dev.etalon.core.target.Dialect;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Turns a plan into a history. Used once, by one thread; the racers have threads of their own.
 *
 * <p>A run never judges: what it says of itself is only why it ended early ({@link Stop#reason()}) and what the guard
 * found.
 */
public final class Runner implements AutoCloseable {
    /** Longer than any client timeout: what is in flight may come home. */
    private static final long LAST_CALL_S = 70;

    private final Plan plan;
    private final Stop stop;
    private final Progress progress;
    private final List<Actor> actors = new ArrayList<>();
    private final ExecutorService threads;

    /**
     * Makes the actors.
     *
     * @throws IOException when the history has no room for them
     */
    public Runner(Plan plan, List<Client> endpoints, Dialect dialect, Recorder recorder, Stop stop) throws IOException {
        this(plan, endpoints, dialect, recorder, stop, new Progress());
    }

    /**
     * Makes the actors of a run that somebody watches.
     *
     * @param progress counts what is done
     * @throws IOException when the history has no room for them
     */
    public Runner(Plan plan, List<Client> endpoints, Dialect dialect, Recorder recorder, Stop stop, Progress progress)
            throws IOException {
        this.plan = plan;
        this.stop = stop;
        this.progress = progress;
        int racers = plan.workload().concurrency();
        for (int number = 0; number <= racers; number++) {
            actors.add(new Actor(number, plan, endpoints, dialect, recorder.actor(number)));
        }
        AtomicInteger count = new AtomicInteger();
        this.threads = Executors.newFixedThreadPool(racers, task -> {
            Thread thread = new Thread(task, "etalon-racer-" + count.incrementAndGet());
            thread.setDaemon(true);
            return thread;
        });
    }

    /** How a run went. */
    public enum Guarded {
        /** The condition is honoured, and the workload was run. */
        RACED,
        /** The guard itself broke the promise; its history is the proof, and nothing was raced. */
        FAILED_GUARD,
        /** The target does not offer the capability, and says so; nothing was raced. */
        NOT_OFFERED,
        /** The target could not be asked; nothing was raced. */
        BROKEN
    }

    /**
     * The guard's answer.
     *
     * @param guarded how the run went
     * @param sentence continues "the target …"
     * @param of what was not honoured; empty where all was
     */
    public record Result(Guarded guarded, String sentence, Optional<Capability> of) {
        /** The answer to a guard that has nothing to complain of, or nothing to ask. */
        public Result(Guarded guarded, String sentence) {
            this(guarded, sentence, Optional.empty());
        }
    }

    /**
     * Probes the capability and, when it is honoured, runs the workload.
     *
     * @throws IOException when the history cannot be written any more; what was recorded stays readable
     */
    public Result run(Capability capability) throws IOException, InterruptedException {
        return run(List.of(capability));
    }

    /**
     * Probes the capabilities one after the other and, when all of them are honoured, runs the workload. Where one is not, what
     * needs no condition is raced all the same ({@link Workload.FreeRun#plain}).
     *
     * @param capabilities the first that is not honoured is the one that the result speaks of; one at least for a race that
     *     has conditions
     * @throws IOException when the history cannot be written any more; what was recorded stays readable
     */
    public Result run(List<Capability> capabilities) throws IOException, InterruptedException {
        return run(capabilities, Optional.empty(), Set.of(), Set.of());
    }

    /**
     * The same where something else that the scenario needs is known not to be honoured, so that no more than the capabilities
     * is probed, and what needs no condition is raced.
     *
     * @param refuted what is known; continues "the target …"
     * @param shapes those that the server takes
     * @param inShapes the capabilities that are asked once in each of them, where they are honoured
     */
    public Result run(
            List<Capability> capabilities, Optional<String> refuted, Set<RequestShape> shapes, Set<Capability> inShapes)
            throws IOException, InterruptedException {
        Guard.Probe probe = Guard.probe(actors.get(0), capabilities, stop);
        if (probe.answer() == Guard.Probe.Answer.HONOURED) {
            for (Capability capability : capabilities) {
                if (inShapes.contains(capability)) {
                    Guard.askInShapes(actors.get(0), capability, new TreeSet<>(shapes), stop);
                }
            }
        }
        if (refuted.isPresent() && probe.answer() == Guard.Probe.Answer.HONOURED) {
            raceWithoutConditions();
            return new Result(Guarded.NOT_OFFERED, refuted.get());
        }
        Guarded guarded = switch (probe.answer()) {
            case HONOURED -> Guarded.RACED;
            case IGNORED, NEVER_MATCHES -> Guarded.FAILED_GUARD;
            case REFUSES, UNUSABLE_VALIDATOR -> Guarded.NOT_OFFERED;
            case BROKEN, NONE -> Guarded.BROKEN;
        };
        if (guarded == Guarded.RACED) {
            race();
        } else if (guarded != Guarded.BROKEN) {
            raceWithoutConditions();
        }
        return new Result(guarded, probe.sentence(), probe.of());
    }

    private void race() throws IOException, InterruptedException {
        if (plan.workload() instanceof Workload.Rounds rounds) {
            new RoundRunner(actors, threads, stop, progress).run(rounds);
        } else if (plan.workload() instanceof Workload.Counter counter) {
            new CounterRunner(actors, threads, stop, progress).run(counter);
        } else if (plan.workload() instanceof Workload.FreeRun free) {
            new FreeRunner(actors, threads, stop, progress, free, plan.seed()).run();
        }
    }

    /** Races what needs no condition, if there is any of it, on a server that does not honour them. */
    private void raceWithoutConditions() throws IOException, InterruptedException {
        if (plan.workload() instanceof Workload.FreeRun free && free.plain().isPresent()) {
            new FreeRunner(actors, threads, stop, progress, free.plain().get(), plan.seed()).run();
        }
    }

    /** Ends the racers' threads. */
    @Override
    public void close() {
        // Not interrupted: an interrupt would close the history file under the other racers.
        threads.shutdown();
        try {
            if (!threads.awaitTermination(LAST_CALL_S, TimeUnit.SECONDS)) {
                stop.request("racers did not end within " + LAST_CALL_S + " s");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
