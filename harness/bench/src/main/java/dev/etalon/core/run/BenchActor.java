package dev.etalon.core.run;

import dev.etalon.core.model.EntityTag;
import dev.etalon.core.model.Operation;
import dev.etalon.core.model.Precondition;
import dev.etalon.core.model.Version;
import dev.etalon.core.plan.Plan;
import dev.etalon.core.plan.Workload;
import dev.etalon.core.store.ActorLog;
import dev.etalon.core.target.Answer;
import dev.etalon.core.target.Client;
import dev.etalon.core.target.Dialect;
import dev.etalon.core.target.Request;
import java.io.IOException;
import java.util.List;
import org.jspecify.annotations.NullMarked;
import org.jspecify.annotations.Nullable;

/**
 * Lets the benchmarks drive an actor: against a client that has its answer ready, which leaves what the actor itself
 * costs, and against a server. One thread.
 */
@NullMarked
public final class BenchActor {
    private final Actor actor;
    private final Actor.Armed armed;
    private final int bodyBytes;

    /** An actor whose every write is answered at once with 200 and the tag. */
    public BenchActor(ActorLog log, int number, EntityTag tag) {
        this(log, number, ready(new Answer(200, tag, new byte[0], null, null)), tag, 512);
    }

    /** An actor that sends. */
    public BenchActor(ActorLog log, int number, Client client, EntityTag tag, int bodyBytes) {
        Plan plan = new Plan("bench/recorder", 1, 1, "key-", new Workload.Rounds(List.of()));
        this.actor = new Actor(number, plan, List.of(client), Dialect.RFC9110, log);
        this.bodyBytes = bodyBytes;
        this.armed = actor.arm(0, 0, Precondition.ifMatch(tag, new Version(number, 1)), 1, bodyBytes);
    }

    private static Client ready(Answer answer) {
        return new Client() {
            @Override
            public Prepared prepare(Request request) {
                return hold -> answer;
            }

            @Override
            public void close() {}
        };
    }

    /** Sends one and the same armed write again. */
    public void write() throws IOException {
        actor.write(armed);
    }

    /** One unconditional write of a key. */
    public Operation lay(int key) throws IOException {
        return actor.write(actor.arm(0, key, Precondition.NONE, 1, bodyBytes));
    }

    /** Reads a key and, when there is something, overwrites what was read; returns the operations sent. */
    public int increment(int key) throws IOException {
        Operation read = actor.read(0, key);
        Actor.@Nullable Held held = RoundRunner.held(read);
        if (held == null) {
            return 1;
        }
        Precondition precondition = Precondition.ifMatch(held.tag(), held.version());
        actor.write(actor.arm(0, key, precondition, held.depth() + 1, bodyBytes));
        return 2;
    }
}
