package dev.etalon.core.run;

import dev.etalon.core.model.EntityTag;
import dev.etalon.core.model.Method;
import dev.etalon.core.model.Observation;
import dev.etalon.core.model.Operation;
import dev.etalon.core.model.Precondition;
import dev.etalon.core.plan.Alignment;
import dev.etalon.core.plan.RoundPlan;
import dev.etalon.core.plan.Workload;
import java.io.IOException;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/** Runs synchronised rounds: set up a fresh key, arm the racers, let them collide, read the result. */
final class RoundRunner {
    /** Rounds in a row that could not be set up, or in which no racer was told anything, before the run ends. */
    private static final int FAILED_MAX = 5;

    /** After so many it is looked whether the server is still there. */
    private static final int SUSPICIOUS = 2;

    /** Rounds whose racers missed each other do not count; each may be repeated on a new key this often in all. */
    private static final int ATTEMPTS_MAX = 60;

    /** Rounds whose keys grow older together, where they must. */
    private static final int AGEING_TOGETHER = 32;

    /** The most rounds of one stride: their requests are all ready before it starts. */
    private static final int STRIDE_MAX = 64;

    /** How often the result of a round is read when it does not show a winner, and how long to wait in between. */
    private static final int LOOKS_MAX = 3;

    private static final long LOOK_AGAIN_NS = TimeUnit.MILLISECONDS.toNanos(50);

    /** How rounds are read once more, in turn: by GET and HEAD under If-None-Match, by a range without. */
    private static final List<Method> OTHER_WAYS = List.of(Method.GET, Method.GET_RANGE, Method.HEAD, Method.GET_RANGE);

    /** After so many rounds each of them is looked at once more, for what goes wrong after everybody has gone. */
    private static final int LOOK_BACK_ROUNDS = 50;

    private final List<Actor> actors;
    private final ExecutorService threads;
    private final Stop stop;
    private final Progress progress;
    private final Map<Alignment, Aligner> aligners = new EnumMap<>(Alignment.class);
    private final List<Result> results = new ArrayList<>();
    private int failedInARow;

    /** Whether tags of this server can only be raced with when they are some time old. */
    private boolean ageing;

    /** By key: what was laid together with others. */
    private final Map<Integer, Laid> laid = new HashMap<>();

    /** A key's starting state: its first version, if that could be laid, and the write of its second if there is one. */
    private record Laid(
            Actor.@Nullable Held first, @Nullable Operation second) {}

    /** The status that a round could last not be set up or raced for; 0 where there was none. */
    private int refusedWith;

    /** How a round ended: the last read of its key. */
    private record Result(int round, int key, Operation read) {}

    /** Actor 0 sets up and verifies; racer {@code i} is actor {@code i + 1}. */
    RoundRunner(List<Actor> actors, ExecutorService threads, Stop stop, Progress progress) {
        this.actors = actors;
        this.threads = threads;
        this.stop = stop;
        this.progress = progress;
    }

    /** Runs the rounds until they are done or a stop is asked for, and asks for one when the server is gone. */
    void run(Workload.Rounds workload) throws IOException, InterruptedException {
        List<RoundPlan> rounds = workload.rounds();
        for (int from = 0; from < rounds.size() && !stop.requested(); ) {
            int to = from + together(rounds, from);
            List<RoundPlan> left = rounds.subList(from, to);
            if (ageing
                    && !rounds.get(from).creates()
                    && !laid.containsKey(rounds.get(from).key())) {
                layTogether(rounds.subList(from, Math.min(rounds.size(), Math.max(to, from + AGEING_TOGETHER))));
            }
            for (int attempt = 0; attempt < ATTEMPTS_MAX && !left.isEmpty() && !stop.requested(); attempt++) {
                left = attempt(left, attempt * rounds.size(), rounds.size());
                actors.get(0).abortUploads();
            }
            progress.add(to - from);
            from = to;
            if (results.size() >= LOOK_BACK_ROUNDS || from == rounds.size()) {
                lookBack();
            }
        }
    }

    /** Brings the keys of several rounds into their starting state at once, so that they grow older together. */
    private void layTogether(List<RoundPlan> rounds) throws IOException {
        laid.clear();
        List<RoundPlan> replacing =
                rounds.stream().filter(round -> !round.creates()).toList();
        Map<RoundPlan, Operation> writes = new HashMap<>();
        for (RoundPlan round : replacing) {
            writes.put(round, layFirst(round, round.key()));
        }
        TagAge.rest(stop);
        boolean stale = false;
        for (RoundPlan round : replacing) {
            boolean applied = writes.get(round).applied();
            Actor.Held first =
                    applied ? held(TagAge.readStrong(actors.get(0), round.index(), round.key(), stop)) : null;
            boolean again = first != null && round.needsStale();
            laid.put(round.key(), new Laid(first, again ? layOver(round, round.key(), first) : null));
            stale |= again;
        }
        if (stale) {
            TagAge.rest(stop);
        }
    }

    /** Reads the results of past rounds once more, and twice where they are not what they were. */
    private void lookBack() throws IOException {
        for (Result result : results) {
            Operation again = actors.get(0).read(result.round, result.key);
            if (!again.observation().equals(result.read.observation())) {
                // Whether it stays like that tells a stale answer from a change that nobody made.
                LockSupport.parkNanos(LOOK_AGAIN_NS);
                actors.get(0).read(result.round, result.key);
            }
        }
        results.clear();
    }

    /** How many rounds from this one on go together: those of a stride, else one. */
    private static int together(List<RoundPlan> rounds, int from) {
        RoundPlan first = rounds.get(from);
        int count = 1;
        while (first.alignment() == Alignment.STRIDE
                && count < STRIDE_MAX
                && from + count < rounds.size()
                && rounds.get(from + count).alignment() == Alignment.STRIDE
                && rounds.get(from + count).racers().size() == first.racers().size()) {
            count++;
        }
        return count;
    }

    /** Volleys with their setting up and their verifying reads; returns the rounds that were not raced as planned. */
    private List<RoundPlan> attempt(List<RoundPlan> rounds, int keyOffset, int planned)
            throws IOException, InterruptedException {
        List<Volley> volleys = new ArrayList<>();
        List<RoundPlan> missed = new ArrayList<>();
        for (RoundPlan round : rounds) {
            if (stop.requested()) {
                return rounds;
            }
            Optional<List<Actor.Armed>> armed = setUp(round, round.key() + keyOffset);
            if (armed.isPresent()) {
                volleys.add(new Volley(round, actors, armed.get(), threads));
            } else {
                missed.add(round);
                count(round, planned, false);
            }
        }
        if (volleys.isEmpty()) {
            return missed;
        }
        RoundPlan first = volleys.get(0).round();
        if (first.fresh()) {
            actors.get(0).reconnect();
        }
        try {
            aligners.computeIfAbsent(first.alignment(), Aligner::of).race(volleys);
        } finally {
            volleys.forEach(Volley::openAll);
        }
        for (Volley volley : volleys) {
            List<Operation> racers = volley.collect(stop);
            if (racers.isEmpty()) {
                // A stride whose racers lost their connection in an earlier round: nothing was asked of the server.
                missed.add(volley.round());
                continue;
            }
            verify(volley.round(), volley.round().key() + keyOffset, racers);
            if (!volley.round().raced(racers)) {
                missed.add(volley.round());
            }
            racers.stream().filter(Operation::unknown).findFirst().ifPresent(op -> refusedWith = op.status());
            count(volley.round(), planned, racers.stream().anyMatch(op -> !op.unknown()));
        }
        return missed;
    }

    /** Counts attempts in a row that told nobody anything. */
    private void count(RoundPlan round, int planned, boolean answered) {
        failedInARow = answered ? 0 : failedInARow + 1;
        if (failedInARow == SUSPICIOUS) {
            stop.suspect();
        }
        if (failedInARow == FAILED_MAX) {
            stop.request("the server no longer gives usable answers (round " + round.index() + " of " + planned + ")"
                    + advice());
        }
    }

    /** A server that answers is not broken for saying no: it may have given all that it means to give one client. */
    private String advice() {
        return refusedWith == 0
                ? "; start it again and repeat the run"
                : ": it answers with " + refusedWith
                        + ", which may be a limit that this run has met; raise the limit, or"
                        + " repeat the run with fewer rounds (etalon.rounds)";
    }

    /** Reads the result; looks again when no winner shows, to tell a stale answer from a lost write. */
    private void verify(RoundPlan round, int key, List<Operation> racers) throws IOException {
        boolean won = racers.stream().anyMatch(op -> op.write() && op.applied());
        Operation read = actors.get(0).read(round.index(), key);
        for (int look = 1; look < LOOKS_MAX; look++) {
            if (Arms.shows(read, racers) || (!won && !read.unknown())) {
                break;
            }
            LockSupport.parkNanos(LOOK_AGAIN_NS);
            read = actors.get(0).read(round.index(), key);
        }
        Operation result = read;
        ageing |= racers.stream().anyMatch(racer -> keepsTag(racer, result));
        results.add(new Result(round.index(), key, read));
        readOtherwise(round, key, racers);
        for (int endpoint = 1; endpoint < actors.get(0).endpoints(); endpoint++) {
            actors.get(0).use(endpoint);
            actors.get(0).read(round.index(), key);
        }
        actors.get(0).use(0);
    }

    /**
     * Reads once more in another way, the next round in the next: a server may answer by other means who asks for a range, or
     * as a cache does that kept what was there before the race, for the body or the header fields alone.
     */
    private void readOtherwise(RoundPlan round, int key, List<Operation> racers) throws IOException {
        Actor coordinator = actors.get(0);
        Method method = OTHER_WAYS.get(round.index() % OTHER_WAYS.size());
        Optional<Precondition> condition =
                method == Method.GET_RANGE ? Optional.of(Precondition.NONE) : unlessAsBefore(racers);
        if (condition.isPresent() && coordinator.canRead(method)) {
            coordinator.write(coordinator.armRead(method, round.index(), key, condition.get()));
        }
    }

    /** If-None-Match with the tag that a racer held; empty if none held any. */
    private static Optional<Precondition> unlessAsBefore(List<Operation> racers) {
        return racers.stream()
                .map(Operation::precondition)
                .filter(held -> held.kind() == Precondition.Kind.IF_MATCH)
                .findFirst()
                .map(held -> Precondition.ifNoneMatch(Objects.requireNonNull(held.tag()), held.version()));
    }

    /** Whether another version than the one that a racer asked for has the tag that it asked with. */
    private static boolean keepsTag(Operation racer, Operation read) {
        EntityTag sent = racer.precondition().tag();
        return sent != null
                && read.tag().filter(sent::matches).isPresent()
                && read.seen()
                        .filter(version -> !version.equals(racer.parent()))
                        .isPresent();
    }

    /** Brings the key into its starting state; empty when the server did not play along. */
    private Optional<List<Actor.Armed>> setUp(RoundPlan round, int key) throws IOException {
        Actor.Held stale = null;
        Actor.Held fresh = null;
        if (!round.creates()) {
            Laid before = laid.remove(key);
            Laid start = before == null ? lay(round, key) : before;
            fresh = start.first;
            if (fresh != null && start.second != null) {
                stale = fresh;
                fresh = start.second.applied() ? look(round, key) : null;
                if (fresh != null && fresh.tag().matches(stale.tag())) {
                    // Too coarse to tell the two apart: no client could send the old one.
                    ageing = true;
                    fresh = null;
                }
            }
            if (fresh == null) {
                return Optional.empty();
            }
        }
        List<Actor.Armed> armed = new ArrayList<>();
        for (int racer = 0; racer < round.racers().size(); racer++) {
            actors.get(racer + 1).use(endpoint(round, racer));
            actors.get(racer + 1).shape(round.shape());
            armed.add(Arms.arm(actors.get(racer + 1), round, racer, key, fresh, stale));
        }
        // Who has nothing to complete or to copy would leave the others without their rival.
        return armed.stream().allMatch(each -> each.prepared().ready()) ? Optional.of(armed) : Optional.empty();
    }

    /** Where a racer sends to: spread over the endpoints, or all to one that changes from round to round. */
    private int endpoint(RoundPlan round, int racer) {
        return (round.spread() ? racer : round.index()) % actors.get(0).endpoints();
    }

    /** Writes a version and reads it back, and another over it where the round needs a superseded one. */
    private Laid lay(RoundPlan round, int key) throws IOException {
        Actor.Held first = null;
        if (layFirst(round, key).applied()) {
            rest();
            first = look(round, key);
        }
        if (first == null || !round.needsStale()) {
            return new Laid(first, null);
        }
        Operation second = layOver(round, key, first);
        rest();
        return new Laid(first, second);
    }

    private void rest() {
        if (ageing) {
            TagAge.rest(stop);
        }
    }

    /** What is there, once its tag can be sent in If-Match; null if that is never. */
    private Actor.@Nullable Held look(RoundPlan round, int key) throws IOException {
        Operation read = actors.get(0).read(round.index(), key);
        if (TagAge.weak(read)) {
            ageing = true;
            read = TagAge.readStrong(actors.get(0), round.index(), key, stop);
        }
        return held(read);
    }

    private Operation layFirst(RoundPlan round, int key) throws IOException {
        return lay(round, key, Precondition.NONE, 1);
    }

    private Operation layOver(RoundPlan round, int key, Actor.Held over) throws IOException {
        return lay(round, key, Precondition.ifMatch(over.tag(), over.version()), over.depth() + 1);
    }

    private Operation lay(RoundPlan round, int key, Precondition precondition, int depth) throws IOException {
        Actor coordinator = actors.get(0);
        Operation write =
                coordinator.write(coordinator.arm(round.index(), key, precondition, depth, round.bodyBytes()));
        refusedWith = write.status();
        return write;
    }

    /** What a read gives a writer to go on; null when it gives no usable validator. */
    static Actor.@Nullable Held held(Operation read) {
        EntityTag tag = read.tag().orElse(null);
        if (tag != null && !tag.weak() && read.observation() instanceof Observation.Seen seen) {
            return new Actor.Held(seen.version(), tag, seen.depth());
        }
        return null;
    }
}
