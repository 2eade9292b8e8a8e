package dev.etalon.bench;

import dev.etalon.core.model.Completion;
import dev.etalon.core.model.EntityTag;
import dev.etalon.core.model.History;
import dev.etalon.core.model.Invocation;
import dev.etalon.core.model.Method;
import dev.etalon.core.model.Observation;
import dev.etalon.core.model.Outcome;
import dev.etalon.core.model.Precondition;
import dev.etalon.core.model.Version;
import dev.etalon.core.store.ActorLog;
import java.io.IOException;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Records operations as an actor does, without sending any: an If-Match with the tag of the last answer, and an answer
 * with a new tag of 34 characters, as S3 gives. One thread.
 */
final class Pen {
    static final History.Origin ORIGIN =
            new History.Origin(1, "key-", "bench/recorder", "none", "localhost", "2026-01-01T00:00:00Z", 0);

    private static final int TAGS = 64;

    private final ActorLog log;
    private final int actor;
    private final @Nullable EntityTag[] tags = new EntityTag[TAGS];
    private final Precondition[] preconditions = new Precondition[TAGS];
    private final Version[] versions = new Version[TAGS];
    private int recorded;

    Pen(ActorLog log, int actor, boolean tagged) {
        this.log = log;
        this.actor = actor;
        for (int i = 0; i < TAGS; i++) {
            versions[i] = new Version(actor, i + 1);
            tags[i] = tagged ? tag(i) : null;
            preconditions[i] = new Precondition(Precondition.Kind.IF_MATCH, tags[i], versions[i]);
        }
    }

    /** The tag of the answer to the how-manieth operation. */
    static EntityTag tag(int operation) {
        return new EntityTag(String.format(Locale.ROOT, "\"%032x\"", operation % TAGS));
    }

    /** One operation: begin and end, each with its clock read. */
    void operation() throws IOException {
        int i = recorded % TAGS;
        long id = log.nextId();
        log.begin(new Invocation(
                id, actor, recorded, 0, 0, Method.PUT, preconditions[i], versions[i], recorded, System.nanoTime()));
        recorded++;
        log.end(new Completion(
                id, 200, Outcome.APPLIED, tags[recorded % TAGS], Observation.NOTHING, 0, System.nanoTime()));
    }

    /** How many operations are in. */
    int recorded() {
        return recorded;
    }

    /** The clock reads of one operation, and nothing else. */
    static long clocks() {
        return System.nanoTime() ^ (3 * System.nanoTime());
    }
}
