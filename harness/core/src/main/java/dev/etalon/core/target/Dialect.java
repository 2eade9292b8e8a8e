package dev.etalon.core.target;

import dev.etalon.core.model.Method;
import dev.etalon.core.model.Outcome;
import dev.etalon.core.model.Precondition;
import java.util.Set;

/**
 * The status family a target answers with, as data.
 *
 * @param name for reports
 * @param refusals statuses by which a conditional write is refused with its precondition false
 * @param losers statuses that the loser of a race may be answered with; any other is worth a remark
 */
public record Dialect(String name, Set<Integer> refusals, Set<Integer> losers) {
    /** RFC 9110 §13.1: a false If-Match or If-None-Match on a write is 412. */
    public static final Dialect RFC9110 = new Dialect("rfc9110", Set.of(412), Set.of(412));

    /** Amazon S3: 404 for If-Match on a missing key, 409 (retry) for an operation that interfered. */
    public static final Dialect AWS = new Dialect("aws", Set.of(412, 404), Set.of(412, 409, 404));

    public Dialect {
        refusals = Set.copyOf(refusals);
        losers = Set.copyOf(losers);
    }

    /**
     * What an answer says about its effect. What is not surely applied or refused is unknown.
     *
     * @param precondition all that the request asks for: 412, or 304 to a read, refuses also where it asks for nothing
     */
    public Outcome classify(Method method, Precondition precondition, Answer answer) {
        if (answer.failure() != null) {
            return Outcome.unknown(answer.failure());
        }
        if (method.reads() ? method.found(answer.status()) || answer.status() == 404 : performed(answer)) {
            return Outcome.APPLIED;
        }
        if (method.removes() && answer.status() == 404) {
            // In every dialect: without the condition it would be 404 as well, and then that is the answer to give
            // (RFC 9110 §13.2.1). What was asked for is so; with a condition, nobody can say that it was met.
            return precondition.kind() == Precondition.Kind.NONE ? Outcome.APPLIED : Outcome.REFUSED;
        }
        if (conditionIsFalse(method, answer.status())
                || (precondition.kind() != Precondition.Kind.NONE
                        && !method.reads()
                        && refusal(answer, precondition))) {
            return Outcome.REFUSED;
        }
        return Outcome.unknown(Outcome.Cause.STATUS);
    }

    /** The answers that say a write was done. 202 does not: it only promises to try (RFC 9110 §15.3.3). */
    private static boolean performed(Answer answer) {
        return answer.status() == 200 || answer.status() == 201 || answer.status() == 204;
    }

    /** Whether a status says by itself that a condition of the request was false (RFC 9110 §15.5.13, §15.4.5). */
    public static boolean conditionIsFalse(Method method, int status) {
        return status == 412 || (method.reads() && status == 304);
    }

    private boolean refusal(Answer answer, Precondition precondition) {
        // "Not found" can refuse an If-Match, which asks for something to be there, but never a create.
        return refusals.contains(answer.status())
                && (answer.status() != 404 || precondition.kind() == Precondition.Kind.IF_MATCH);
    }
}
