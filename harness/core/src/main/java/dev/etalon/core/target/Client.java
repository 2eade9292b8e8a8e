package dev.etalon.core.target;

import dev.etalon.core.model.Method;
import dev.etalon.core.plan.Alignment;
import dev.etalon.core.plan.NameForm;
import dev.etalon.core.plan.RequestShape;
import java.util.Set;

/**
 * Sends requests to one endpoint. Thread-safe.
 *
 * <p>Contract: one call of {@link Prepared#send} is at most one request on the wire. No retry, no redirect, no cache: a
 * resent conditional write meets its own first attempt and shows a 412 that the server does not owe.
 */
public interface Client extends AutoCloseable {
    /**
     * Builds and signs a request, so that nothing but the exchange lies inside its interval. Without any I/O, unless the
     * request needs something to be there first that is no part of the resource: an upload to complete, an object to copy.
     */
    Prepared prepare(Request request);

    /** What strategies it can take part in; known once the target is ready. */
    default Set<Alignment.Need> offers() {
        return Set.of();
    }

    /** The shapes of requests that the server takes, the plain one among them; known once the target is ready. */
    default Set<RequestShape> shapes() {
        return Set.of(RequestShape.PLAIN);
    }

    /** How the server can be read, by GET at any rate; known once the target is ready. */
    default Set<Method> reads() {
        return Set.of(Method.GET);
    }

    /** The forms of names that the server takes, flat ones among them; known once the target is ready. */
    default Set<NameForm> names() {
        return Set.of(NameForm.FLAT);
    }

    /**
     * Whether the server changes what is there under a condition only, and answers 428 else (RFC 6585 §3); known once the target
     * is ready.
     */
    default boolean demandsConditions() {
        return false;
    }

    /** Closes the connections that are idle, so that the next requests open their own. */
    default void reconnect() {}

    /**
     * Aborts the uploads that were begun for requests and not completed: a server has room for so many only. Requests of its
     * own, not for a race; what was prepared before is not to be sent any more.
     */
    default void abortUploads() {}

    /** Closes every connection. */
    @Override
    void close();

    /** A request ready to go. */
    interface Prepared {
        /** Sends it, once, and waits for the whole answer. Never throws for what the network or the server does. */
        Answer send(Hold hold);

        /**
         * Whether what the request needs first is there. Where it is not, sending puts nothing on the wire, and the answer is
         * unknown.
         */
        default boolean ready() {
            return true;
        }

        /**
         * Whether it carries a condition that its {@link Request} does not name, such as one on a date. Then nobody can tell
         * by 412 or 304 which condition was false.
         */
        default boolean asksForMore() {
            return false;
        }

        /** Takes away what was put there first, where it still lies about. A request of its own; not for a race. */
        default void discard() {}
    }

    /** Prepares and sends without holding back. */
    default Answer send(Request request) {
        return prepare(request).send(Hold.NONE);
    }
}
