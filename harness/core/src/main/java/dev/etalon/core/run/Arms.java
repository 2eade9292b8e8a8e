package dev.etalon.core.run;

import dev.etalon.core.model.Observation;
import dev.etalon.core.model.Operation;
import dev.etalon.core.model.Precondition;
import dev.etalon.core.plan.Intent;
import dev.etalon.core.plan.RoundPlan;
import java.util.Collection;
import org.jspecify.annotations.Nullable;

/** What a racer sends for what it is planned to do, and which answer shows that somebody got through. */
final class Arms {
    private Arms() {}

    /**
     * Builds and signs the request of a racer.
     *
     * @param actor who sends it
     * @param fresh what is there when the round starts; null when nothing is
     * @param stale what was there before that; null when no racer needs it
     * @throws IllegalArgumentException when the plan asks for a validator that its round does not lay
     */
    static Actor.Armed arm(
            Actor actor, RoundPlan round, int racer, int key, Actor.@Nullable Held fresh, Actor.@Nullable Held stale) {
        Intent intent = round.racers().get(racer);
        return switch (intent) {
            case FRESH, COPY_FRESH, COMPLETE_FRESH -> replace(actor, round, key, intent, held(fresh, intent));
            case STALE -> replace(actor, round, key, intent, held(stale, intent));
            case CREATE, COPY_CREATE, COMPLETE_CREATE ->
                actor.arm(intent.method(), round.index(), key, Precondition.CREATE, 1, round.bodyBytes());
            case OVERWRITE -> actor.arm(round.index(), key, Precondition.NONE, 1, round.bodyBytes());
            case DELETE_FRESH, DELETE_OBJECTS_FRESH -> {
                Actor.Held held = held(fresh, intent);
                yield actor.armDelete(
                        intent.method(), round.index(), key, Precondition.ifMatch(held.tag(), held.version()));
            }
            case REMOVE -> actor.armDelete(intent.method(), round.index(), key, Precondition.NONE);
            case READ -> actor.armRead(actor.inTurn(round.index()), round.index(), key, Precondition.NONE);
        };
    }

    private static Actor.Armed replace(Actor actor, RoundPlan round, int key, Intent intent, Actor.Held held) {
        Precondition precondition = Precondition.ifMatch(held.tag(), held.version());
        return actor.arm(intent.method(), round.index(), key, precondition, held.depth() + 1, round.bodyBytes());
    }

    private static Actor.Held held(Actor.@Nullable Held held, Intent intent) {
        if (held == null) {
            throw new IllegalArgumentException("a racer can only hold what its round lays: intent=" + intent);
        }
        return held;
    }

    /** Whether a read after the race shows what an acknowledged racer did. */
    static boolean shows(Operation read, Collection<Operation> racers) {
        boolean gone = read.observation() instanceof Observation.Absent;
        return racers.stream()
                .filter(op -> op.write() && op.applied())
                .anyMatch(op -> op.removes()
                        ? gone
                        : read.seen().filter(op.version()::equals).isPresent());
    }
}
