package dev.etalon.targets.reference;

import java.time.Instant;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * A faithful server that marks the tag of a version as weak for its first second, because within that second another write
 * could get the same one, and takes the mark away afterwards: what Apache httpd does by default ({@code FileETag}, RFC 9110
 * §8.8.1). An If-Match with the strong form is false until then.
 *
 * <p>Thread-safe.
 */
public class WeakWhileNew extends Faithful {
    private static final long NEW_NS = TimeUnit.SECONDS.toNanos(1);

    private final Map<String, Long> written = new ConcurrentHashMap<>();

    /** An empty server that speaks plain HTTP. */
    public WeakWhileNew() {
        super(Manner.RFC9110);
    }

    @Override
    protected String tag(String key, byte[] body, Instant modified) {
        String tag = super.tag(key, body, modified);
        written.put(tag, System.nanoTime());
        return tag;
    }

    private Stored asOfNow(Stored stored) {
        boolean isNew = System.nanoTime() - written.getOrDefault(stored.tag(), Long.MIN_VALUE / 2) < NEW_NS;
        return isNew
                ? new Stored(
                        stored.id(),
                        stored.body(),
                        "W/" + stored.tag(),
                        stored.modified(),
                        stored.marker(),
                        stored.parts())
                : stored;
    }

    private @Nullable Stored asOfNowIfAny(@Nullable Stored stored) {
        return stored == null ? null : asOfNow(stored);
    }

    @Override
    protected boolean ifMatch(String value, @Nullable Stored current) throws Conditions.MalformedException {
        return super.ifMatch(value, asOfNowIfAny(current));
    }

    @Override
    protected boolean ifRange(Call call, Stored stored) {
        return super.ifRange(call, asOfNow(stored));
    }

    @Override
    protected Reply validators(Reply reply, Stored stored) {
        return super.validators(reply, asOfNow(stored));
    }

    @Override
    protected Reply written(Reply reply, Stored stored) {
        return super.written(reply, asOfNow(stored));
    }

    @Override
    protected Reply failed(String condition, @Nullable Stored current) {
        return super.failed(condition, asOfNowIfAny(current));
    }
}
