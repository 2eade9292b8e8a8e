package dev.etalon.core.plan;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;

/** What a run does. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "kind")
@JsonSubTypes({
    @JsonSubTypes.Type(value = Workload.Rounds.class, name = "rounds"),
    @JsonSubTypes.Type(value = Workload.Counter.class, name = "counter"),
    @JsonSubTypes.Type(value = Workload.FreeRun.class, name = "free-run"),
    @JsonSubTypes.Type(value = Workload.Samples.class, name = "samples")
})
public sealed interface Workload {
    /** Rounds one after the other, each on a key of its own. */
    record Rounds(List<RoundPlan> rounds) implements Workload {
        public Rounds {
            rounds = List.copyOf(rounds);
        }
    }

    /**
     * Closed-loop read-modify-write: every client reads the counter and writes it back incremented with {@code
     * If-Match}, again and again, without alignment.
     *
     * @param key number of the counter's key within the run
     * @param clients how many clients
     * @param incrementsPerClient acknowledged increments after which a client stops
     * @param attemptsPerClient writes after which a client gives up; every loop has a limit
     * @param bodyBytes size of every body
     */
    record Counter(int key, int clients, int incrementsPerClient, int attemptsPerClient, int bodyBytes)
            implements Workload {}

    /**
     * Closed-loop clients that do whatever comes to them on a few keys, without alignment. After a number of steps they
     * move on to fresh keys, all of them at about the same time, so that every key begins absent and its history stays
     * short enough for the judge's search.
     *
     * @param keys how many keys are in use at one time, 1 and up; fewer than clients, if they are to meet
     * @param clients how many clients, 1 and up
     * @param operationsPerClient answers after which a client stops; one whose outcome is unknown does not count
     * @param stepsPerGeneration steps after which a client moves on to the next keys
     * @param secondsMax after how many seconds the run ends, done or not
     * @param bodyBytes size of every body
     * @param mix how often they do what
     */
    record FreeRun(
            int keys,
            int clients,
            int operationsPerClient,
            int stepsPerGeneration,
            int secondsMax,
            int bodyBytes,
            Mix mix)
            implements Workload {
        /** Steps for each answer that is planned, so that a loop has a limit whatever the server does. */
        private static final int STEPS_PER_OPERATION = 2;

        /** Several socket buffers: who writes without a condition tears bodies first of all. */
        private static final int PLAIN_BODY_BYTES = 64 * 1024;

        public FreeRun {
            if (keys < 1 || clients < 1 || operationsPerClient < 1 || stepsPerGeneration < 1 || secondsMax < 1) {
                throw new IllegalArgumentException("a free run has one of everything at least: keys=" + keys
                        + " clients=" + clients + " operationsPerClient=" + operationsPerClient
                        + " stepsPerGeneration=" + stepsPerGeneration + " secondsMax=" + secondsMax);
            }
        }

        /** What of this can be raced on a server that honours no condition; empty where every write has one. */
        public Optional<FreeRun> plain() {
            return mix.contains(Mix.Step.OVERWRITE)
                    ? Optional.of(new FreeRun(
                            keys,
                            clients,
                            operationsPerClient,
                            stepsPerGeneration,
                            secondsMax,
                            Math.max(bodyBytes, PLAIN_BODY_BYTES),
                            Mix.PLAIN))
                    : Optional.empty();
        }

        /**
         * What a client is to do.
         *
         * @param step the step drawn
         * @param generation number of the set of keys, 0 and up; the round in the history
         * @param slot which key of the set, 0 and up
         * @param create whether to create, rather than read, if the step needs a validator and none is held
         */
        public record Choice(Mix.Step step, int generation, int slot, boolean create) {}

        /** What a client is to do at a step: a function of the seed, whatever the server answers. */
        public Choice choice(long seed, int client, int step) {
            SplittableRandom random =
                    new SplittableRandom(seed ^ (client * 0x9E3779B97F4A7C15L) ^ (step * 0xBF58476D1CE4E5B9L));
            return new Choice(
                    mix.draw(random), step / stepsPerGeneration, random.nextInt(keys), random.nextInt(4) == 0);
        }

        /** Number of a key within the run. */
        public int key(int generation, int slot) {
            return generation * keys + slot;
        }

        /** Steps after which a client gives up. */
        public int stepsMax() {
            return (int) Math.min(Integer.MAX_VALUE, (long) STEPS_PER_OPERATION * operationsPerClient);
        }
    }

    /**
     * Samples of a test that somebody else races, each on a key of its own: what its actors do, the test says.
     *
     * @param test name of the test's class
     * @param samples how many, 1 and up
     * @param actors how many actors race in a sample, 2 and up
     * @param secondsMax after how many seconds no more are begun
     */
    record Samples(String test, int samples, int actors, int secondsMax) implements Workload {}

    /** The most requests that are in flight at one time. */
    default int concurrency() {
        if (this instanceof Rounds rounds) {
            return rounds.rounds().stream()
                    .mapToInt(round -> round.racers().size())
                    .max()
                    .orElse(0);
        }
        if (this instanceof Samples samples) {
            return samples.actors();
        }
        return this instanceof FreeRun free ? free.clients() : ((Counter) this).clients();
    }

    /** What the run counts towards its plan: rounds, samples, increments, or answered operations. */
    default int size() {
        if (this instanceof Rounds rounds) {
            return rounds.rounds().size();
        }
        if (this instanceof FreeRun free) {
            return free.clients() * free.operationsPerClient();
        }
        if (this instanceof Samples samples) {
            return samples.samples();
        }
        Counter counter = (Counter) this;
        return counter.clients() * counter.incrementsPerClient();
    }

    /** Whether it is raced again and again from the start, so that what was found in one round is found once in a trial. */
    default boolean repeated() {
        return this instanceof Rounds || this instanceof Samples;
    }

    /** What {@link #size()} counts, in the plural. */
    default String unit() {
        if (this instanceof Rounds) {
            return "rounds";
        }
        if (this instanceof Samples) {
            return "samples";
        }
        return this instanceof FreeRun ? "operations" : "increments";
    }
}
