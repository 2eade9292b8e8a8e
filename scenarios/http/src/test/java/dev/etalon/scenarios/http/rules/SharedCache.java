package dev.etalon.scenarios.http.rules;

import dev.etalon.core.target.Exchange;
import dev.etalon.core.target.RawAnswer;
import dev.etalon.core.target.RawClient;
import dev.etalon.core.target.RawField;
import dev.etalon.core.target.RawRequest;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** A cache before another server, which holds what it was answered for ever, or until it is changed (RFC 9111). */
class SharedCache implements RawClient {
    private static final Set<String> SAFE = Set.of("GET", "HEAD", "OPTIONS", "TRACE");

    private final RawClient origin;
    private final Map<List<String>, RawAnswer> store = new HashMap<>();

    SharedCache(RawClient origin) {
        this.origin = origin;
    }

    @Override
    public Map<String, String> places() {
        return origin.places();
    }

    @Override
    public Exchange send(RawRequest request) {
        if (!SAFE.contains(request.method())) {
            Exchange exchange = origin.send(forwarded(request));
            if (invalidates(exchange.answer())) {
                store.remove(request.path());
            }
            return new Exchange(request, exchange.answer());
        }
        RawAnswer held = store.get(request.path());
        boolean reuse = request.method().equals("GET")
                && field(request, "Cache-Control").isEmpty()
                && field(request, "Range").isEmpty();
        if (held != null && reuse) {
            return new Exchange(request, fromStore(request, held));
        }
        Exchange exchange = origin.send(request);
        if (reuse && exchange.answer().status() == 200) {
            store.put(request.path(), exchange.answer());
        }
        return exchange;
    }

    /** Whether an answer to a change says that what is held is old (§4.4). */
    boolean invalidates(RawAnswer answer) {
        return answer.status() < 400;
    }

    /** A change, as it is passed on. */
    RawRequest forwarded(RawRequest request) {
        return request;
    }

    /** The answer from the store; If-None-Match is for the cache too, the other conditions are not (§4.3.2). */
    RawAnswer fromStore(RawRequest request, RawAnswer held) {
        List<RawField> fields = new ArrayList<>(held.headers());
        fields.add(new RawField("Age", "1"));
        boolean same = field(request, "If-None-Match").equals(held.header("ETag"));
        return new RawAnswer(same ? 304 : 200, fields, same ? new byte[0] : held.body(), null, null);
    }

    static Optional<String> field(RawRequest request, String name) {
        return request.headers().stream()
                .filter(field -> field.name().equals(name))
                .map(RawField::value)
                .findFirst();
    }
}
