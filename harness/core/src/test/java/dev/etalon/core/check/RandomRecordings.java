package dev.etalon.core.check;

import dev.etalon.core.model.Completion;
import dev.etalon.core.model.EntityTag;
import dev.etalon.core.model.History;
import dev.etalon.core.model.Invocation;
import dev.etalon.core.model.Method;
import dev.etalon.core.model.Observation;
import dev.etalon.core.model.Operation;
import dev.etalon.core.model.Outcome;
import dev.etalon.core.model.Precondition;
import dev.etalon.core.model.Version;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;

/**
 * Lives out random small histories of a faithful server that is asked for everything a history can hold, tells lies about
 * them, and records them well or badly.
 *
 * <p>{@link RandomHistories} knows requests as the register knows them. Here they are as a server gets them: every
 * method, every condition with strong tags, weak ones and such as were never given, answers with and without a tag,
 * statuses that differ between servers. On top of that {@link Dimension} names what else can be odd about a recording.
 *
 * <p>Times are rounded down to a coarse clock. Every write has a version of its own, and every validator was shown by an
 * answer before it is sent, unless lies break that. A seed always makes the same recording. Not thread-safe.
 */
final class RandomRecordings {
    /** What is odd about a recording, beyond the requests. */
    enum Dimension {
        /** Nothing: one clock, a tag for each version, nothing missing. */
        PLAIN,
        /** Validators are sent in the very tick of the clock in which they were shown. */
        TIES,
        /** Lies may take the provenance of a validator away, make two requests write one version or reverse an interval. */
        UNPROVEN,
        /** The server gives one tag to several versions, several to one, or weak ones; or an answer bears another's tag. */
        TAGS,
        /** All requests, or the first ones, are the guard's: one after the other. */
        GUARD,
        /** Several hosts, whose clocks are as far apart as they may be; half of the time with barriers between rounds. */
        HOSTS,
        /** Several hosts, whose clocks are further apart than they may be. */
        SKEWED,
        /** Lines are lost: answers, or requests with their answers. */
        DAMAGED,
        /** Another program recorded it, which may not have seen the beginning or all clients. */
        FOREIGN
    }

    /** How a server gives tags. */
    enum Tagging {
        /** One for each version. */
        OWN,
        /** The same for every third version. */
        COLLIDING,
        /** Now and then a new one for the same version. */
        UNSTABLE,
        /** Weak ones, each for two versions. */
        WEAK
    }

    private static final int KEY = 1;
    private static final int FINE = 64;
    private static final int NONE = 0;
    private static final int FOREIGN = -1;
    private static final int NOT_SHOWN = -1;
    private static final int VERSIONS = 32;
    private static final String INTENTS = "RWCDUX";
    private static final EntityTag NEVER_GIVEN = new EntityTag("\"never\"");
    private static final Observation TORN = new Observation.Torn(Observation.Flaw.PAYLOAD_HASH);
    private static final Observation OTHER_KEY = new Observation.Torn(Observation.Flaw.OTHER_KEY);
    private static final History.Origin FOREIGN_ORIGIN =
            new History.Origin(0, "key-", "foreign", "paper", "desk", "2026-01-01T00:00:00Z", 0);

    private static final Version[] VERSION = new Version[VERSIONS];
    private static final EntityTag[] STRONG = new EntityTag[VERSIONS];
    private static final EntityTag[] WEAK = new EntityTag[VERSIONS];

    static {
        for (int number = 0; number < VERSIONS; number++) {
            VERSION[number] = new Version(1 + number % 3, number);
            STRONG[number] = new EntityTag("\"" + number + "\"");
            WEAK[number] = new EntityTag("W/\"" + number + "\"");
        }
    }

    /** A request and its answer while lies may still be told about them. Versions are the ids of their writes. */
    private static final class Line implements Cloneable {
        private int id;
        private int client;
        private int host;
        private int round;
        private Method method = Method.GET;
        private Precondition.Kind kind = Precondition.Kind.NONE;
        private @Nullable EntityTag sent;
        /** The version that the condition names. */
        private int named;
        /** The version that it writes; 0 for a read. */
        private int writes;

        private long start;
        private long end;
        /** {@code o} applied, {@code f} refused, {@code ?} unknown. */
        private char outcome;

        private int status;
        private int shown = NOT_SHOWN;
        private @Nullable EntityTag tag;
        private @Nullable Observation odd;
        private long due;

        boolean unknown() {
            return outcome == '?';
        }

        boolean write() {
            return method != Method.GET;
        }

        boolean puts() {
            return method.replaces();
        }

        Line copy() {
            try {
                return (Line) clone();
            } catch (CloneNotSupportedException e) {
                throw new AssertionError(e);
            }
        }
    }

    /** A tag that some answer gave. */
    private record Given(int version, EntityTag tag, long at) {}

    private final Dimension dimension;
    private final int[] weights;
    private SplittableRandom random = new SplittableRandom(0);
    private final List<Line> lines = new ArrayList<>();
    private final List<Line> late = new ArrayList<>();
    private final List<Given> given = new ArrayList<>();
    private Tagging tagging = Tagging.OWN;
    private int hosts;
    private long grain;
    private int current;
    private @Nullable EntityTag currentTag;
    private int tags;
    private int round;
    private int process;
    private int unknownPercent;
    private int oddPercent;
    private boolean lied;
    private boolean tagLies;

    RandomRecordings(Profile profile, Dimension dimension) {
        this.dimension = dimension;
        this.weights = switch (profile) {
            case STRICT -> new int[] {40, 48, 12, 0, 0, 0};
            case LIFECYCLE -> new int[] {28, 30, 20, 22, 0, 0};
            case MIXED -> new int[] {30, 28, 10, 10, 22, 0};
            case LOOSE -> new int[] {28, 20, 15, 8, 14, 15};
        };
    }

    /** How the server of the last history gives tags. */
    Tagging tagging() {
        return tagging;
    }

    /** Whether any lie was told but about tags. */
    boolean lied() {
        return lied;
    }

    /** Whether lies were told about tags. */
    boolean tagLies() {
        return tagLies;
    }

    private int between(int least, int most) {
        return least + random.nextInt(most - least + 1);
    }

    private boolean chance(int percent) {
        return random.nextInt(100) < percent;
    }

    /** A history of the faithful server. */
    RandomRecordings live(long seed) {
        random = new SplittableRandom(seed);
        lines.clear();
        late.clear();
        given.clear();
        current = NONE;
        currentTag = null;
        tags = 0;
        round = 0;
        lied = false;
        tagLies = false;
        tagging = dimension == Dimension.TAGS && chance(60) ? Tagging.values()[between(1, 3)] : Tagging.OWN;
        unknownPercent = random.nextBoolean() ? 0 : random.nextInt(21);
        oddPercent = random.nextInt(3) * 30;
        grain = (FINE / 8L) << random.nextInt(4);
        boolean several = dimension == Dimension.HOSTS || dimension == Dimension.SKEWED;
        hosts = several ? between(2, 3) : 1;
        run();
        for (Line line : lines) {
            line.start /= grain;
            line.end = line.unknown() ? line.end : line.end / grain;
        }
        lines.sort(Comparator.comparingLong(line -> line.start));
        return this;
    }

    private void run() {
        int operations = between(4, 10);
        int guard = dimension != Dimension.GUARD ? 0 : random.nextBoolean() ? operations : between(1, operations);
        boolean rounds = hosts > 1 && random.nextBoolean();
        int clients = between(2, 5);
        process = clients;
        long[] next = new long[clients];
        Line[] inFlight = new Line[clients];
        boolean[] effective = new boolean[clients];
        int[] client = new int[clients];
        for (int c = 0; c < clients; c++) {
            next[c] = random.nextInt(2 * FINE);
            client[c] = c + 1;
        }
        int flying = 0;
        int inRound = 0;
        while (lines.size() < operations || flying > 0) {
            int c = 0;
            for (int other = 1; other < clients; other++) {
                c = next[other] < next[c] ? other : c;
            }
            long now = next[c];
            lateEffects(now);
            Line line = inFlight[c];
            if (line != null) {
                if (effective[c]) {
                    end(line, now);
                    inFlight[c] = null;
                    flying--;
                } else {
                    takeEffect(line);
                    effective[c] = true;
                }
                next[c] = now + random.nextInt(2 * FINE);
                continue;
            }
            boolean guarding = lines.size() < guard;
            boolean waits = lines.size() >= operations
                    || (guarding && flying > 0)
                    || (guard > 0 && lines.size() == guard && flying > 0)
                    || (rounds && inRound == 4 && flying > 0);
            if (waits) {
                next[c] = now + FINE;
                continue;
            }
            if (rounds && inRound == 4) {
                round++;
                inRound = 0;
            }
            inRound++;
            line = begin(client[c], now);
            line.round = guarding ? -1 : round;
            if (line.unknown()) {
                client[c] = ++process;
                next[c] = now + random.nextInt(3 * FINE);
            } else {
                inFlight[c] = line;
                effective[c] = false;
                flying++;
                next[c] = now + random.nextInt(2 * FINE);
            }
        }
    }

    private Line begin(int client, long now) {
        int dice = random.nextInt(100);
        int intent = 0;
        while (dice >= weights[intent]) {
            dice -= weights[intent++];
        }
        Line line = new Line();
        line.id = lines.size() + 1;
        line.client = client;
        line.host = client % hosts;
        line.start = now;
        ask(line, INTENTS.charAt(intent), held(now));
        line.writes = line.write() ? line.id : NONE;
        lines.add(line);
        if (chance(unknownPercent)) {
            line.outcome = '?';
            line.status = random.nextInt(3) == 0 ? random.nextBoolean() ? 409 : 500 : 0;
            line.end = line.status == 0 && random.nextBoolean() ? -1 : 3;
            if (line.write() && random.nextBoolean()) {
                line.due = now + random.nextInt(random.nextBoolean() ? 2 * FINE : 12 * FINE);
                late.add(line);
            }
        }
        return line;
    }

    /** How many of the tags that were given a request may be sent with. */
    private int held(long now) {
        int held = given.size();
        while (dimension != Dimension.TIES && held > 0 && given.get(held - 1).at / grain == now / grain) {
            held--;
        }
        return held;
    }

    private void ask(Line line, char intent, int held) {
        boolean odd = chance(oddPercent);
        switch (intent) {
            case 'R' -> {
                line.method = Method.GET;
                int dice = odd ? random.nextInt(6) : 6;
                condition(
                        line,
                        dice < 3
                                ? Precondition.Kind.IF_NONE_MATCH
                                : dice < 5
                                        ? Precondition.Kind.IF_MATCH
                                        : dice == 5 ? Precondition.Kind.IF_NONE_MATCH_ANY : Precondition.Kind.NONE,
                        held);
            }
            case 'W', 'C' -> {
                int dice = odd ? random.nextInt(6) : 6;
                line.method = dice == 0 ? Method.COPY : dice == 1 ? Method.COMPLETE : Method.PUT;
                condition(
                        line,
                        intent == 'W' && held > 0 ? Precondition.Kind.IF_MATCH : Precondition.Kind.IF_NONE_MATCH_ANY,
                        held);
            }
            case 'U' -> {
                line.method = Method.PUT;
                condition(line, odd ? Precondition.Kind.IF_NONE_MATCH : Precondition.Kind.NONE, held);
            }
            default -> {
                line.method = odd && random.nextBoolean() ? Method.DELETE_OBJECTS : Method.DELETE;
                boolean any = (intent == 'D' && held == 0) || (odd && random.nextInt(4) == 0);
                Precondition.Kind other = odd ? Precondition.Kind.IF_NONE_MATCH : Precondition.Kind.NONE;
                condition(
                        line,
                        any ? Precondition.Kind.IF_NONE_MATCH_ANY : intent == 'D' ? Precondition.Kind.IF_MATCH : other,
                        held);
            }
        }
    }

    private void condition(Line line, Precondition.Kind kind, int held) {
        line.kind = kind;
        if (kind == Precondition.Kind.NONE || kind == Precondition.Kind.IF_NONE_MATCH_ANY) {
            return;
        }
        boolean odd = chance(oddPercent / 2);
        if (held == 0 || (odd && random.nextBoolean())) {
            line.named = FOREIGN;
            line.sent = NEVER_GIVEN;
            return;
        }
        Given shown = given.get(random.nextInt(5) < 3 ? held - 1 : random.nextInt(held));
        line.named = shown.version;
        line.sent = odd ? weak(shown.tag) : shown.tag;
    }

    private static EntityTag weak(EntityTag tag) {
        return tag.weak() ? tag : new EntityTag("W/" + tag.value());
    }

    private void lateEffects(long now) {
        while (!late.isEmpty()) {
            Line first = Collections.min(late, Comparator.comparingLong(line -> line.due));
            if (first.due > now) {
                return;
            }
            late.remove(first);
            if (holds(first)) {
                apply(first);
            }
        }
    }

    private boolean holds(Line line) {
        EntityTag there = current == NONE ? null : currentTag;
        EntityTag sent = line.sent;
        return switch (line.kind) {
            case NONE -> true;
            case IF_NONE_MATCH_ANY -> there == null;
            case IF_MATCH -> there != null && sent != null && !sent.weak() && sent.equals(there);
            case IF_NONE_MATCH -> there == null || sent == null || !sent.matches(there);
        };
    }

    private void apply(Line line) {
        current = line.method.removes() ? NONE : line.id;
        currentTag = line.method.removes() ? null : newTag(line.id);
    }

    private EntityTag newTag(int version) {
        return switch (tagging) {
            case OWN -> STRONG[version];
            case COLLIDING -> STRONG[version % 3];
            case UNSTABLE -> new EntityTag("\"" + version + "." + tags++ + "\"");
            case WEAK -> WEAK[version / 2];
        };
    }

    /** What an answer bears; not every server gives a tag each time. */
    private @Nullable EntityTag told() {
        if (tagging == Tagging.UNSTABLE && chance(20)) {
            currentTag = newTag(current);
        }
        return tagging == Tagging.OWN && chance(20) ? null : currentTag;
    }

    private void takeEffect(Line line) {
        boolean holds = holds(line);
        if (current == NONE && !line.puts()) {
            missing(line);
        } else if (!holds) {
            boolean notModified = !line.write() && line.kind != Precondition.Kind.IF_MATCH;
            boolean notFound = current == NONE && line.kind == Precondition.Kind.IF_MATCH && random.nextBoolean();
            answer(line, 'f', notModified ? 304 : notFound ? 404 : 412);
            line.tag = notModified && random.nextBoolean() ? currentTag : null;
        } else if (line.write()) {
            apply(line);
            answer(line, 'o', line.puts() && random.nextBoolean() ? 200 : 204);
            line.tag = line.puts() ? told() : null;
        } else {
            answer(line, 'o', 200);
            boolean blind = chance(oddPercent / 6);
            line.shown = blind ? NOT_SHOWN : current;
            line.tag = blind ? null : told();
        }
    }

    /** A read or a delete meets nothing. */
    private void missing(Line line) {
        boolean match = line.kind == Precondition.Kind.IF_MATCH;
        int dice = random.nextInt(3);
        if (match && dice == 0) {
            answer(line, 'f', 412);
        } else if (line.write() && dice == 1) {
            answer(line, 'o', 204);
        } else {
            // What a dialect calls it depends on the condition, and other programs have their own.
            boolean refused = line.write() && line.kind != Precondition.Kind.NONE && chance(80);
            answer(line, refused ? 'f' : 'o', 404);
            line.shown = NONE;
        }
    }

    private static void answer(Line line, char outcome, int status) {
        line.outcome = outcome;
        line.status = status;
        line.shown = NOT_SHOWN;
        line.tag = null;
    }

    private void end(Line line, long now) {
        line.end = now;
        boolean shows = line.outcome == 'o' && (line.puts() || line.shown > NONE);
        int version = line.puts() ? line.id : line.shown;
        if (shows) {
            EntityTag tag = line.tag != null ? line.tag : tagging == Tagging.OWN ? STRONG[version] : null;
            if (tag != null) {
                given.add(new Given(version, tag, now));
            }
        }
    }

    /**
     * Tells up to three lies. Those that take the provenance of a validator away are taken back, but of {@link
     * Dimension#UNPROVEN}.
     */
    RandomRecordings lie() {
        boolean onTags = dimension == Dimension.TAGS && tagging == Tagging.OWN;
        if (onTags) {
            for (int lies = between(1, 2); lies > 0; lies--) {
                lieOfTags();
            }
        }
        for (int lies = random.nextInt(4); lies > 0; lies--) {
            int at = random.nextInt(lines.size());
            int other = random.nextInt(lines.size());
            Line a = lines.get(at);
            Line b = lines.get(other);
            Line oldA = a.copy();
            Line oldB = b.copy();
            lie(a, b);
            if (dimension != Dimension.UNPROVEN && !proven()) {
                lines.set(at, oldA);
                lines.set(other, oldB);
            } else {
                lied = true;
            }
        }
        lines.sort(Comparator.comparingLong(line -> line.start));
        return this;
    }

    private void lieOfTags() {
        Line a = lines.get(random.nextInt(lines.size()));
        Line b = lines.get(random.nextInt(lines.size()));
        if (a.outcome != 'o' && a.status != 304) {
            return;
        }
        tagLies = true;
        a.tag = switch (random.nextInt(5)) {
            case 0, 1 -> b.tag != null ? b.tag : STRONG[b.id];
            case 2 -> new EntityTag("\"" + a.id + ".other\"");
            case 3 -> a.tag == null ? null : weak(a.tag);
            default -> NEVER_GIVEN;
        };
    }

    private void lie(Line a, Line b) {
        int by = 1 + random.nextInt(4);
        switch (random.nextInt(10)) {
            case 0, 1 -> {
                if (!a.write() && !a.unknown()) {
                    shows(a, b.method.removes() ? (random.nextInt(8) == 0 ? b.id : NONE) : b.puts() ? b.id : b.shown);
                } else {
                    flip(a);
                }
            }
            case 2 -> flip(a);
            case 3 -> {
                answer(a, '?', 0);
                a.odd = null;
                a.end = -1;
            }
            case 4 -> {
                if (!a.unknown()) {
                    boolean late = random.nextBoolean();
                    a.start = late ? Math.min(a.end, a.start + by) : a.start;
                    a.end = late ? a.end : Math.max(a.start, a.end - by);
                }
            }
            case 5 -> {
                long shift = random.nextBoolean() ? by : -Math.min(by, a.start);
                a.start += shift;
                a.end += a.unknown() ? 0 : shift;
            }
            case 6 -> {
                if (!a.unknown() && !b.unknown()) {
                    long start = a.start;
                    long end = a.end;
                    a.start = b.start;
                    a.end = b.end;
                    b.start = start;
                    b.end = end;
                }
            }
            case 7 -> {
                if (!a.write() && !b.write() && a.outcome == 'o' && b.outcome == 'o') {
                    int shown = a.shown;
                    shows(a, b.shown);
                    shows(b, shown);
                } else if (a.named > 0 && b.named > 0) {
                    int named = a.named;
                    EntityTag sent = a.sent;
                    a.named = b.named;
                    a.sent = b.sent;
                    b.named = named;
                    b.sent = sent;
                }
            }
            case 8 -> {
                if (a.outcome == 'f' && a.shown == NOT_SHOWN) {
                    int[] statuses = {304, 404, 412};
                    a.status = statuses[random.nextInt(statuses.length)];
                } else if (a.named > 0) {
                    a.named = random.nextBoolean() ? FOREIGN : a.named;
                    a.sent = a.named == FOREIGN ? NEVER_GIVEN : weak(STRONG[a.named]);
                }
            }
            default -> rare(a, b);
        }
    }

    private void rare(Line a, Line b) {
        int dice = random.nextInt(12);
        if (dice < 2 && a.shown > NONE && a.odd == null) {
            a.odd = dice == 0 ? TORN : OTHER_KEY;
        } else if (dice == 2 && a.shown > NONE) {
            a.odd = new Observation.Seen(VERSION[a.shown], VERSION[b.id], 2);
        } else if (dice == 3 && a.outcome == 'o' && !a.write()) {
            shows(a, VERSIONS - 1);
        } else if (dimension == Dimension.UNPROVEN && dice < 6 && a.write() && b.write()) {
            a.writes = b.writes;
        } else if (dimension == Dimension.UNPROVEN && dice < 8 && !a.unknown()) {
            a.end = a.start - 1;
        } else if (dimension == Dimension.UNPROVEN && dice == 8 && a.kind == Precondition.Kind.IF_MATCH) {
            a.named = NONE;
        }
    }

    private void shows(Line read, int version) {
        answer(read, 'o', version == NONE ? 404 : 200);
        read.odd = null;
        read.shown = version;
        read.tag = version <= NONE || chance(20) || tagging != Tagging.OWN ? null : STRONG[version];
    }

    private void flip(Line line) {
        if (line.unknown()) {
            return;
        }
        line.odd = null;
        boolean applied = line.outcome == 'o';
        if (line.write()) {
            answer(line, applied ? 'f' : 'o', applied ? 412 : line.puts() ? 200 : 204);
        } else if (applied) {
            answer(line, 'f', line.kind == Precondition.Kind.IF_MATCH || random.nextInt(8) == 0 ? 412 : 304);
        } else {
            shows(line, line.named > NONE ? line.named : 1 + random.nextInt(lines.size()));
        }
    }

    /** P3, and that every version named is written by a request that began before. */
    private boolean proven() {
        for (Line line : lines) {
            if (line.kind == Precondition.Kind.IF_MATCH && line.named > 0 && !shownBefore(line)) {
                return false;
            }
        }
        return true;
    }

    private boolean shownBefore(Line line) {
        for (Line write : lines) {
            boolean later = dimension == Dimension.TIES ? write.start > line.start : write.start >= line.start;
            if (write.id == line.named && (later || !write.puts() || write == line)) {
                return false;
            }
        }
        for (Line by : lines) {
            boolean itself = by.outcome == 'o' && (by.puts() ? by.id : by.odd == null ? by.shown : NONE) == line.named;
            if (by != line
                    && itself
                    && (by.end < line.start || (dimension == Dimension.TIES && by.end == line.start))) {
                return true;
            }
        }
        return false;
    }

    /** All of it as it truly was, lies included, in order of start. */
    List<Operation> operations() {
        List<Operation> operations = new ArrayList<>(lines.size());
        for (Line line : lines) {
            operations.add(operation(line, 0));
        }
        return operations;
    }

    /** What was recorded of it. */
    History recording() {
        History.Origin origin = dimension == Dimension.FOREIGN ? FOREIGN_ORIGIN : Story.ORIGIN;
        if (hosts > 1) {
            return onSeveralClocks();
        }
        List<Operation> operations = operations();
        List<String> damage = List.of();
        if (dimension == Dimension.DAMAGED) {
            operations = damaged(operations);
            damage = List.of("lines are missing");
        } else if (dimension == Dimension.FOREIGN && chance(70)) {
            operations = overheard(operations);
        }
        return new History(origin, operations, damage);
    }

    private History onSeveralClocks() {
        int bound = random.nextInt(6);
        int within = dimension == Dimension.SKEWED ? 3 * bound + 3 : bound;
        long[] offsets = new long[hosts];
        for (int host = 0; host < hosts; host++) {
            offsets[host] = between(0, within) - random.nextInt(3);
        }
        long least = Arrays.stream(offsets).min().orElse(0);
        List<Operation> operations = new ArrayList<>(lines.size());
        for (Line line : lines) {
            long offset = Math.min(offsets[line.host], least + within);
            operations.add(operation(line, offset));
        }
        operations.sort(Comparator.comparingLong(Operation::startNs));
        boolean barriers = barred();
        return new History(
                Story.ORIGIN,
                operations,
                List.of(),
                new History.Clocks(Collections.nCopies(hosts, "host"), bound, barriers));
    }

    /** Whether every round began after the earlier ones had ended, so that barriers may be said to lie between. */
    private boolean barred() {
        for (Line line : lines) {
            for (Line other : lines) {
                if (line.round < other.round && (line.unknown() ? line.start : line.end) >= other.start) {
                    return false;
                }
            }
        }
        return true;
    }

    private List<Operation> damaged(List<Operation> operations) {
        List<Operation> left = new ArrayList<>();
        int percent = between(5, 40);
        for (Operation op : operations) {
            if (!chance(percent)) {
                left.add(op);
            } else if (random.nextBoolean()) {
                left.add(new Operation(op.invocation(), null));
            }
        }
        return left;
    }

    /** Without the beginning, or without some of the clients. */
    private List<Operation> overheard(List<Operation> operations) {
        int client = between(1, process);
        int begin = between(0, operations.size() - 1);
        boolean tail = random.nextBoolean();
        List<Operation> left = new ArrayList<>();
        for (int i = 0; i < operations.size(); i++) {
            if (tail ? i >= begin : operations.get(i).invocation().actor() != client) {
                left.add(operations.get(i));
            }
        }
        return left;
    }

    private Operation operation(Line line, long offset) {
        Precondition precondition = switch (line.kind) {
            case NONE -> Precondition.NONE;
            case IF_NONE_MATCH_ANY -> Precondition.CREATE;
            default -> new Precondition(line.kind, line.sent, version(line.named));
        };
        Invocation invocation = new Invocation(
                line.id,
                line.client,
                line.round,
                KEY,
                0,
                line.method,
                precondition,
                line.write() ? VERSION[line.writes] : null,
                line.puts() ? 1 : 0,
                line.host,
                line.start + offset);
        if (line.unknown() && line.end < 0) {
            return new Operation(invocation, null);
        }
        Outcome outcome = line.outcome == 'o'
                ? Outcome.APPLIED
                : line.outcome == 'f'
                        ? Outcome.REFUSED
                        : Outcome.unknown(line.status == 0 ? Outcome.Cause.TIMEOUT : Outcome.Cause.STATUS);
        Observation observation = line.odd != null
                ? line.odd
                : line.shown == NOT_SHOWN
                        ? Observation.NOTHING
                        : line.shown == NONE
                                ? Observation.ABSENT
                                : new Observation.Seen(VERSION[line.shown], Version.ABSENT, 1);
        long end = line.unknown() ? line.start + line.end : line.end;
        return new Operation(
                invocation, new Completion(line.id, line.status, outcome, line.tag, observation, 0, end + offset));
    }

    private static Version version(int named) {
        return named == FOREIGN ? Version.FOREIGN : named == NONE ? Version.ABSENT : VERSION[named];
    }
}
