package dev.etalon.core.model;

/** What an answer says about its effect. Ambiguity is a type of its own and never counted as either of the others. */
public sealed interface Outcome {
    /** The server says it performed the request: 2xx, or 404 to a plain read or delete (absence was observed). */
    record Applied() implements Outcome {}

    /** The server says the precondition was false and nothing changed: 412, 304, 404 to a conditional delete, and the 404 of some dialects. */
    record Refused() implements Outcome {}

    /** Nobody can tell whether the request had an effect. */
    record Unknown(Cause cause) implements Outcome {}

    /** Why an outcome is unknown. The ordinal is part of the history format: append only. */
    enum Cause {
        /** No answer within the time limit. */
        TIMEOUT,
        /** The connection could not be opened, was reset or was closed before an answer was in. */
        CONNECTION,
        /** A status that proves neither effect nor refusal: 5xx, 409, and any other unexpected one. */
        STATUS,
        /** The run ended while the request was in flight. */
        NEVER_COMPLETED
    }

    Outcome APPLIED = new Applied();
    Outcome REFUSED = new Refused();

    static Outcome unknown(Cause cause) {
        return new Unknown(cause);
    }
}
