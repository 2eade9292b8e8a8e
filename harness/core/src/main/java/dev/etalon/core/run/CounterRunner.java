package dev.etalon.core.run;

import dev.etalon.core.model.Operation;
import dev.etalon.core.model.Precondition;
import dev.etalon.core.plan.Workload;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;

/** Runs a closed-loop counter: every client reads, adds one and writes back with the tag it read, until it is done. */
final class CounterRunner {
    private static final int ROUND = 0;

    /** Beyond anything the bounded loops can take with a live server. */
    private static final long LOOP_S = 3600;

    private final List<Actor> actors;
    private final ExecutorService threads;
    private final Stop stop;
    private final Progress progress;

    CounterRunner(List<Actor> actors, ExecutorService threads, Stop stop, Progress progress) {
        this.actors = actors;
        this.threads = threads;
        this.stop = stop;
        this.progress = progress;
    }

    void run(Workload.Counter counter) throws IOException, InterruptedException {
        Actor coordinator = actors.get(0);
        Operation first =
                coordinator.write(coordinator.arm(ROUND, counter.key(), Precondition.NONE, 1, counter.bodyBytes()));
        if (!first.applied()) {
            stop.request("the counter could not be created: PUT was answered " + first.status());
            return;
        }
        List<Future<Operation>> loops = new ArrayList<>();
        for (int client = 1; client <= counter.clients(); client++) {
            Actor actor = actors.get(client);
            loops.add(threads.submit(() -> loop(actor, counter)));
        }
        for (Future<Operation> loop : loops) {
            if (Volley.collect(loop, LOOP_S, TimeUnit.SECONDS).isEmpty()) {
                stop.request("a counter client was not done after " + LOOP_S + " s");
                return;
            }
        }
        // Twice: a second look tells a stale answer from a lost increment.
        coordinator.read(ROUND, counter.key());
        coordinator.read(ROUND, counter.key());
    }

    private Operation loop(Actor actor, Workload.Counter counter) throws IOException {
        int acknowledged = 0;
        Patience patience = new Patience(stop);
        Operation last = TagAge.readStrong(actor, ROUND, counter.key(), stop);
        for (int attempt = 0; attempt < counter.attemptsPerClient() && !stop.requested(); attempt++) {
            Actor.Held held = RoundRunner.held(last);
            if (held != null) {
                Operation write = actor.write(actor.arm(
                        ROUND,
                        counter.key(),
                        Precondition.ifMatch(held.tag(), held.version()),
                        held.depth() + 1,
                        counter.bodyBytes()));
                if (write.applied()) {
                    progress.add(1);
                    if (++acknowledged == counter.incrementsPerClient()) {
                        return write;
                    }
                }
                patience.after(write.unknown());
            } else {
                patience.after(last.unknown());
            }
            last = TagAge.readStrong(actor, ROUND, counter.key(), stop);
        }
        return last;
    }
}
