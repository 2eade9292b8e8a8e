package dev.etalon.core.conformance;

import dev.etalon.core.model.Outcome;
import dev.etalon.core.target.Exchange;
import dev.etalon.core.target.RawAnswer;
import dev.etalon.core.target.RawClient;
import dev.etalon.core.target.RawField;
import dev.etalon.core.target.RawRequest;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/** A register that honours If-Match, with a place where a test can spoil what it answers to conditional writes. */
final class ScriptedServer implements RawClient {
    private final Map<String, String> bodies = new HashMap<>();
    private final List<RawRequest> requests = new ArrayList<>();
    private final Spoiler spoiler;
    private int conditional;

    /** What a test does to the n-th conditional write, counted from 1. */
    interface Spoiler {
        /** The answer in place of the honest one; runs the honest one when it asks for it. */
        RawAnswer answer(int n, Supplier<RawAnswer> honest);
    }

    ScriptedServer(Spoiler spoiler) {
        this.spoiler = spoiler;
    }

    static ScriptedServer honest() {
        return new ScriptedServer((n, honest) -> honest.get());
    }

    static RawAnswer answer(int status) {
        return new RawAnswer(status, List.of(), new byte[0], null, null);
    }

    static RawAnswer silence() {
        return RawAnswer.failed(Outcome.Cause.TIMEOUT, "no answer within 15 s");
    }

    List<RawRequest> requests() {
        return requests;
    }

    @Override
    public Map<String, String> places() {
        return Map.of();
    }

    @Override
    public Exchange send(RawRequest request) {
        requests.add(request);
        boolean condition =
                request.headers().stream().anyMatch(field -> field.name().startsWith("If-"));
        RawAnswer answer = condition ? spoiler.answer(++conditional, () -> honest(request)) : honest(request);
        return new Exchange(request, answer);
    }

    private RawAnswer honest(RawRequest request) {
        String key = String.join("/", request.path());
        String body = bodies.get(key);
        if (request.method().equals("GET")) {
            return body == null ? answer(404) : ok(body, body.getBytes(StandardCharsets.UTF_8));
        }
        for (RawField field : request.headers()) {
            if (field.name().equals("If-Match")
                    && (body == null || !field.value().equals(tag(body)))) {
                return answer(412);
            }
        }
        byte[] content = request.body() == null ? new byte[0] : request.body();
        String written = new String(content, StandardCharsets.UTF_8);
        bodies.put(key, written);
        return ok(written, new byte[0]);
    }

    static RawAnswer ok(String body, byte[] content) {
        return new RawAnswer(200, List.of(new RawField("ETag", tag(body))), content, null, null);
    }

    static String tag(String body) {
        return "\"" + Integer.toHexString(body.hashCode()) + "\"";
    }
}
