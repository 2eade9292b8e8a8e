package dev.etalon.targets.reference;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReadWriteLock;
import java.util.concurrent.locks.ReentrantLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * The promise itself: resources that change only while a condition holds, decided and done in one step.
 *
 * <p>{@link #change} is all there is to it. It holds the lock of the resource from the look at the current version until
 * the new one is in place, and the body has arrived before ("just before performing the request method", RFC 9110
 * §13.2.1). Everything else decides what the condition says ({@link #evaluate}), not when.
 *
 * <p>Thread-safe. The protected methods are the places where a server can go wrong; each mutant overrides one.
 */
public abstract class Register {
    private static final int LOCKS = 1024;

    private final Manner manner;
    private final ConcurrentMap<String, Line> lines = new ConcurrentHashMap<>();
    private final List<Lock> locks =
            IntStream.range(0, LOCKS).<Lock>mapToObj(i -> new ReentrantLock()).toList();
    private final ReadWriteLock world = new ReentrantReadWriteLock();
    private final String boot = Long.toHexString(System.nanoTime());
    private final AtomicLong tags = new AtomicLong();

    /** An empty register. */
    protected Register(Manner manner) {
        this.manner = manner;
    }

    /** The dialect it answers in. */
    public final Manner manner() {
        return manner;
    }

    /** Conditional header fields by name; null for one that was not sent or is not to be heeded. */
    @FunctionalInterface
    public interface Fields {
        @Nullable
        String value(String name);
    }

    /** What is to become of a resource whose condition holds. */
    @FunctionalInterface
    public interface Change {
        /** Decides on the versions as they are, while nobody else can change them. */
        Changed apply(Line line);
    }

    /**
     * A resource as it is to be from now on, and what to say of it.
     *
     * @param line its versions; the same as before for no change
     * @param reply the answer
     */
    public record Changed(Line line, Reply reply) {}

    /** What became of the conditions of a request. */
    public sealed interface Verdict {
        /** All hold, or there is none. */
        record Proceed() implements Verdict {}

        /** The named one is false. */
        record Failed(String condition) implements Verdict {}

        /** A read whose requester has the current representation already. */
        record NotModified() implements Verdict {}

        /** A field that is not what the grammar allows. */
        record Malformed(String sentence) implements Verdict {}

        Verdict PROCEED = new Proceed();
        Verdict NOT_MODIFIED = new NotModified();
    }

    /** Changes a resource if the conditions of the request hold, in one step. */
    protected final Reply change(Call call, String key, Fields fields, Change change) {
        Lock everywhere = world.readLock();
        everywhere.lock();
        try {
            Lock lock = lock(call, key);
            lock.lock();
            try {
                Line line = line(call, key);
                Reply refusal = refusal(call, fields, line);
                if (refusal != null) {
                    return refused(call, key, refusal);
                }
                decided(call, key);
                Changed changed = change.apply(line);
                if (changed.line() != line) {
                    commit(call, key, changed.line());
                }
                return changed.reply();
            } finally {
                lock.unlock();
            }
        } finally {
            everywhere.unlock();
        }
    }

    /** Keeps every resource as it is while something is done that looks at one and changes another. */
    protected final Lock everything() {
        return world.writeLock();
    }

    /** What nobody else may hold while a resource is looked at and changed. */
    protected Lock lock(Call call, String key) {
        return locks.get(Math.floorMod(key.hashCode(), LOCKS));
    }

    /** The versions a change is decided upon. */
    protected Line line(Call call, String key) {
        return lines.getOrDefault(key, Line.EMPTY);
    }

    /** The versions a read is answered from. */
    protected Line shown(Call call, String key) {
        return lines.getOrDefault(key, Line.EMPTY);
    }

    /** Comes after the decision and before the change. A faithful server has nothing to do there. */
    protected void decided(Call call, String key) {}

    /** Puts versions in place; from here on everybody sees them. */
    protected void commit(Call call, String key, Line line) {
        lines.put(key, line);
    }

    /** Passes a refusal on. A faithful server has changed nothing by then. */
    protected Reply refused(Call call, String key, Reply refusal) {
        return refusal;
    }

    /** All resources that ever were, by key. */
    protected final Map<String, Line> lines() {
        return lines;
    }

    /** Why a change is refused; null when it is not. */
    protected @Nullable Reply refusal(Call call, Fields fields, Line line) {
        return refusal(evaluate(fields, line.current(), false), line.current());
    }

    /** The answer to conditions that do not let a request through; null when they do. */
    protected @Nullable Reply refusal(Verdict verdict, @Nullable Stored current) {
        if (verdict instanceof Verdict.Failed failed) {
            return failed(failed.condition(), current);
        }
        if (verdict instanceof Verdict.Malformed malformed) {
            return malformed(malformed.sentence());
        }
        return verdict instanceof Verdict.NotModified && current != null ? validators(Reply.of(304), current) : null;
    }

    /** 412. */
    protected abstract Reply failed(String condition, @Nullable Stored current);

    /** 400. */
    protected abstract Reply malformed(String sentence);

    /** An answer with the validators of a version. */
    protected Reply validators(Reply reply, Stored stored) {
        return reply.with("ETag", stored.tag()).with("Last-Modified", Conditions.httpDate(stored.modified()));
    }

    /**
     * Evaluates the conditions of a request in the order of RFC 9110 §13.2.2.
     *
     * @param current the current version; null when there is no representation
     * @param read whether the method is GET or HEAD
     */
    protected Verdict evaluate(Fields fields, @Nullable Stored current, boolean read) {
        try {
            String ifMatch = fields.value("If-Match");
            if (ifMatch != null) {
                if (!ifMatch(ifMatch, current)) {
                    return new Verdict.Failed("If-Match");
                }
            } else if (!ifUnmodifiedSince(fields.value("If-Unmodified-Since"), current)) {
                return new Verdict.Failed("If-Unmodified-Since");
            }
            String ifNoneMatch = fields.value("If-None-Match");
            if (ifNoneMatch != null) {
                if (!ifNoneMatch(ifNoneMatch, current)) {
                    return read ? Verdict.NOT_MODIFIED : new Verdict.Failed("If-None-Match");
                }
            } else if (read && !ifModifiedSince(fields.value("If-Modified-Since"), current)) {
                return Verdict.NOT_MODIFIED;
            }
            return Verdict.PROCEED;
        } catch (Conditions.MalformedException e) {
            return new Verdict.Malformed(String.valueOf(e.getMessage()));
        }
    }

    /** Whether {@code If-Match} is true: the current tag is listed, strongly compared (RFC 9110 §13.1.1). */
    protected boolean ifMatch(String value, @Nullable Stored current) throws Conditions.MalformedException {
        String tag = current == null ? null : current.tag();
        return Conditions.names(tags("If-Match", value), tag, other -> matchesStrongly(other, String.valueOf(tag)));
    }

    /** Whether {@code If-None-Match} is true: the current tag is not listed, weakly compared (RFC 9110 §13.1.2). */
    protected boolean ifNoneMatch(String value, @Nullable Stored current) throws Conditions.MalformedException {
        String tag = current == null ? null : current.tag();
        return !Conditions.names(tags("If-None-Match", value), tag, other -> matchesWeakly(other, String.valueOf(tag)));
    }

    /** The comparison of {@code If-Match}. */
    protected boolean matchesStrongly(String sent, String current) {
        return Conditions.strong(sent, current);
    }

    /** The comparison of {@code If-None-Match}. */
    protected boolean matchesWeakly(String sent, String current) {
        return Conditions.weakly(sent, current);
    }

    /** Whether {@code If-Unmodified-Since} is true, or to be ignored: no date, or nothing to compare it with (§13.1.4). */
    protected boolean ifUnmodifiedSince(@Nullable String value, @Nullable Stored current) {
        Optional<Instant> date = value == null ? Optional.empty() : Conditions.date(value);
        return current == null || date.isEmpty() || !current.modified().isAfter(date.get());
    }

    /** Whether {@code If-Modified-Since} is true, or to be ignored (§13.1.3). */
    protected boolean ifModifiedSince(@Nullable String value, @Nullable Stored current) {
        Optional<Instant> date = value == null ? Optional.empty() : Conditions.date(value);
        return current == null || date.isEmpty() || current.modified().isAfter(date.get());
    }

    /** The entity tags of a field; empty for {@code *}. */
    protected Optional<List<String>> tags(String name, String value) throws Conditions.MalformedException {
        return Conditions.tags(name, value);
    }

    /** The entity tag of a body that is about to become current: never given before. */
    protected String tag(String key, byte[] body, Instant modified) {
        return "\"" + boot + "-" + Long.toHexString(tags.incrementAndGet()) + "\"";
    }

    /** The time of a change, with the resolution it is told with. */
    protected Instant now() {
        return Instant.now().truncatedTo(ChronoUnit.SECONDS);
    }

    /** The bytes of a text. */
    static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    /** Bytes as lower-case hexadecimal digits. */
    static String hex(byte[] bytes) {
        return HexFormat.of().formatHex(bytes);
    }
}
