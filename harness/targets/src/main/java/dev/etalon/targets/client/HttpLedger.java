package dev.etalon.targets.client;

import dev.etalon.core.target.RawAnswer;
import dev.etalon.core.target.RawField;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import okhttp3.HttpUrl;
import okhttp3.Request;
import okhttp3.Response;
import org.jspecify.annotations.Nullable;

/** Resources, collections and locks of an HTTP server. */
final class HttpLedger extends Ledger {
    /** RFC 4918 §11.3. */
    private static final int LOCKED = 423;

    private final Set<List<String>> made = ConcurrentHashMap.newKeySet();
    private final Set<List<String>> again = ConcurrentHashMap.newKeySet();
    private final Map<List<String>, String> locks = new ConcurrentHashMap<>();

    HttpLedger(HttpUrl base, @Nullable BasicLogin login, WireOptions options) {
        super(base, login == null ? RawWire.Signing.NONE : login, options);
    }

    @Override
    void sending(Request request, List<String> path) {
        switch (request.method()) {
            case "PUT", "POST", "PATCH", "MKCOL", "LOCK" -> note(path);
            case "COPY", "MOVE" ->
                Optional.ofNullable(request.header("Destination"))
                        .map(request.url()::resolve)
                        .flatMap(this::below)
                        .ifPresent(this::note);
            default -> {}
        }
    }

    private void note(List<String> path) {
        if (path.get(0).startsWith(PREFIX)) {
            made.add(plain(path));
        }
    }

    /** The same without a slash at its end: a collection has its name with and without. */
    private static List<String> plain(List<String> path) {
        int last = path.size() - 1;
        return last > 0 && path.get(last).isEmpty() ? path.subList(0, last) : path;
    }

    @Override
    void answered(Request request, List<String> path, Response response) {
        String token = response.header("Lock-Token");
        if (request.method().equals("LOCK") && response.isSuccessful() && token != null) {
            locks.put(plain(path), token);
        }
    }

    @Override
    void doubtful(List<String> path) {
        if (made.contains(plain(path))) {
            again.add(plain(path));
        }
    }

    @Override
    public void abortUploads() {
        // There are none.
    }

    @Override
    void remove(Removal removal, boolean last) {
        Set<List<String>> names = new HashSet<>(made);
        made.removeAll(names);
        if (last) {
            names.addAll(again);
            again.clear();
        }
        for (List<String> name : List.copyOf(names)) {
            // A server that makes the folders on the way makes them for us.
            for (int depth = 1; depth < name.size(); depth++) {
                names.add(name.subList(0, depth));
            }
        }
        // What is in a collection goes before it: not every server takes them together.
        Map<Integer, List<List<String>>> byDepth = new TreeMap<>();
        names.forEach(name -> byDepth.computeIfAbsent(-name.size(), depth -> new ArrayList<>())
                .add(name));
        byDepth.values().forEach(level -> {
            Map<List<String>, String> left = removal.each(level, this::removed);
            again.addAll(left.keySet());
            removal.left(left.values());
        });
    }

    private Optional<String> removed(List<String> name) {
        String lock = locks.get(name);
        if (lock != null
                && send("UNLOCK", name, List.of(), new RawField("Lock-Token", lock))
                                        .status()
                                / 100
                        == 2) {
            locks.remove(name);
        }
        RawAnswer answer = send("DELETE", name, List.of());
        if (answer.status() == LOCKED && lock != null) {
            // Who holds the lock may delete (RFC 4918 §10.4.1), whatever became of the request to end it.
            answer = send("DELETE", name, List.of(), new RawField("If", "(" + lock + ")"));
        }
        if (answer.status() == HttpAccess.PRECONDITION_REQUIRED) {
            String tag = send("GET", name, List.of()).header("ETag").orElse("*");
            answer = send("DELETE", name, List.of(), new RawField("If-Match", tag));
            if (answer.status() == 412 && send("GET", name, List.of()).status() == 404) {
                return Optional.empty();
            }
        }
        if (answer.status() == 409 || answer.status() / 100 == 3) {
            // Some servers know a collection only by its slash.
            List<String> collection = new ArrayList<>(name);
            collection.add("");
            answer = send("DELETE", collection, List.of());
        }
        return reason("DELETE", answer);
    }
}
