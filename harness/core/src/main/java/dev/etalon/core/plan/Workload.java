package dev.etalon.core.plan;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import java.util.List;

/** What a run does. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "kind")
@JsonSubTypes({
    @JsonSubTypes.Type(value = Workload.Rounds.class, name = "rounds"),
    @JsonSubTypes.Type(value = Workload.Counter.class, name = "counter")
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

    /** The most requests that are in flight at one time. */
    default int concurrency() {
        if (this instanceof Rounds rounds) {
            return rounds.rounds().stream()
                    .mapToInt(round -> round.racers().size())
                    .max()
                    .orElse(0);
        }
        return ((Counter) this).clients();
    }

    /** What the run counts towards its plan: rounds, or increments. */
    default int size() {
        if (this instanceof Rounds rounds) {
            return rounds.rounds().size();
        }
        Counter counter = (Counter) this;
        return counter.clients() * counter.incrementsPerClient();
    }
}
