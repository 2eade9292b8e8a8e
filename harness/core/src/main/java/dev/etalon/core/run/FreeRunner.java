package dev.etalon.core.run;

import dev.etalon.core.model.EntityTag;
import dev.etalon.core.model.Method;
import dev.etalon.core.model.Observation;
import dev.etalon.core.model.Operation;
import dev.etalon.core.model.Precondition;
import dev.etalon.core.plan.Mix;
import dev.etalon.core.plan.Workload;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Runs closed-loop clients that do whatever the plan's seed draws for them, each as fast as it is answered.
 *
 * <p>What a history must have to be judged ({@code docs/judge.md}) holds by construction. A client sends no validator but
 * those that answers gave to itself (P3), and forgets them with the generation of keys they belong to. Every request has
 * a version of its own (P1, P4) on a key that nobody used before the run (P2). Of a write whose outcome is unknown a
 * client knows nothing until a read shows it.
 */
final class FreeRunner {
    /** Beyond any client timeout: a client that is not back by then is a defect of the harness. */
    private static final long COLLECT_S = 120;

    private final List<Actor> actors;
    private final ExecutorService threads;
    private final Stop stop;
    private final Progress progress;
    private final Workload.FreeRun plan;
    private final long seed;
    private final long deadlineNs;

    FreeRunner(
            List<Actor> actors,
            ExecutorService threads,
            Stop stop,
            Progress progress,
            Workload.FreeRun plan,
            long seed) {
        this.actors = actors;
        this.threads = threads;
        this.stop = stop;
        this.progress = progress;
        this.plan = plan;
        this.seed = seed;
        this.deadlineNs = System.nanoTime() + TimeUnit.SECONDS.toNanos(plan.secondsMax());
    }

    void run() throws IOException, InterruptedException {
        List<Future<Operation>> clients = new ArrayList<>();
        for (int number = 1; number <= plan.clients(); number++) {
            Actor actor = actors.get(number);
            int client = number;
            clients.add(threads.submit(() -> new Client(actor, client).loop()));
        }
        int generations = 0;
        for (Future<Operation> client : clients) {
            Operation last = Volley.collect(client, plan.secondsMax() + COLLECT_S, TimeUnit.SECONDS)
                    .orElse(null);
            if (last == null) {
                stop.request("a client was not done after " + (plan.secondsMax() + COLLECT_S) + " s");
                return;
            }
            generations = Math.max(generations, last.invocation().round() + 1);
        }
        look(generations);
    }

    /** Reads what became of every key, as long as somebody answers. */
    private void look(int generations) throws IOException {
        Actor coordinator = actors.get(0);
        Patience patience = new Patience(stop);
        for (int generation = 0; generation < generations; generation++) {
            for (int slot = 0; slot < plan.keys(); slot++) {
                if (stop.requested()) {
                    return;
                }
                Operation read = coordinator.read(generation, plan.key(generation, slot));
                patience.after(read.unknown());
            }
        }
    }

    /** One client, with what it knows of the keys of its generation. */
    private final class Client {
        private final Actor actor;
        private final int number;
        private final List<Known> keys = new ArrayList<>();
        private int generation = -1;
        private int reads;

        Client(Actor actor, int number) {
            this.actor = actor;
            this.number = number;
        }

        /** Does its steps; the last of them. */
        Operation loop() throws IOException {
            int answered = 0;
            Patience patience = new Patience(stop);
            for (int step = 0; ; step++) {
                Workload.FreeRun.Choice choice = plan.choice(seed, number, step);
                if (choice.generation() != generation) {
                    generation = choice.generation();
                    keys.clear();
                    for (int slot = 0; slot < plan.keys(); slot++) {
                        keys.add(new Known());
                    }
                }
                Known known = keys.get(choice.slot());
                Operation op = actor.write(arm(choice, known));
                if (TagAge.weak(op) && plan.mix().sendsTags()) {
                    // What cannot be sent back would leave nothing to do but reads and writes without a tag.
                    op = TagAge.readStrong(actor, op.round(), op.key(), stop);
                }
                known.learn(op);
                if (!op.unknown()) {
                    answered++;
                    progress.add(1);
                }
                patience.after(op.unknown());
                if (answered == plan.operationsPerClient() || step + 1 == plan.stepsMax() || stop.requested()) {
                    return op;
                }
                if (System.nanoTime() - deadlineNs > 0) {
                    stop.request("the free run was not done after " + plan.secondsMax()
                            + " s; plan fewer operations (etalon.increments), or mend what makes the server slow");
                    return op;
                }
            }
        }

        private Actor.Armed arm(Workload.FreeRun.Choice choice, Known known) {
            int key = plan.key(generation, choice.slot());
            Actor.Held held = choice.step() == Mix.Step.WRITE_STALE ? known.superseded() : known.current;
            return switch (choice.step()) {
                case READ -> actor.armRead(actor.inTurn(reads++), generation, key, Precondition.NONE);
                case CREATE -> put(key, Precondition.CREATE, 1);
                case OVERWRITE -> put(key, Precondition.NONE, 1);
                case REMOVE -> actor.armDelete(Method.DELETE, generation, key, Precondition.NONE);
                case READ_IF_NONE_MATCH, WRITE, WRITE_STALE, DELETE -> {
                    if (held == null) {
                        yield choice.create()
                                ? put(key, Precondition.CREATE, 1)
                                : actor.armRead(generation, key, Precondition.NONE);
                    }
                    yield with(held, choice.step(), key);
                }
            };
        }

        private Actor.Armed with(Actor.Held held, Mix.Step step, int key) {
            return switch (step) {
                case READ_IF_NONE_MATCH ->
                    actor.armRead(generation, key, Precondition.ifNoneMatch(held.tag(), held.version()));
                case DELETE ->
                    actor.armDelete(Method.DELETE, generation, key, Precondition.ifMatch(held.tag(), held.version()));
                default -> put(key, Precondition.ifMatch(held.tag(), held.version()), held.depth() + 1);
            };
        }

        private Actor.Armed put(int key, Precondition precondition, int depth) {
            return actor.arm(generation, key, precondition, depth, plan.bodyBytes());
        }
    }

    /** The validators that a client was given for one key. */
    private static final class Known {
        /** More than a few generations of staleness show nothing more. */
        private static final int OLD_MAX = 4;

        /** The one that was current when last heard of; null when none is known to be. */
        private Actor.@Nullable Held current;

        private final Deque<Actor.Held> old = new ArrayDeque<>();

        /** The oldest that is remembered; null when none is. */
        Actor.@Nullable Held superseded() {
            return old.peekFirst();
        }

        /** Takes what an answer shows. An unknown outcome shows nothing, and neither does 304. */
        void learn(Operation op) {
            if (op.unknown()) {
                return;
            }
            Actor.Held shown = op.invocation().method() == Method.PUT ? written(op) : RoundRunner.held(op);
            if (shown != null) {
                show(shown);
            } else if (op.applied() || op.observation() instanceof Observation.Absent || namesCurrent(op)) {
                forget();
            }
        }

        /** What an acknowledged write gives its writer to go on; null when its answer has no usable tag. */
        private static Actor.@Nullable Held written(Operation op) {
            EntityTag tag = op.tag().orElse(null);
            return op.applied() && tag != null && !tag.weak()
                    ? new Actor.Held(op.version(), tag, op.invocation().depth())
                    : null;
        }

        /** Whether a write was refused that named what was taken for current. */
        private boolean namesCurrent(Operation op) {
            return op.write() && op.refused() && current != null && op.parent().equals(current.version());
        }

        private void show(Actor.Held shown) {
            if (current == null || !current.version().equals(shown.version())) {
                forget();
            }
            current = shown;
        }

        private void forget() {
            if (current != null) {
                old.addLast(current);
                if (old.size() > OLD_MAX) {
                    old.removeFirst();
                }
                current = null;
            }
        }
    }
}
