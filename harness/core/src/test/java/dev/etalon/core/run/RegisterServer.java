package dev.etalon.core.run;

import dev.etalon.core.model.EntityTag;
import dev.etalon.core.model.Method;
import dev.etalon.core.model.Outcome;
import dev.etalon.core.model.Precondition;
import dev.etalon.core.plan.Alignment;
import dev.etalon.core.target.Answer;
import dev.etalon.core.target.Client;
import dev.etalon.core.target.Hold;
import dev.etalon.core.target.Request;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * A server in memory: a linearizable register for every key, unless a defect is switched on.
 *
 * <p>A request of a racer waits until a second racer of its key is with the server too, so that every planned race is one,
 * on a machine as slow as it may be.
 */
public class RegisterServer implements Client {
    /** The guard's keys, which nobody races for, are the highest. */
    private static final int GUARD_KEYS = 64;

    private static final byte[] NOTHING = {};

    /** Far beyond what any run holds a request for. */
    private static final long HELD_MS = 120_000;

    private final Set<Defect> defects;
    private final Map<String, Resource> resources = new HashMap<>();
    private final Map<String, CountDownLatch> company = new ConcurrentHashMap<>();
    private final AtomicInteger requests = new AtomicInteger();
    private final Random random = new Random(412);
    /** Sets up and verifies; requests of all other threads are racers'. */
    private final Thread coordinator = Thread.currentThread();

    private int goneAfter = Integer.MAX_VALUE;
    private int goneStatus;
    private int busyFrom = Integer.MAX_VALUE;
    private long busyNs;
    private final AtomicLong busySinceNs = new AtomicLong();
    private int lost = -1;
    private final AtomicInteger cut = new AtomicInteger();

    /** Waited for in full only where no second racer comes; a round that missed its race on a busy machine is repeated. */
    private long companyMs = 100;

    private int tags;

    /** What can be wrong with it. */
    public enum Defect {
        /** Conditions are read by nobody. */
        IGNORES_CONDITIONS,
        /** Conditional writes are answered 501. */
        NOT_IMPLEMENTED,
        /** Every tag is weak. */
        WEAK_TAGS,
        /** Tags are weak for a second, as those of Apache httpd are by default; no defect. */
        WEAK_WHILE_NEW,
        /** Tags are made of the time in seconds and the length, as those of nginx are. */
        TAGS_OF_A_SECOND,
        /** There are no tags. */
        NO_TAGS,
        /** Every conditional write is refused. */
        NEVER_MATCHES,
        /** A true condition is answered 503, a false one 412. */
        FAILS_ON_MATCH,
        /** The condition is evaluated before the body is in, and never again. */
        CHECKS_THEN_ACTS,
        /** Reads come back with a byte changed. */
        TEARS_BODIES,
        /** Plain writes are answered 200 and dropped. */
        DROPS_WRITES,
        /** A fifth of the racers' requests get no answer; half of them are carried out. */
        LOSES_ANSWERS,
        /** Deletes do not read their condition. */
        DELETES_WHATEVER_IS_THERE,
        /** Deletes without a condition are answered 204, and nothing else. */
        KEEPS_WHAT_IS_DELETED,
        /** One read of ten shows what was there before. */
        READS_OLD
    }

    private record Resource(
            byte[] body,
            EntityTag tag,
            long sinceNs,
            @Nullable Resource before) {
        boolean isNew() {
            return System.nanoTime() - sinceNs < TimeUnit.SECONDS.toNanos(1);
        }
    }

    public RegisterServer(Defect... defects) {
        this.defects = EnumSet.noneOf(Defect.class);
        this.defects.addAll(Set.of(defects));
    }

    /** From that request on every answer is this status; 0 for no answer. */
    RegisterServer goneAfter(int request, int status) {
        goneAfter = request;
        goneStatus = status;
        return this;
    }

    /** From that request on every one is answered 403, as long as given: what a stalled file server answers. */
    RegisterServer busyFrom(int request, long ms) {
        busyFrom = request;
        busyNs = TimeUnit.MILLISECONDS.toNanos(ms);
        return this;
    }

    /** That request gets no answer, counted from 1. */
    RegisterServer losing(int request) {
        lost = request;
        return this;
    }

    /** Cuts the connection that so many racers share: the next request of each gets no answer. */
    RegisterServer cutting(int racers) {
        cut.set(racers);
        return this;
    }

    /** How long a racer waits for a second one. */
    RegisterServer company(long ms) {
        companyMs = ms;
        return this;
    }

    int requests() {
        return requests.get();
    }

    @Override
    public Prepared prepare(Request request) {
        return hold -> {
            try {
                return answer(request, hold);
            } catch (IOException e) {
                return Answer.failed(Outcome.Cause.CONNECTION, String.valueOf(e.getMessage()));
            }
        };
    }

    private Answer answer(Request request, Hold hold) throws IOException {
        int number = requests.incrementAndGet();
        if (number == lost) {
            return Answer.failed(Outcome.Cause.TIMEOUT, "lost");
        }
        if (number >= busyFrom) {
            busySinceNs.compareAndSet(0, System.nanoTime());
            if (System.nanoTime() - busySinceNs.get() < busyNs) {
                return new Answer(403, null, NOTHING, null, null);
            }
        }
        if (number > goneAfter) {
            return goneStatus == 0
                    ? Answer.failed(Outcome.Cause.CONNECTION, "gone")
                    : new Answer(goneStatus, null, NOTHING, null, null);
        }
        if (request.method() == Method.GET) {
            if (Thread.currentThread() != coordinator) {
                meet(request, hold, 0);
            }
            return get(request);
        }
        byte[] body = request.body() == null ? NOTHING : request.body();
        boolean conditional = request.precondition().kind() != Precondition.Kind.NONE;
        if (conditional && has(Defect.NOT_IMPLEMENTED)) {
            return status(501);
        }
        boolean racer = request.method().removes() ? !isGuards(request.key()) : !isCoordinators(body);
        if (racer && cut.getAndUpdate(left -> Math.max(0, left - 1)) > 0) {
            return Answer.failed(Outcome.Cause.CONNECTION, "cut");
        }
        boolean early = has(Defect.CHECKS_THEN_ACTS) && holds(request);
        if (racer) {
            meet(request, hold, body.length);
        } else {
            pause(hold, body.length);
        }
        return write(request, body, racer, early);
    }

    /** Takes in a racer's request, and goes on when a second racer of its key is here or long awaited. */
    private void meet(Request request, Hold hold, int bodyBytes) throws IOException {
        CountDownLatch two = company.computeIfAbsent(request.key(), key -> new CountDownLatch(2));
        two.countDown();
        pause(hold, bodyBytes);
        await(two, companyMs);
    }

    private void pause(Hold hold, int bodyBytes) throws IOException {
        if (hold.place() == Hold.Place.SOCKET || (hold.place() != Hold.Place.NOWHERE && bodyBytes == 0)) {
            CountDownLatch sent = new CountDownLatch(1);
            hold.atTail(sent::countDown);
            await(sent, HELD_MS);
        } else if (hold.tailBytes(bodyBytes) > 0) {
            hold.atTail();
        }
    }

    @Override
    public Set<Alignment.Need> offers() {
        return EnumSet.of(Alignment.Need.SOCKET, Alignment.Need.MULTIPLEXING, Alignment.Need.EXPECTATION);
    }

    private synchronized Answer get(Request request) {
        Resource resource = resources.get(request.key());
        if (resource == null) {
            return status(404);
        }
        if (has(Defect.READS_OLD) && resource.before() != null && random.nextInt(10) == 0) {
            resource = resource.before();
        }
        if (!holds(request)) {
            return new Answer(304, tag(resource), NOTHING, null, null);
        }
        byte[] body = resource.body().clone();
        if (has(Defect.TEARS_BODIES)) {
            body[body.length - 1] ^= 1;
        }
        return new Answer(200, tag(resource), body, null, null);
    }

    private synchronized Answer write(Request request, byte[] body, boolean racer, boolean early) {
        boolean conditional = request.precondition().kind() != Precondition.Kind.NONE;
        boolean delete = request.method().removes();
        if (!conditional && has(Defect.DROPS_WRITES)) {
            return status(200);
        }
        if (delete && !conditional && has(Defect.KEEPS_WHAT_IS_DELETED)) {
            return status(204);
        }
        int fate = racer && has(Defect.LOSES_ANSWERS) ? random.nextInt(10) : 9;
        if (fate == 0) {
            return Answer.failed(Outcome.Cause.TIMEOUT, "lost on its way there");
        }
        boolean holds = has(Defect.CHECKS_THEN_ACTS) ? early : holds(request);
        if (holds && conditional && has(Defect.FAILS_ON_MATCH)) {
            return status(503);
        }
        if (!holds) {
            return fate == 1 ? Answer.failed(Outcome.Cause.TIMEOUT, "lost on its way back") : status(412);
        }
        if (delete) {
            Resource deleted = resources.remove(request.key());
            return fate == 1
                    ? Answer.failed(Outcome.Cause.TIMEOUT, "lost on its way back")
                    : status(deleted == null ? 404 : 204);
        }
        Resource resource = new Resource(body, newTag(body), System.nanoTime(), last(resources.get(request.key())));
        resources.put(request.key(), resource);
        return fate == 1
                ? Answer.failed(Outcome.Cause.TIMEOUT, "lost on its way back")
                : new Answer(200, tag(resource), NOTHING, null, null);
    }

    /** Without what was before it, lest a chain of a million is kept. */
    private static @Nullable Resource last(@Nullable Resource resource) {
        return resource == null ? null : new Resource(resource.body(), resource.tag(), resource.sinceNs(), null);
    }

    private EntityTag newTag(byte[] body) {
        tags++;
        return new EntityTag(
                has(Defect.TAGS_OF_A_SECOND)
                        ? "\"" + TimeUnit.MILLISECONDS.toSeconds(System.currentTimeMillis()) + "-" + body.length + "\""
                        : "\"t" + tags + "\"");
    }

    private synchronized boolean holds(Request request) {
        if (has(Defect.IGNORES_CONDITIONS) || (request.method().removes() && has(Defect.DELETES_WHATEVER_IS_THERE))) {
            return true;
        }
        Resource resource = resources.get(request.key());
        return switch (request.precondition().kind()) {
            case NONE -> true;
            case IF_NONE_MATCH_ANY -> resource == null && !has(Defect.NEVER_MATCHES);
            case IF_NONE_MATCH ->
                resource == null
                        || !resource.tag().equals(request.precondition().tag());
            case IF_MATCH ->
                resource != null
                        && !(has(Defect.WEAK_WHILE_NEW) && resource.isNew())
                        && resource.tag().equals(request.precondition().tag())
                        && !has(Defect.NEVER_MATCHES);
        };
    }

    private static void await(CountDownLatch latch, long ms) {
        try {
            latch.await(ms, TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** The header of a body names its writer; 0 sets up and verifies. */
    private static boolean isCoordinators(byte[] body) {
        return new String(body, 0, 128, StandardCharsets.US_ASCII).contains(" writer=00000000 ");
    }

    private static boolean isGuards(String key) {
        return Integer.parseInt(key.substring(key.lastIndexOf('-') + 1)) > Integer.MAX_VALUE - GUARD_KEYS;
    }

    private @Nullable EntityTag tag(Resource resource) {
        if (has(Defect.NO_TAGS)) {
            return null;
        }
        boolean weak = has(Defect.WEAK_TAGS) || (has(Defect.WEAK_WHILE_NEW) && resource.isNew());
        return weak ? new EntityTag("W/" + resource.tag()) : resource.tag();
    }

    private static Answer status(int status) {
        return new Answer(status, null, NOTHING, null, null);
    }

    private boolean has(Defect defect) {
        return defects.contains(defect);
    }

    @Override
    public void close() {}
}
