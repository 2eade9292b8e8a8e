package dev.etalon.targets.reference;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * GET, HEAD, PUT, DELETE, POST and PATCH with conditions (RFC 9110, RFC 5789). Every path is a resource; POST adds to the
 * end of one, PATCH takes a merge patch (RFC 7396).
 */
public abstract class HttpRegister extends Register {
    private static final String ALLOW = "GET, HEAD, PUT, DELETE, POST, PATCH, OPTIONS";

    /**
     * A date is a strong validator once the second it names is over for good, if there was but one change in it (RFC 9110
     * §8.8.2.2).
     */
    private static final Duration STRONG_AFTER = Duration.ofSeconds(1);

    private static final String MERGE_PATCH = "application/merge-patch+json";

    private static final Pattern RANGE = Pattern.compile("bytes=(\\d*)-(\\d*)");

    private final boolean demanding;

    /** When each resource was last written, and the last second in which that happened twice. */
    private final Map<String, Instant> written = new ConcurrentHashMap<>();

    private final Map<String, Instant> shared = new ConcurrentHashMap<>();

    /**
     * An empty one.
     *
     * @param demanding whether a write without a condition is answered 428 (RFC 6585 §3)
     */
    protected HttpRegister(Manner manner, boolean demanding) {
        super(manner);
        this.demanding = demanding;
    }

    /** Answers a request. */
    public Reply answer(Call call) {
        String key = call.name();
        return switch (call.method()) {
            case "GET", "HEAD" -> read(call, key);
            case "PUT" -> put(call, key);
            case "DELETE" -> delete(call, key);
            case "POST" -> post(call, key);
            case "PATCH" -> patch(call, key);
            // Conditions do not apply to it (RFC 9110 §13.2.1).
            case "OPTIONS" -> Reply.of(204).with("Allow", ALLOW).with("Accept-Patch", MERGE_PATCH);
            default -> Reply.of(405).with("Allow", ALLOW);
        };
    }

    /** GET and HEAD. */
    protected Reply read(Call call, String key) {
        Line line = shown(call, key);
        Stored current = line.current();
        // What is not there is told before any condition is looked at (RFC 9110 §13.2.1).
        return current == null ? notFound(call, line) : read(call, current);
    }

    /** Reads a version. */
    protected final Reply read(Call call, Stored stored) {
        Reply refusal = refusal(evaluate(readFields(call), stored, true), stored);
        return refusal != null ? refusal : representation(call, stored);
    }

    /** The conditional fields of a read. */
    protected Fields readFields(Call call) {
        return call::condition;
    }

    /** 200, or 206 for a range that is asked for and may be given. */
    protected Reply representation(Call call, Stored stored) {
        Reply whole = validators(Reply.of(200), stored)
                .with("Content-Type", "application/octet-stream")
                .with("Accept-Ranges", "bytes");
        String range = call.header("Range");
        Matcher bounds = RANGE.matcher(range == null ? "" : range);
        if (!call.method().equals("GET") || !bounds.matches() || !ifRange(call, stored)) {
            return whole.with(stored.body());
        }
        int length = stored.body().length;
        boolean suffix = bounds.group(1).isEmpty();
        long first = suffix ? length - number(bounds.group(2), 0) : number(bounds.group(1), 0);
        long last = suffix ? length - 1 : Math.min(length - 1L, number(bounds.group(2), length - 1L));
        if (first >= length || first > last) {
            return Reply.of(416).with("Content-Range", "bytes */" + length);
        }
        int from = (int) Math.max(0, first);
        return whole.as(206)
                .with("Content-Range", "bytes " + from + "-" + last + "/" + length)
                .with(Arrays.copyOfRange(stored.body(), from, (int) last + 1));
    }

    private static long number(String digits, long fallback) {
        return digits.isEmpty() ? fallback : Long.parseLong(digits.substring(0, Math.min(digits.length(), 18)));
    }

    /** Whether a range may be given: the requester has the beginning of this very representation (RFC 9110 §13.1.5). */
    protected boolean ifRange(Call call, Stored stored) {
        String value = call.header("If-Range");
        if (value == null) {
            return true;
        }
        Optional<Instant> date = Conditions.date(value);
        if (date.isPresent()) {
            boolean over = !stored.modified().plus(STRONG_AFTER).isAfter(now());
            boolean strong = over && !stored.modified().equals(shared.get(call.name()));
            return strong && date.get().equals(stored.modified());
        }
        return Conditions.strong(value.strip(), stored.tag());
    }

    /** PUT. */
    protected Reply put(Call call, String key) {
        if (call.header("Content-Range") != null) {
            return malformed("PUT replaces the whole representation (RFC 9110 §14.5): Content-Range="
                    + call.header("Content-Range") + "; send it without.");
        }
        Reply demand = demand(call);
        if (demand != null) {
            return demand;
        }
        byte[] body = call.body();
        return change(call, key, writeFields(call), line -> put(key, line, body));
    }

    /** A version in the place of what is there. */
    protected Changed put(String key, Line line, byte[] body) {
        Instant now = now();
        if (now.equals(written.put(key, now))) {
            shared.put(key, now);
        }
        Stored next = new Stored(versionId(key), body, tag(key, body, now), now, false);
        boolean created = line.current() == null && !manner().s3();
        boolean replaced = line.current() != null && !manner().s3();
        int status = created ? 201 : replaced ? 204 : 200;
        return new Changed(line.with(next), written(Reply.of(status), next));
    }

    /** What an answer tells of a version that has just been written. */
    protected Reply written(Reply reply, Stored stored) {
        return reply.with("ETag", stored.tag());
    }

    /** Id of the next version of a resource. */
    protected String versionId(String key) {
        return "null";
    }

    /** DELETE. */
    protected Reply delete(Call call, String key) {
        Reply demand = demand(call);
        return demand != null
                ? demand
                : change(
                        call, key, writeFields(call), line -> new Changed(line.without(versionId(key)), Reply.of(204)));
    }

    /** POST: adds content to the end of what is there. */
    protected Reply post(Call call, String key) {
        Reply demand = demand(call);
        if (demand != null) {
            return demand;
        }
        byte[] more = call.body();
        return change(call, key, writeFields(call), line -> put(key, line, joined(line.current(), more)));
    }

    private static byte[] joined(@Nullable Stored current, byte[] more) {
        byte[] old = current == null ? new byte[0] : current.body();
        byte[] all = Arrays.copyOf(old, old.length + more.length);
        System.arraycopy(more, 0, all, old.length, more.length);
        return all;
    }

    /** PATCH: as a whole or not at all (RFC 5789 §2). */
    protected Reply patch(Call call, String key) {
        if (!MERGE_PATCH.equals(call.header("Content-Type"))) {
            return Reply.text(415, "A patch is to be " + MERGE_PATCH + ".").with("Accept-Patch", MERGE_PATCH);
        }
        Reply demand = demand(call);
        if (demand != null) {
            return demand;
        }
        Optional<JsonNode> patch = MergePatch.parsed(call.body());
        if (patch.isEmpty()) {
            return malformed("The patch is no JSON document; send one.");
        }
        return change(call, key, writeFields(call), line -> {
            Stored current = line.current();
            Optional<JsonNode> old = current == null ? Optional.empty() : MergePatch.parsed(current.body());
            return old.map(document -> put(key, line, MergePatch.apply(patch.get(), document)))
                    // A conflict with the state, and no condition that was false (RFC 5789 §2.2).
                    .orElseGet(() -> new Changed(
                            line,
                            Reply.text(409, "What is there is no JSON document, so that nothing can be merged.")));
        });
    }

    /** The conditional fields of a write. */
    protected Fields writeFields(Call call) {
        return call::condition;
    }

    @Override
    protected @Nullable Reply refusal(Call call, Fields fields, Line line) {
        // Without a condition it would be 404, so that conditions are not looked at (RFC 9110 §13.2.1).
        boolean nothing = !call.method().equals("PUT") && line.current() == null && !manner().s3();
        Reply refusal = nothing ? notFound(call, line) : super.refusal(call, fields, line);
        Stored current = line.current();
        boolean show = refusal != null && refusal.status() == 412 && current != null && !manner().s3();
        return show && prefersRepresentation(call) ? represented(call, refusal, current) : refusal;
    }

    private static boolean prefersRepresentation(Call call) {
        String prefer = call.header("Prefer");
        return prefer != null && prefer.contains("return=representation");
    }

    /** A refusal that shows what is there, so that the next attempt needs no read before it (RFC 8144 §3.2). */
    private Reply represented(Call call, Reply refusal, Stored current) {
        return validators(refusal, current)
                .with("Content-Type", "application/octet-stream")
                .with("Content-Location", call.path())
                .with("Preference-Applied", "return=representation")
                .with("Vary", "Prefer")
                .with(current.body());
    }

    /** 428 where a condition is demanded and none was sent; null otherwise. */
    protected @Nullable Reply demand(Call call) {
        boolean conditional = call.header("If-Match") != null
                || call.header("If-None-Match") != null
                || call.header("If-Unmodified-Since") != null;
        return !demanding || conditional
                ? null
                : Reply.text(
                                428,
                                "This resource is only changed under a condition: read it, and send If-Match with the"
                                        + " ETag of the answer, or If-None-Match: * to create it.")
                        .with("Cache-Control", "no-store");
    }

    /** 404. */
    protected Reply notFound(Call call, Line line) {
        return Reply.text(404, "There is nothing at " + call.path() + ".");
    }

    @Override
    protected Reply failed(String condition, @Nullable Stored current) {
        ObjectNode problem = MergePatch.JSON
                .createObjectNode()
                .put("title", "Precondition Failed")
                .put("status", 412)
                .put("detail", condition + " is false.")
                .put("condition", condition)
                .put("current", current == null ? null : current.tag());
        Reply reply =
                Reply.of(412).with("Content-Type", "application/problem+json").with(MergePatch.bytes(problem));
        // The current tag saves whoever was refused a read before the next attempt.
        return current == null ? reply : reply.with("ETag", current.tag());
    }

    @Override
    protected Reply malformed(String sentence) {
        return Reply.text(400, sentence);
    }
}
