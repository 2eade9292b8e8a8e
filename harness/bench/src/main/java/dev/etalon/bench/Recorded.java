package dev.etalon.bench;

import dev.etalon.bench.Generator.Fate;
import dev.etalon.bench.Generator.Kind;
import dev.etalon.bench.Generator.Request;
import dev.etalon.bench.Generator.Written;
import dev.etalon.core.model.Completion;
import dev.etalon.core.model.EntityTag;
import dev.etalon.core.model.History;
import dev.etalon.core.model.Invocation;
import dev.etalon.core.model.Method;
import dev.etalon.core.model.Observation;
import dev.etalon.core.model.Operation;
import dev.etalon.core.model.Outcome;
import dev.etalon.core.model.Precondition;
import dev.etalon.core.model.Version;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A simulation as a history of one key, as if it had been recorded.
 *
 * @param history what the clients saw
 * @param injected id of the operation that the fault struck; -1 when it struck none
 */
public record Recorded(History history, long injected) {
    private static final History.Origin ORIGIN =
            new History.Origin(1, "key-", "bench/simulation", "simulated", "localhost", "2026-01-01T00:00:00Z", 0);

    /** Runs a whole simulation and keeps it. */
    public static Recorded of(Generator.Settings settings) {
        Operation[] operations = new Operation[Math.toIntExact(settings.operations())];
        long injected = new Generator(settings, new Generator.Listener() {
                    @Override
                    public void begins(Request request) {}

                    @Override
                    public boolean ends(Request request) {
                        operations[(int) request.id()] = operation(request);
                        return true;
                    }
                })
                .run();
        return new Recorded(new History(ORIGIN, Arrays.asList(operations), List.of()), injected);
    }

    /** The operation that a request was. */
    static Operation operation(Request request) {
        return new Operation(invocation(request), completion(request));
    }

    private static Invocation invocation(Request request) {
        boolean read = request.kind() == Kind.READ;
        boolean removes = request.kind() == Kind.REMOVE || request.kind() == Kind.DELETE;
        Written validator = request.validator();
        Precondition precondition = switch (request.kind()) {
            case READ, PUT, DELETE -> Precondition.NONE;
            case CREATE -> Precondition.CREATE;
            case REPLACE, REMOVE -> Precondition.ifMatch(validator.tag(), validator.version());
        };
        Version writes = read ? null : request.version().version();
        return new Invocation(
                request.id(),
                request.process(),
                0,
                0,
                0,
                read ? Method.GET : removes ? Method.DELETE : Method.PUT,
                precondition,
                writes,
                read || removes ? 0 : request.version().depth(),
                request.start());
    }

    private static Completion completion(Request request) {
        boolean read = request.kind() == Kind.READ;
        boolean put = request.kind() == Kind.REPLACE || request.kind() == Kind.CREATE || request.kind() == Kind.PUT;
        Written version = request.version();
        boolean absent = read && version == Written.ABSENT;
        Outcome outcome = switch (request.fate()) {
            case APPLIED -> Outcome.APPLIED;
            case REFUSED -> Outcome.REFUSED;
            case UNKNOWN -> Outcome.unknown(Outcome.Cause.TIMEOUT);
        };
        int status = switch (request.fate()) {
            case APPLIED -> absent ? 404 : read ? 200 : 204;
            case REFUSED -> 412;
            case UNKNOWN -> 0;
        };
        @Nullable EntityTag tag = request.fate() == Fate.APPLIED && (put || (read && !absent)) ? version.tag() : null;
        Observation observation = !read
                ? Observation.NOTHING
                : absent
                        ? Observation.ABSENT
                        : new Observation.Seen(version.version(), version.parent(), version.depth());
        return new Completion(request.id(), status, outcome, tag, observation, 0, request.end());
    }
}
