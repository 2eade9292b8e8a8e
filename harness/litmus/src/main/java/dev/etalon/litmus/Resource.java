package dev.etalon.litmus;

import dev.etalon.core.model.Body;
import dev.etalon.core.model.EntityTag;
import dev.etalon.core.model.Method;
import dev.etalon.core.model.Observation;
import dev.etalon.core.model.Operation;
import dev.etalon.core.model.Precondition;
import dev.etalon.core.model.Version;
import dev.etalon.core.target.Answer;
import dev.etalon.core.target.Client.Prepared;
import dev.etalon.core.target.Hold;
import dev.etalon.core.target.RawAnswer;
import dev.etalon.core.target.RawField;
import dev.etalon.core.target.RawRequest;
import dev.etalon.core.target.Request;
import dev.etalon.litmus.Server.Lane;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A resource under a fresh name that the actors of one sample race for: the shared state of a litmus test. Whoever writes
 * it writes a version of his own, by whose number, {@code v1}, {@code v2} and so on, a read names what it saw; {@code v0}
 * is what was there when the race began. Thread-safe.
 *
 * <p>Where it cannot be set up, or the server has been asked for enough, nothing is sent, and every word is {@code unsent}.
 */
public final class Resource {
    private static final String REFUSED = "refused";
    private static final int PRECONDITION_FAILED = 412;
    private static final int BODY_BYTES = 1024;

    /** Who wrote the version before {@code v0}. */
    private static final int FORMERLY = 1000;

    /** After whom deletes are numbered, which have an identity like versions. */
    private static final int DELETED = 2000;

    private final Server server;
    private final int key;
    private final int endpoint;
    private final Start start;
    private final Traces traces;

    /**
     * What is kept of a sample until its end, whichever endpoint it is reached through.
     *
     * @param prepared what may have put something there that is to be taken away
     * @param lanes whose requests belong together: those of a thread
     * @param deletes how many there are, since each has an identity
     * @param applied what racers were told that they wrote or deleted
     */
    private record Traces(
            Queue<Prepared> prepared, Map<Thread, Lane> lanes, AtomicInteger deletes, Set<Version> applied) {
        Traces() {
            this(
                    new ConcurrentLinkedQueue<>(),
                    new ConcurrentHashMap<>(),
                    new AtomicInteger(),
                    ConcurrentHashMap.newKeySet());
        }
    }

    /**
     * How it was when the race began.
     *
     * @param touched whether anything was sent
     * @param ready whether it can be raced for
     * @param current its tag; null when it is absent
     * @param former a tag that was superseded; null where there is none
     * @param modified its date; null where nobody asked
     */
    private record Start(
            boolean touched,
            boolean ready,
            @Nullable EntityTag current,
            @Nullable EntityTag former,
            @Nullable String modified) {
        static final Start ABSENT = new Start(false, true, null, null, null);
        static final Start NOTHING = new Start(false, false, null, null, null);
        static final Start FAILED = new Start(true, false, null, null, null);
    }

    private Resource(Server server, int key, int endpoint, Start start, Traces traces) {
        this.server = server;
        this.key = key;
        this.endpoint = endpoint;
        this.start = start;
        this.traces = traces;
    }

    private Resource started(Start now) {
        return new Resource(server, key, endpoint, now, traces);
    }

    /** One that is not there. Sends nothing. */
    public static Resource absent() {
        Server server = Server.current();
        Start start = server.exhausted() ? Start.NOTHING : Start.ABSENT;
        return new Resource(server, server.freshKey(), 0, start, new Traces());
    }

    /** One that was written once, and whose tag everybody knows. */
    public static Resource present() {
        Resource fresh = absent();
        if (!fresh.start.ready) {
            return fresh;
        }
        EntityTag tag = fresh.lay(0).orElse(null);
        return fresh.started(tag == null ? Start.FAILED : new Start(true, true, tag, null, null));
    }

    /** One that was written twice, so that one of its tags is superseded. */
    public static Resource rewritten() {
        Resource fresh = absent();
        if (!fresh.start.ready) {
            return fresh;
        }
        EntityTag former = fresh.lay(FORMERLY).orElse(null);
        EntityTag tag = fresh.lay(0).orElse(null);
        return fresh.started(
                former == null || tag == null || former.equals(tag)
                        ? Start.FAILED
                        : new Start(true, true, tag, former, null));
    }

    /** One that was written once, and whose date everybody knows. Only over plain HTTP. */
    public static Resource dated() {
        Resource fresh = present();
        if (!fresh.start.ready) {
            return fresh;
        }
        String modified =
                fresh.raw("GET", List.of(), null).header("Last-Modified").orElse(null);
        return fresh.started(
                modified == null ? Start.FAILED : new Start(true, true, fresh.start.current, null, modified));
    }

    /** The same resource, reached through another endpoint of the server, 0 and up. */
    public Resource through(int otherEndpoint) {
        return new Resource(server, key, otherEndpoint, start, traces);
    }

    /** {@code If-Match} with its tag. */
    public Precondition current() {
        return start.current == null ? Precondition.NONE : Precondition.ifMatch(start.current, version(0));
    }

    /** {@code If-Match} with the superseded tag. */
    public Precondition stale() {
        return start.former == null ? Precondition.NONE : Precondition.ifMatch(start.former, version(FORMERLY));
    }

    /** A PUT of version {@code number}, 1 and up. */
    public Racer put(int number, Precondition condition) {
        return writer(Method.PUT, number, condition);
    }

    /** A CopyObject of version {@code number}. Only over S3. */
    public Racer copy(int number, Precondition condition) {
        return writer(Method.COPY, number, condition);
    }

    /** A CompleteMultipartUpload of version {@code number}. Only over S3. */
    public Racer complete(int number, Precondition condition) {
        return writer(Method.COMPLETE, number, condition);
    }

    /** A DELETE. */
    public Racer delete(Precondition condition) {
        return deleter(Method.DELETE, condition);
    }

    /** A DeleteObjects. Only over S3. */
    public Racer deleteObjects(Precondition condition) {
        return deleter(Method.DELETE_OBJECTS, condition);
    }

    /** A read. */
    public Racer get() {
        return racer(read(), null);
    }

    /**
     * A PUT of version {@code number} with {@code If-Unmodified-Since} and the date of a {@link #dated} resource. Histories
     * know of no such condition: there it is a PUT without one, and when it is refused, nobody can tell what came of it.
     */
    public Racer putUnmodified(int number) {
        String date = start.modified;
        Request request = request(Method.PUT, Precondition.NONE, body(number, Precondition.NONE, 1));
        Prepared ready = !start.ready || date == null
                ? null
                : new Prepared() {
                    @Override
                    public Answer send(Hold hold) {
                        return answer(raw("PUT", List.of(new RawField("If-Unmodified-Since", date)), request.body()));
                    }

                    @Override
                    public boolean asksForMore() {
                        return true;
                    }
                };
        return new Racer(this, request, version(number), true, ready);
    }

    /**
     * Reads it and writes version {@code number} with {@code If-Match} and the tag that was read, one deeper than what was
     * read.
     *
     * @return {@code applied}, {@code refused}, {@code unknown} or {@code unsent}
     */
    public String increment(int number) {
        if (!start.ready) {
            return Grades.UNSENT;
        }
        Operation read = sendHere(read(), null, 0);
        EntityTag tag = read.tag().orElse(null);
        if (!(read.observation() instanceof Observation.Seen seen) || tag == null || tag.weak()) {
            return Grades.UNTOLD;
        }
        return word(write(number, Precondition.ifMatch(tag, seen.version()), seen.depth() + 1));
    }

    /**
     * Writes one version after the other, the first with the current tag and each with the tag of the one before it, until
     * one is not applied.
     *
     * @return how many were applied, as {@code 2 of 3}, {@code unknown} or {@code unsent}
     */
    public String chain(int... numbers) {
        if (!start.ready) {
            return Grades.UNSENT;
        }
        Precondition condition = current();
        for (int i = 0; i < numbers.length; i++) {
            Operation put = write(numbers[i], condition, 1);
            if (put.refused()) {
                return i + " of " + numbers.length;
            }
            EntityTag tag = put.unknown() ? null : tag(put, () -> sendHere(read(), null, 0));
            if (tag == null) {
                return Grades.UNTOLD;
            }
            condition = Precondition.ifMatch(tag, version(numbers[i]));
        }
        return numbers.length + " of " + numbers.length;
    }

    /**
     * Looks at it when everybody is done, and takes it away.
     *
     * @return {@code v0}, {@code v1} … for a whole version, {@code absent}, {@code torn} for a body that nobody wrote like
     *     this, {@code mixed} for a new body with the tag that {@code v0} had, {@code unknown} or {@code unsent}
     */
    public String end() {
        return ended(this::word);
    }

    /** As {@link #end}, but says how deep the version is, as {@code depth 2}: how many increments it has behind it. */
    public String endDepth() {
        return ended(read ->
                read.observation() instanceof Observation.Seen seen ? "depth " + (seen.depth() - 1) : word(read));
    }

    private String ended(Function<Operation, String> shown) {
        String word = start.ready ? shown.apply(look()) : Grades.UNSENT;
        if (start.ready || start.touched) {
            // Nobody looks any more, so that the history ends here.
            server.aside(prepare(request(Method.DELETE, Precondition.NONE, null)));
            traces.prepared.forEach(Prepared::discard);
        }
        traces.lanes.values().forEach(server::back);
        traces.lanes.clear();
        return word;
    }

    /** Reads it, and once more unless it is what the only one wrote who got through: a stale answer is no lost change. */
    private Operation look() {
        Operation first = coordinate(read(), null);
        if (!traces.applied.equals(first.seen().map(Set::of).orElse(Set.of()))) {
            coordinate(read(), null);
        }
        return first;
    }

    /** Sends what is ready from the calling thread, and says in a word what came of it. */
    String race(Prepared ready, Request request, @Nullable Version writes, boolean dated) {
        Operation sent = noted(server.send(lane(), ready, request, key, writes, writes == null ? 0 : 1, endpoint));
        return dated && sent.status() == PRECONDITION_FAILED ? REFUSED : word(sent);
    }

    private String word(Operation op) {
        if (op.unknown()) {
            return Grades.UNTOLD;
        }
        if (op.refused()) {
            return REFUSED;
        }
        return op.write() ? "applied" : shown(op);
    }

    private String shown(Operation read) {
        if (read.observation() instanceof Observation.Absent) {
            return "absent";
        }
        if (!(read.observation() instanceof Observation.Seen seen)) {
            return "torn";
        }
        int writer = seen.version().writer();
        EntityTag tag = read.tag().orElse(null);
        // Of a tag that is known it is known what it stands for.
        boolean ofCurrent = tag != null && !tag.weak() && tag.equals(start.current);
        return ofCurrent && writer != 0 ? "mixed" : writer == FORMERLY ? "superseded" : "v" + writer;
    }

    /** Writes a version before the race; empty when nobody can tell whether, or it has no tag to hold. */
    private Optional<EntityTag> lay(int number) {
        Request request = request(Method.PUT, Precondition.NONE, body(number, Precondition.NONE, 1));
        Operation put = coordinate(request, version(number));
        return put.applied() ? Optional.ofNullable(tag(put, () -> coordinate(read(), null))) : Optional.empty();
    }

    /**
     * The tag of what was just written; null when there is none to hold. Where a write is not answered with one, a read tells
     * it, unless it shows what somebody else wrote meanwhile.
     */
    private static @Nullable EntityTag tag(Operation put, Supplier<Operation> read) {
        Optional<EntityTag> told = put.tag()
                .or(() -> Optional.of(read.get())
                        .filter(shown -> shown.seen().equals(Optional.of(put.version())))
                        .flatMap(Operation::tag));
        return told.filter(tag -> !tag.weak()).orElse(null);
    }

    private Operation coordinate(Request request, @Nullable Version writes) {
        return server.coordinate(prepare(request), request, key, writes, writes == null ? 0 : 1, endpoint);
    }

    private Operation write(int number, Precondition condition, int depth) {
        return sendHere(request(Method.PUT, condition, body(number, condition, depth)), version(number), depth);
    }

    private Operation sendHere(Request request, @Nullable Version writes, int depth) {
        return noted(server.send(lane(), prepare(request), request, key, writes, depth, endpoint));
    }

    private Operation noted(Operation sent) {
        if (sent.write() && sent.applied()) {
            traces.applied.add(sent.version());
        }
        return sent;
    }

    /** The lane of the calling thread, as long as the resource is raced for. */
    private Lane lane() {
        return traces.lanes.computeIfAbsent(Thread.currentThread(), thread -> server.lane());
    }

    private Prepared prepare(Request request) {
        return server.endpoint(endpoint).prepare(request);
    }

    private RawAnswer raw(String method, List<RawField> fields, byte @Nullable [] body) {
        return server.aside(
                new RawRequest(method, List.of(name()), List.of(), fields, body, RawRequest.Credentials.USUAL));
    }

    private static Answer answer(RawAnswer raw) {
        return new Answer(raw.status(), null, raw.body(), raw.failure(), raw.detail());
    }

    private Racer writer(Method method, int number, Precondition condition) {
        return racer(request(method, condition, body(number, condition, 1)), version(number));
    }

    private Racer deleter(Method method, Precondition condition) {
        return racer(request(method, condition, null), version(DELETED + traces.deletes.incrementAndGet()));
    }

    private Racer racer(Request request, @Nullable Version writes) {
        if (!start.ready) {
            return new Racer(this, request, writes, false, null);
        }
        Prepared ready = prepare(request);
        traces.prepared.add(ready);
        return new Racer(this, request, writes, false, ready);
    }

    private Request read() {
        return request(Method.GET, Precondition.NONE, null);
    }

    private Request request(Method method, Precondition condition, byte @Nullable [] body) {
        return new Request(method, name(), server.versioning(key), condition, body);
    }

    private String name() {
        return server.origin().keyName(key);
    }

    private static Version version(int number) {
        return new Version(number, 1);
    }

    private byte[] body(int number, Precondition condition, int depth) {
        return Body.encode(
                new Body.Header(server.origin().run(), key, version(number), condition.version(), depth), BODY_BYTES);
    }
}
