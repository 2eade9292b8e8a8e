package dev.etalon.targets.reference;

import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** GET, HEAD, PUT and DELETE with conditions (RFC 9110). Every path is a resource. */
public abstract class HttpRegister extends Register {
    private static final String ALLOW = "GET, HEAD, PUT, DELETE, OPTIONS";

    /** A date is a strong validator once the second it names is over for good (RFC 9110 §8.8.2.2). */
    private static final Duration STRONG_AFTER = Duration.ofSeconds(1);

    private static final Pattern RANGE = Pattern.compile("bytes=(\\d*)-(\\d*)");

    private final boolean demanding;

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
            // Conditions do not apply to it (RFC 9110 §13.2.1).
            case "OPTIONS" -> Reply.of(204).with("Allow", ALLOW);
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
            boolean strong = !stored.modified().plus(STRONG_AFTER).isAfter(now());
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

    /** The conditional fields of a write. */
    protected Fields writeFields(Call call) {
        return call::condition;
    }

    @Override
    protected @Nullable Reply refusal(Call call, Fields fields, Line line) {
        // Without a condition it would be 404, so that conditions are not looked at (RFC 9110 §13.2.1).
        boolean nothing = call.method().equals("DELETE") && line.current() == null && !manner().s3();
        return nothing ? notFound(call, line) : super.refusal(call, fields, line);
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
        Reply reply = Reply.text(
                412,
                condition + " is false: "
                        + (current == null
                                ? "there is no current representation."
                                : "the current ETag is " + current.tag() + "."));
        // The current tag saves whoever was refused a read before the next attempt.
        return current == null ? reply : reply.with("ETag", current.tag());
    }

    @Override
    protected Reply malformed(String sentence) {
        return Reply.text(400, sentence);
    }
}
