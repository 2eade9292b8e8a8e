package dev.etalon.bench;

import dev.etalon.core.model.Observation;
import dev.etalon.core.model.Operation;
import java.lang.reflect.Method;
import java.util.AbstractList;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CancellationException;
import org.jetbrains.kotlinx.lincheck.Actor;
import org.jetbrains.kotlinx.lincheck.Result;
import org.jetbrains.kotlinx.lincheck.ValueResult;
import org.jetbrains.kotlinx.lincheck.execution.ExecutionResult;
import org.jetbrains.kotlinx.lincheck.execution.ExecutionScenario;
import org.jetbrains.kotlinx.lincheck.execution.HBClock;
import org.jetbrains.kotlinx.lincheck.execution.ResultWithClock;
import org.jetbrains.kotlinx.lincheck.verifier.linearizability.LinearizabilityVerifier;

/**
 * Puts a history before Lincheck's linearizability verifier: a thread for each client, a call for each request, happens
 * before where one answer was in before another request began. A refusal is a call that returns false. Knows histories
 * whose outcomes are all known.
 */
final class Lincheck {
    private final ExecutionScenario scenario;
    private final ExecutionResult results;
    private volatile boolean expired;

    /** The sequential register. Public, with a constructor without parameters, because Lincheck makes it by reflection. */
    public static final class Register {
        private long version;

        /** GET: the version, 0 for absence. */
        public long read() {
            return version;
        }

        /** PUT If-Match, and for parent 0 PUT If-None-Match: *. */
        public boolean replace(long parent, long next) {
            if (version != parent) {
                return false;
            }
            version = next;
            return true;
        }

        @Override
        public boolean equals(Object other) {
            return other instanceof Register register && register.version == version;
        }

        @Override
        public int hashCode() {
            return Long.hashCode(version);
        }
    }

    /** A list that refuses to be read once the time is up: the verifier has no other way to be stopped. */
    private final class Expiring<E> extends AbstractList<E> {
        private final List<E> elements;

        private Expiring(List<E> elements) {
            this.elements = elements;
        }

        @Override
        public E get(int index) {
            if (expired) {
                throw new CancellationException("the time is up");
            }
            return elements.get(index);
        }

        @Override
        public int size() {
            return elements.size();
        }
    }

    /**
     * Translates a history.
     *
     * @param operations of one key, in order of start, each actor's one after another
     */
    Lincheck(List<Operation> operations) {
        Map<Integer, List<Operation>> byActor = new TreeMap<>();
        for (Operation op : operations) {
            if (op.unknown() || op.removes() || (op.write() && op.unconditional())) {
                throw new IllegalArgumentException("only reads and conditional writes whose outcome is known: id="
                        + op.invocation().id());
            }
            byActor.computeIfAbsent(op.invocation().actor(), actor -> new ArrayList<>())
                    .add(op);
        }
        List<List<Operation>> threads = new ArrayList<>(byActor.values());
        List<List<Actor>> calls = new ArrayList<>();
        List<List<ResultWithClock>> answers = new ArrayList<>();
        for (List<Operation> thread : threads) {
            calls.add(thread.stream().map(Lincheck::call).toList());
            answers.add(new Expiring<>(answers(thread, threads)));
        }
        scenario = new ExecutionScenario(List.of(), calls, List.of());
        results = new ExecutionResult(List.of(), answers, List.of());
    }

    private static Actor call(Operation op) {
        return op.write()
                ? new Actor(
                        method("replace", long.class, long.class),
                        List.of(op.parent().packed(), op.version().packed()))
                : new Actor(method("read"), List.of());
    }

    private static Method method(String name, Class<?>... parameters) {
        try {
            return Register.class.getMethod(name, parameters);
        } catch (NoSuchMethodException e) {
            throw new IllegalStateException(e);
        }
    }

    private static List<ResultWithClock> answers(List<Operation> thread, List<List<Operation>> threads) {
        int[] ended = new int[threads.size()];
        List<ResultWithClock> answers = new ArrayList<>();
        for (Operation op : thread) {
            for (int t = 0; t < ended.length; t++) {
                List<Operation> other = threads.get(t);
                while (ended[t] < other.size() && other.get(ended[t]).endNs() < op.startNs()) {
                    ended[t]++;
                }
            }
            answers.add(new ResultWithClock(answer(op), new HBClock(ended.clone())));
        }
        return answers;
    }

    private static Result answer(Operation op) {
        if (op.write()) {
            return new ValueResult(op.applied());
        }
        long shown = op.observation() instanceof Observation.Seen seen
                ? seen.version().packed()
                : 0;
        return new ValueResult(shown);
    }

    /**
     * Verifies with a fresh verifier, so that nothing is remembered from an earlier call.
     *
     * @return whether the history is linearizable
     * @throws CancellationException when {@link #expire()} came first
     */
    boolean linearizable() {
        return new LinearizabilityVerifier(Register.class).verifyResults(scenario, results);
    }

    /** Makes a running verification end soon. */
    void expire() {
        expired = true;
    }
}
