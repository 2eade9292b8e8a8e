package dev.etalon.core.run;

import dev.etalon.core.model.Body;
import dev.etalon.core.model.Completion;
import dev.etalon.core.model.Invocation;
import dev.etalon.core.model.Method;
import dev.etalon.core.model.Observation;
import dev.etalon.core.model.Operation;
import dev.etalon.core.model.Outcome;
import dev.etalon.core.store.ActorLog;
import dev.etalon.core.target.Answer;
import dev.etalon.core.target.Client;
import dev.etalon.core.target.Dialect;
import dev.etalon.core.target.Hold;
import java.io.IOException;
import java.util.function.LongSupplier;

/**
 * Sends requests and records every one: invocation before the first byte can leave, completion when the answer is in. Not
 * thread-safe: one thread at a time.
 */
public final class Sender {
    private final long run;
    private final Dialect dialect;
    private final ActorLog log;

    /**
     * Makes one.
     *
     * @param run identity of the run, which is in every body
     * @param dialect what answers mean
     * @param log the log of the actor that sends
     */
    public Sender(long run, Dialect dialect, ActorLog log) {
        this.run = run;
        this.dialect = dialect;
        this.log = log;
    }

    /** The id of the next invocation. */
    public long nextId() {
        return log.nextId();
    }

    /**
     * Sends a request.
     *
     * @param invocation what it is, with the time at which it may leave
     * @param request what is ready to be sent
     * @param hold where it pauses
     * @param releasedNs asked once it is answered: when it was let go, 0 when it did not pause
     * @throws IOException when the history cannot be written any more; then nothing was sent, or its outcome stays unknown
     */
    public Operation send(Invocation invocation, Client.Prepared request, Hold hold, LongSupplier releasedNs)
            throws IOException {
        log.begin(invocation);
        Answer answer = request.send(hold);
        long endNs = System.nanoTime();
        Completion completion = new Completion(
                invocation.id(),
                answer.status(),
                outcome(invocation, answer, request.asksForMore()),
                answer.tag(),
                observe(invocation, answer),
                releasedNs.getAsLong(),
                endNs);
        log.end(completion);
        return new Operation(invocation, completion);
    }

    private Outcome outcome(Invocation invocation, Answer answer, boolean asksForMore) {
        return asksForMore && answer.failure() == null && Dialect.conditionIsFalse(invocation.method(), answer.status())
                ? Outcome.unknown(Outcome.Cause.STATUS)
                : dialect.classify(invocation.method(), invocation.precondition(), answer);
    }

    private Observation observe(Invocation invocation, Answer answer) {
        if (invocation.method().replaces() || answer.failure() != null) {
            return Observation.NOTHING;
        }
        if (answer.status() == 404) {
            return Observation.ABSENT;
        }
        return invocation.method().found(answer.status()) && invocation.method() != Method.HEAD
                ? Body.decode(run, invocation.key(), answer.body())
                : Observation.NOTHING;
    }
}
