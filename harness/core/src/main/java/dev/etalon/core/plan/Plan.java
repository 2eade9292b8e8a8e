package dev.etalon.core.plan;

import java.util.List;

/**
 * Everything a run will do, fixed before it starts and stored beside its history. Immutable.
 *
 * <p>The seed reproduces the plan, not the server's interleaving: repeating a plan repeats the requests and their
 * alignment, while who wins is up to the server. Judging a stored history again is exact.
 *
 * @param scenario scenario id
 * @param seed what every random choice of the plan derives from
 * @param run identity of the run: derived from the seed and the starting time, so that two runs never share keys
 * @param keyPrefix name of key {@code n} is the prefix followed by {@code n}
 * @param workload the rounds or the loop
 * @param expectations how the outcomes of rounds are to be taken; the first that matches counts, and an outcome that none
 *     matches fails. Empty where rounds have no outcomes to grade
 * @param versioning the kinds of buckets that keys lie in, in turn: key {@code n} in the one of number {@code n} modulo
 *     their count. Off alone, in plans from before this was said
 */
public record Plan(
        String scenario,
        long seed,
        long run,
        String keyPrefix,
        Workload workload,
        List<Expectation> expectations,
        List<Versioning> versioning) {
    public Plan {
        expectations = expectations == null ? List.of() : List.copyOf(expectations);
        versioning = versioning == null || versioning.isEmpty() ? List.of(Versioning.OFF) : List.copyOf(versioning);
    }

    /** A plan for keys in one kind of bucket, or where there are none. */
    public Plan(
            String scenario, long seed, long run, String keyPrefix, Workload workload, List<Expectation> expectations) {
        this(scenario, seed, run, keyPrefix, workload, expectations, List.of());
    }

    /** A plan whose outcomes are not graded. */
    public Plan(String scenario, long seed, long run, String keyPrefix, Workload workload) {
        this(scenario, seed, run, keyPrefix, workload, List.of());
    }

    /** How the requests of racers look in a round, and those of the guard in one of its own. */
    public RequestShape shape(int round) {
        if (round < 0) {
            return RequestShape.ofGuard(round);
        }
        return workload instanceof Workload.Rounds rounds
                        && round < rounds.rounds().size()
                ? rounds.rounds().get(round).shape()
                : RequestShape.PLAIN;
    }

    /** What the bucket of a key does with old versions. */
    public Versioning versioning(int key) {
        return Versioning.of(versioning, key);
    }
}
