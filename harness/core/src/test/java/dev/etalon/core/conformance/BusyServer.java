package dev.etalon.core.conformance;

import dev.etalon.core.model.Outcome;
import dev.etalon.core.target.Exchange;
import dev.etalon.core.target.RawAnswer;
import dev.etalon.core.target.RawClient;
import dev.etalon.core.target.RawField;
import dev.etalon.core.target.RawRequest;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A register that honours If-Match and If-None-Match and may be asked by many at once, with a place where a test can spoil
 * what it answers to a rule's own conditional writes.
 */
public final class BusyServer implements RawClient {
    /** How many conditional writes of a rule there are in the first series. */
    static final int AT_REST = 100;

    private final Map<String, String> bodies = new HashMap<>();
    private final ConcurrentLinkedQueue<RawRequest> beside = new ConcurrentLinkedQueue<>();
    private final AtomicInteger inFlight = new AtomicInteger();
    private final AtomicInteger inFlightMax = new AtomicInteger();
    private final AtomicInteger conditional = new AtomicInteger();
    private final Spoiler spoiler;

    /** What a test does to a rule's own conditional write. */
    public interface Spoiler {
        /**
         * An answer in place of the honest one.
         *
         * @param n counts them from 1
         * @param loaded whether it is of the second series, which there is load beside
         */
        Optional<RawAnswer> answer(int n, boolean loaded);
    }

    public BusyServer(Spoiler spoiler) {
        this.spoiler = spoiler;
    }

    public static BusyServer honest() {
        return new BusyServer((n, loaded) -> Optional.empty());
    }

    public static RawAnswer answer(int status) {
        return ScriptedServer.answer(status);
    }

    static RawAnswer silence() {
        return RawAnswer.failed(Outcome.Cause.TIMEOUT, "no answer within 15 s");
    }

    /** What was asked beside the rule: of keys of the load's own, or as a plain read of the subject while there was load. */
    List<RawRequest> beside() {
        return List.copyOf(beside);
    }

    int inFlightMax() {
        return inFlightMax.get();
    }

    synchronized List<String> keys() {
        return List.copyOf(bodies.keySet());
    }

    @Override
    public Map<String, String> places() {
        return Map.of();
    }

    @Override
    public Exchange send(RawRequest request) {
        inFlightMax.accumulateAndGet(inFlight.incrementAndGet(), Math::max);
        try {
            if (Thread.currentThread().getName().startsWith("etalon-load-")) {
                beside.add(request);
                return new Exchange(request, honest(request));
            }
            boolean condition =
                    request.headers().stream().anyMatch(field -> field.name().startsWith("If-"));
            Optional<RawAnswer> spoilt = Optional.empty();
            if (condition) {
                int n = conditional.incrementAndGet();
                spoilt = spoiler.answer(n, n > AT_REST);
            }
            return new Exchange(request, spoilt.orElseGet(() -> honest(request)));
        } finally {
            inFlight.decrementAndGet();
        }
    }

    private synchronized RawAnswer honest(RawRequest request) {
        String key = String.join("/", request.path());
        String body = bodies.get(key);
        if (request.method().equals("GET") || request.method().equals("HEAD")) {
            return body == null ? answer(404) : ScriptedServer.ok(body, body.getBytes(StandardCharsets.UTF_8));
        }
        for (RawField field : request.headers()) {
            boolean match = field.name().equals("If-Match");
            if ((match && (body == null || !field.value().equals(ScriptedServer.tag(body))))
                    || (field.name().equals("If-None-Match") && body != null)) {
                return answer(412);
            }
        }
        if (request.method().equals("DELETE")) {
            return answer(bodies.remove(key) == null ? 404 : 204);
        }
        byte[] content = request.body() == null ? new byte[0] : request.body();
        String written = new String(content, StandardCharsets.UTF_8);
        bodies.put(key, written);
        return ScriptedServer.ok(written, new byte[0]);
    }
}
