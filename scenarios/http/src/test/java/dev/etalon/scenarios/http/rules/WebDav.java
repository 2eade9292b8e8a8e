package dev.etalon.scenarios.http.rules;

import dev.etalon.targets.reference.Call;
import dev.etalon.targets.reference.Faithful;
import dev.etalon.targets.reference.Line;
import dev.etalon.targets.reference.Manner;
import dev.etalon.targets.reference.Reply;
import dev.etalon.targets.reference.Stored;
import java.net.URI;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** As much of WebDAV (RFC 4918) as the rules speak of, for one client at a time: If, exclusive locks, COPY and MOVE. */
class WebDav extends Faithful {
    private static final Pattern LIST = Pattern.compile("\\(([^)]*)\\)");
    private static final Pattern CONDITION = Pattern.compile("(Not )?(?:\\[([^]]*)]|(<[^>]*>))");

    private final Map<String, String> locks = new HashMap<>();

    WebDav() {
        super(Manner.RFC9110);
    }

    @Override
    public Reply answer(Call call) {
        String key = call.name();
        Stored current = lines().getOrDefault(key, Line.EMPTY).current();
        if (call.method().equals("PUT") && lacksParent(key)) {
            return Reply.of(409);
        }
        String condition = call.header("If");
        if (condition != null && !holds(condition, key, current)) {
            return Reply.of(412);
        }
        return switch (call.method()) {
            case "PROPFIND" -> Reply.of(207);
            case "PROPPATCH" -> proppatch(key);
            case "LOCK" -> lock(key);
            case "COPY", "MOVE" -> copied(call, key, current);
            case "PUT", "DELETE" -> lockedOut(call, key) ? Reply.of(423) : super.answer(call);
            default -> super.answer(call);
        };
    }

    boolean lacksParent(String key) {
        int slash = key.lastIndexOf('/');
        return slash >= 0
                && lines().getOrDefault(key.substring(0, slash), Line.EMPTY).current() == null;
    }

    /** One of the lists must hold, and everything in it. */
    boolean holds(String condition, String key, @Nullable Stored current) {
        return LIST.matcher(condition).results().anyMatch(list -> {
            Matcher each = CONDITION.matcher(list.group(1));
            boolean all = true;
            while (each.find()) {
                String tag = each.group(2);
                boolean is = tag != null
                        ? current != null && tag.equals(current.tag())
                        : each.group(3).equals(locks.get(key));
                all &= is == (each.group(1) == null);
            }
            return all;
        });
    }

    boolean lockedOut(Call call, String key) {
        String token = locks.get(key);
        String condition = call.header("If");
        return token != null && (condition == null || !condition.contains(token));
    }

    Reply lock(String key) {
        String token = "<urn:uuid:" + UUID.randomUUID() + ">";
        return locks.putIfAbsent(key, token) == null ? Reply.of(200).with("Lock-Token", token) : Reply.of(423);
    }

    Reply proppatch(String key) {
        return Reply.of(207);
    }

    Reply copied(Call call, String key, @Nullable Stored current) {
        String destination =
                URI.create(String.valueOf(call.header("Destination"))).getPath().substring(1);
        boolean there = lines().getOrDefault(destination, Line.EMPTY).current() != null;
        if (current == null || (there && keeps(call))) {
            return Reply.of(current == null ? 404 : 412);
        }
        commit(call, destination, put(destination, Line.EMPTY, current.body()).line());
        if (call.method().equals("MOVE")) {
            commit(call, key, Line.EMPTY);
        }
        return Reply.of(there ? 204 : 201);
    }

    boolean keeps(Call call) {
        return "F".equals(call.header("Overwrite"));
    }
}
