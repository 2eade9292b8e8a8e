package dev.etalon.bench;

import dev.etalon.core.model.EntityTag;
import dev.etalon.core.model.Version;
import java.util.Arrays;
import java.util.Locale;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;

/**
 * Simulates closed-loop clients on one register, event by event, and tells what each of them saw.
 *
 * <p>A client thinks (exponential, mean 0.1 ms) and sends; its request takes effect an exponential time (mean 1 ms)
 * later and is answered another such time later. Half of the requests are reads, the others conditional writes with the
 * validator the client got last, or creates when it holds none; a refused client does not read again first. An unknown
 * write takes effect with probability ½, and its client goes on as a new process. No event is kept: memory does not grow
 * with the number of operations.
 *
 * <p>The same settings give the same events on every machine. Every validator sent was shown before (P3), since it is the
 * client's own last one. Used once; not thread-safe.
 */
public final class Generator {
    private static final double THINK_NS = 100_000;
    private static final double LEG_NS = 1_000_000;

    /** What a request does; the code is that of the written form. */
    public enum Kind {
        READ('R'),
        /** PUT If-Match. */
        REPLACE('W'),
        /** PUT If-None-Match: *. */
        CREATE('C'),
        /** DELETE If-Match. */
        REMOVE('D'),
        /** PUT. */
        PUT('U'),
        /** DELETE. */
        DELETE('X');

        private final char code;

        Kind(char code) {
            this.code = code;
        }

        char code() {
            return code;
        }
    }

    /** How a request was answered; the code is that of the written form. */
    public enum Fate {
        APPLIED('o'),
        REFUSED('f'),
        UNKNOWN('?');

        private final char code;

        Fate(char code) {
            this.code = code;
        }

        char code() {
            return code;
        }
    }

    /** A defect of the simulated server, which strikes once, after half of the operations. */
    public enum Fault {
        NONE,
        /** A conditional write with a stale validator is acknowledged, though nothing was performed. */
        LOST,
        /** A conditional write is performed and acknowledged, though its validator is stale. */
        OVERWRITE,
        /** A read that begins after a version was acknowledged is shown the one before it. */
        STALE
    }

    /**
     * What to simulate.
     *
     * @param operations how many requests are sent, 1 and up
     * @param clients how many clients send, 1 and up
     * @param unknown share of the writes whose outcome nobody learns, 0 to 1
     * @param removes share of the conditional writes with a validator that are deletes, 0 to 1
     * @param puts share of the writes that are unconditional PUTs, 0 to 1
     * @param deletes share of the writes that are unconditional DELETEs; with {@code puts} 0 to 1
     * @param fault what is wrong with the server
     * @param seed of every random draw
     */
    public record Settings(
            long operations,
            int clients,
            double unknown,
            double removes,
            double puts,
            double deletes,
            Fault fault,
            long seed) {
        public Settings {
            if (operations < 1 || clients < 1) {
                throw new IllegalArgumentException(
                        "operations and clients are 1 or more: operations=" + operations + " clients=" + clients);
            }
            if (!share(unknown) || !share(removes) || !share(puts) || !share(deletes) || !share(puts + deletes)) {
                throw new IllegalArgumentException("shares are 0 to 1: unknown=" + unknown + " removes=" + removes
                        + " puts=" + puts + " deletes=" + deletes);
            }
        }

        private static boolean share(double value) {
            return value >= 0 && value <= 1;
        }

        /** Reads and conditional writes of a faithful server, seed 1. */
        public static Settings of(long operations, int clients) {
            return new Settings(operations, clients, 0, 0, 0, 0, Fault.NONE, 1);
        }

        public Settings withOperations(long count) {
            return new Settings(count, clients, unknown, removes, puts, deletes, fault, seed);
        }

        public Settings withUnknown(double share) {
            return new Settings(operations, clients, share, removes, puts, deletes, fault, seed);
        }

        public Settings withRemoves(double share) {
            return new Settings(operations, clients, unknown, share, puts, deletes, fault, seed);
        }

        public Settings withPuts(double share) {
            return new Settings(operations, clients, unknown, removes, share, deletes, fault, seed);
        }

        public Settings withDeletes(double share) {
            return new Settings(operations, clients, unknown, removes, puts, share, fault, seed);
        }

        public Settings withFault(Fault defect) {
            return new Settings(operations, clients, unknown, removes, puts, deletes, defect, seed);
        }

        public Settings withSeed(long number) {
            return new Settings(operations, clients, unknown, removes, puts, deletes, fault, number);
        }

        @Override
        public String toString() {
            StringBuilder text = new StringBuilder("operations=" + operations + " clients=" + clients);
            append(text, "unknown", unknown);
            append(text, "removes", removes);
            append(text, "puts", puts);
            append(text, "deletes", deletes);
            if (fault != Fault.NONE) {
                text.append(" fault=").append(fault.name().toLowerCase(Locale.ROOT));
            }
            return text.append(" seed=").append(seed).toString();
        }

        private static void append(StringBuilder text, String name, double share) {
            if (share > 0) {
                text.append(' ').append(name).append('=').append(share);
            }
        }
    }

    /** A version of the resource, or its absence. Knows its parent by name only, so that no chain is kept alive. */
    public static final class Written {
        /** The state without a representation. */
        public static final Written ABSENT = new Written(0, Version.ABSENT, Version.ABSENT, 0);

        private final long id;
        private final Version version;
        private final Version parent;
        private final int depth;
        private @Nullable EntityTag tag;

        private Written(long id, Version version, Version parent, int depth) {
            this.id = id;
            this.version = version;
            this.parent = parent;
            this.depth = depth;
        }

        /** Its number: that of the operation that wrote it + 1; 0 for {@link #ABSENT}. */
        public long id() {
            return id;
        }

        /** Its identity in a history. */
        public Version version() {
            return version;
        }

        /** What its validator stood for; absent also for what had no condition. */
        public Version parent() {
            return parent;
        }

        /** Distance from absence along parents. */
        public int depth() {
            return depth;
        }

        /** The entity tag the simulated server gives it. Not for {@link #ABSENT}. */
        public EntityTag tag() {
            EntityTag known = tag;
            if (known == null) {
                known = new EntityTag('"' + Long.toHexString(id) + '"');
                tag = known;
            }
            return known;
        }
    }

    /** One request, from its begin on; fate, end and what was seen are set when it ends. */
    public static final class Request {
        private final Client sender;
        private long id = -1;
        private int process;
        private Kind kind = Kind.READ;
        private long start;
        private long end = -1;
        private Written validator = Written.ABSENT;
        private Written version = Written.ABSENT;
        private Fate fate = Fate.APPLIED;
        private boolean ended;

        private Request(Client sender) {
            this.sender = sender;
        }

        /** Its number in order of start, 0 and up. */
        public long id() {
            return id;
        }

        /** Which of the simulated clients sends: 0 and up. A client has one request in flight. */
        public int client() {
            return sender.number;
        }

        /** Under which name it sends; a new one after an unknown outcome. */
        public int process() {
            return process;
        }

        public Kind kind() {
            return kind;
        }

        /** In simulated nanoseconds. */
        public long start() {
            return start;
        }

        /** In simulated nanoseconds; for {@link Fate#UNKNOWN} when the client gave up. */
        public long end() {
            return end;
        }

        /** What a conditional write needs. */
        public Written validator() {
            return validator;
        }

        /** What is written or, once it has ended, was read; for a delete its own identity. */
        public Written version() {
            return version;
        }

        public Fate fate() {
            return fate;
        }

        boolean ended() {
            return ended;
        }
    }

    /** Is told each begin and each end in order of time; at one instant begins come first. */
    public interface Listener {
        void begins(Request request);

        /**
         * A request was answered, or its client gave up waiting.
         *
         * @return whether to go on
         */
        boolean ends(Request request);
    }

    private static final class Client {
        private final int number;
        private int process;
        private Written held = Written.ABSENT;

        private Client(int number) {
            this.number = number;
            this.process = number;
        }
    }

    private static final int START = 0;
    private static final int EFFECT = 1;
    private static final int END = 2;

    private final Settings settings;
    private final Listener listener;
    private final SplittableRandom random;

    /** What is to come, a binary heap by (time, sort of event). */
    private long[] times = new long[256];

    private Request[] requests = new Request[256];
    private int count;

    private long started;
    private int processes;

    private Written current = Written.ABSENT;
    private Written previous = Written.ABSENT;
    private long currentAcknowledged;
    private long injected = -1;

    /** A simulation that has not begun. */
    public Generator(Settings settings, Listener listener) {
        this.settings = settings;
        this.listener = listener;
        this.random = new SplittableRandom(settings.seed());
    }

    /**
     * Simulates all of it, or until the listener has enough.
     *
     * @return the number of the request that the fault struck; -1 when it struck none
     */
    public long run() {
        for (int number = 0; number < settings.clients(); number++) {
            add(exponential(THINK_NS), START, new Request(new Client(number)));
        }
        processes = settings.clients();
        while (count > 0) {
            long now = times[0] >> 2;
            int event = (int) (times[0] & 3);
            Request request = remove();
            if (event == START) {
                start(request, now);
            } else if (event == EFFECT) {
                effect(request);
            } else if (!end(request, now)) {
                break;
            }
        }
        return injected;
    }

    private void start(Request request, long now) {
        if (started == settings.operations()) {
            return;
        }
        Client client = request.sender;
        request.id = started++;
        request.process = client.process;
        request.start = now;
        request.kind = kind(client);
        if (request.kind != Kind.READ) {
            boolean conditional = request.kind != Kind.PUT && request.kind != Kind.DELETE;
            boolean removes = request.kind == Kind.REMOVE || request.kind == Kind.DELETE;
            request.validator = conditional ? client.held : Written.ABSENT;
            request.version = new Written(
                    request.id + 1,
                    new Version(request.process, Math.toIntExact(request.id + 1)),
                    request.validator.version,
                    removes ? 0 : request.validator.depth + 1);
        }
        if (request.kind != Kind.READ && chance(settings.unknown())) {
            request.fate = Fate.UNKNOWN;
            if (chance(0.5)) {
                add(now + exponential(LEG_NS) + exponential(2 * LEG_NS), EFFECT, request);
            }
            request.end = now + exponential(3 * LEG_NS);
        } else {
            long effect = now + exponential(LEG_NS);
            add(effect, EFFECT, request);
            request.end = effect + exponential(LEG_NS);
        }
        add(request.end, END, request);
        listener.begins(request);
    }

    private Kind kind(Client client) {
        if (chance(0.5)) {
            return Kind.READ;
        }
        double unconditional = settings.puts() + settings.deletes();
        if (unconditional > 0) {
            double draw = random.nextDouble();
            if (draw < unconditional) {
                return draw < settings.puts() ? Kind.PUT : Kind.DELETE;
            }
        }
        if (client.held == Written.ABSENT) {
            return Kind.CREATE;
        }
        return chance(settings.removes()) ? Kind.REMOVE : Kind.REPLACE;
    }

    /** The instant at which the server does it. */
    private void effect(Request request) {
        if (request.kind == Kind.READ) {
            request.version = current;
            if (strikes(Fault.STALE, request) && currentAcknowledged < request.start && previous != Written.ABSENT) {
                request.version = previous;
                injected = request.id;
            }
            return;
        }
        boolean meets = request.kind == Kind.PUT || request.kind == Kind.DELETE || request.validator == current;
        if (!meets && request.fate != Fate.UNKNOWN) {
            if (strikes(Fault.LOST, request)) {
                injected = request.id;
                return;
            }
            if (strikes(Fault.OVERWRITE, request)) {
                injected = request.id;
                meets = true;
            }
        }
        if (meets) {
            previous = current;
            current = request.kind == Kind.REMOVE || request.kind == Kind.DELETE ? Written.ABSENT : request.version;
            currentAcknowledged = request.fate == Fate.UNKNOWN ? Long.MAX_VALUE : request.end;
        } else if (request.fate != Fate.UNKNOWN) {
            request.fate = Fate.REFUSED;
        }
    }

    private boolean strikes(Fault fault, Request request) {
        return settings.fault() == fault && injected < 0 && request.id >= settings.operations() / 2;
    }

    private boolean end(Request request, long now) {
        request.ended = true;
        Client client = request.sender;
        // At least a nanosecond apart: what one client does is in sequence, and a tie would be overlap.
        long next = now + 1;
        if (request.fate == Fate.UNKNOWN) {
            client.process = processes++;
        } else {
            if (request.fate == Fate.APPLIED) {
                boolean removes = request.kind == Kind.REMOVE || request.kind == Kind.DELETE;
                client.held = removes ? Written.ABSENT : request.version;
            }
            next += exponential(THINK_NS);
        }
        add(next, START, new Request(client));
        return listener.ends(request);
    }

    private boolean chance(double share) {
        return share > 0 && random.nextDouble() < share;
    }

    /** StrictMath, so that every machine draws the same. */
    private long exponential(double mean) {
        return (long) (-mean * StrictMath.log(1 - random.nextDouble()));
    }

    private void add(long time, int event, Request request) {
        if (count == times.length) {
            times = Arrays.copyOf(times, 2 * count);
            requests = Arrays.copyOf(requests, 2 * count);
        }
        long key = time << 2 | event;
        int at = count++;
        while (at > 0 && times[(at - 1) >> 1] > key) {
            times[at] = times[(at - 1) >> 1];
            requests[at] = requests[(at - 1) >> 1];
            at = (at - 1) >> 1;
        }
        times[at] = key;
        requests[at] = request;
    }

    private Request remove() {
        Request first = requests[0];
        long key = times[--count];
        Request last = requests[count];
        int at = 0;
        while (true) {
            int child = 2 * at + 1;
            if (child >= count) {
                break;
            }
            if (child + 1 < count && times[child + 1] < times[child]) {
                child++;
            }
            if (times[child] >= key) {
                break;
            }
            times[at] = times[child];
            requests[at] = requests[child];
            at = child;
        }
        times[at] = key;
        requests[at] = last;
        return first;
    }
}
