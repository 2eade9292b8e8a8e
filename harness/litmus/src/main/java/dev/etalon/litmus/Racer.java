package dev.etalon.litmus;

import dev.etalon.core.model.Version;
import dev.etalon.core.target.Client.Prepared;
import dev.etalon.core.target.Request;
import org.jspecify.annotations.Nullable;

/** A request of an actor, ready to go when the actor is. Sent once. */
public final class Racer {
    private final Resource resource;
    private final Request request;
    private final @Nullable Version writes;
    private final boolean dated;
    private final @Nullable Prepared ready;

    /**
     * Makes one.
     *
     * @param writes the version it writes; null for a read
     * @param dated whether it carries a condition on a date, of which histories know nothing
     * @param ready null where there is nothing to race for
     */
    Racer(Resource resource, Request request, @Nullable Version writes, boolean dated, @Nullable Prepared ready) {
        this.resource = resource;
        this.request = request;
        this.writes = writes;
        this.dated = dated;
        this.ready = ready;
    }

    /**
     * Sends it and waits for the answer.
     *
     * @return {@code applied}, {@code refused}, {@code unknown} when the answer tells neither, {@code unsent}; for a read
     *     what it showed, as {@link Resource#end} does
     */
    public String send() {
        return ready == null || !ready.ready() ? Grades.UNSENT : resource.race(ready, request, writes, dated);
    }
}
