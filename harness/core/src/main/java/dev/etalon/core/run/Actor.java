package dev.etalon.core.run;

import dev.etalon.core.model.Body;
import dev.etalon.core.model.EntityTag;
import dev.etalon.core.model.Invocation;
import dev.etalon.core.model.Method;
import dev.etalon.core.model.Operation;
import dev.etalon.core.model.Precondition;
import dev.etalon.core.model.Version;
import dev.etalon.core.plan.Plan;
import dev.etalon.core.plan.RequestShape;
import dev.etalon.core.plan.Versioning;
import dev.etalon.core.store.ActorLog;
import dev.etalon.core.target.Client;
import dev.etalon.core.target.Dialect;
import dev.etalon.core.target.Hold;
import dev.etalon.core.target.Request;
import java.io.IOException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Sends requests as one sequential process and records every one. Not thread-safe: one thread at a time.
 */
final class Actor {
    private final int number;
    private final Plan plan;
    private final List<Client> endpoints;
    private final ActorLog log;
    private final Sender sender;
    private int endpoint;
    private RequestShape shape = RequestShape.PLAIN;
    private int written;

    Actor(int number, Plan plan, List<Client> endpoints, Dialect dialect, ActorLog log) {
        this.number = number;
        this.plan = plan;
        this.endpoints = List.copyOf(endpoints);
        this.endpoint = number % endpoints.size();
        this.log = log;
        this.sender = new Sender(plan.run(), dialect, log);
    }

    /** What a reader holds: a version, the tag it came with, and its depth. */
    record Held(Version version, EntityTag tag, int depth) {}

    /** A request that is built, signed and waiting; it writes no version when it is a read. */
    record Armed(
            Client.Prepared prepared,
            Method method,
            @Nullable Version version,
            Precondition precondition,
            int endpoint,
            int round,
            int key,
            int depth) {}

    /** How many endpoints there are. */
    int endpoints() {
        return endpoints.size();
    }

    /** The kinds of buckets that keys lie in, in turn. */
    List<Versioning> versioning() {
        return plan.versioning();
    }

    /** From now on builds its requests for this endpoint. */
    void use(int other) {
        endpoint = other;
    }

    /** From now on builds its requests in this shape. */
    void shape(RequestShape other) {
        shape = other;
    }

    /** Closes the idle connections to every endpoint, so that whoever sends next opens his own. */
    void reconnect() {
        endpoints.forEach(Client::reconnect);
    }

    /** Aborts the uploads that racers have not completed. */
    void abortUploads() {
        endpoints.forEach(Client::abortUploads);
    }

    /** By GET, or in turn by GET of a range where the server can be read so, for another path of it may serve that. */
    Method inTurn(int number) {
        return number % 2 == 1 && canRead(Method.GET_RANGE) ? Method.GET_RANGE : Method.GET;
    }

    /** Whether the server can be read so. */
    boolean canRead(Method method) {
        return client().reads().contains(method);
    }

    /** Reads a key. */
    Operation read(int round, int key) throws IOException {
        return write(armRead(round, key, Precondition.NONE));
    }

    /** Builds and signs a read. */
    Armed armRead(int round, int key, Precondition precondition) {
        return armRead(Method.GET, round, key, precondition);
    }

    /** Builds and signs a read of a kind. */
    Armed armRead(Method method, int round, int key, Precondition precondition) {
        Client.Prepared prepared = client().prepare(request(method, key, precondition, null));
        return new Armed(prepared, method, null, precondition, endpoint, round, key, 0);
    }

    /** Builds and signs a delete of a kind, with an identity of its own. */
    Armed armDelete(Method method, int round, int key, Precondition precondition) {
        Version version = new Version(number, ++written);
        Client.Prepared prepared = client().prepare(request(method, key, precondition, null));
        return new Armed(prepared, method, version, precondition, endpoint, round, key, 0);
    }

    /** Builds and signs a PUT, with a body of its own. */
    Armed arm(int round, int key, Precondition precondition, int depth, int bodyBytes) {
        return arm(Method.PUT, round, key, precondition, depth, bodyBytes);
    }

    /** Builds and signs a write of a kind, with a body of its own; with none, of which no read could tell whose it is. */
    Armed arm(Method method, int round, int key, Precondition precondition, int depth, int bodyBytes) {
        Version version = new Version(number, ++written);
        byte[] body = bodyBytes == 0
                ? new byte[0]
                : Body.encode(new Body.Header(plan.run(), key, version, precondition.version(), depth), bodyBytes);
        Client.Prepared prepared = client().prepare(request(method, key, precondition, body));
        return new Armed(prepared, method, version, precondition, endpoint, round, key, depth);
    }

    /** Sends an armed request straight through. */
    Operation write(Armed armed) throws IOException {
        return write(armed, null);
    }

    /** Sends an armed request that pauses at a gate. */
    Operation write(Armed armed, @Nullable Gate gate) throws IOException {
        Invocation invocation = invocation(
                armed.method(),
                armed.precondition(),
                armed.version(),
                armed.depth(),
                armed.endpoint(),
                armed.round(),
                armed.key());
        return gate == null
                ? sender.send(invocation, armed.prepared(), Hold.NONE, () -> 0)
                : sender.send(invocation, armed.prepared(), gate, gate::releasedNs);
    }

    private Request request(Method method, int key, Precondition precondition, byte @Nullable [] body) {
        return new Request(method, plan.keyPrefix() + key, plan.versioning(key), precondition, body, shape);
    }

    private Client client() {
        return endpoints.get(endpoint);
    }

    private Invocation invocation(
            Method method, Precondition precondition, @Nullable Version writes, int depth, int to, int round, int key) {
        return new Invocation(
                log.nextId(), number, round, key, to, method, precondition, writes, depth, System.nanoTime());
    }
}
