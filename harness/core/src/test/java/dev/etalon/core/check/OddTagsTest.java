package dev.etalon.core.check;

import static dev.etalon.core.model.Outcome.APPLIED;
import static org.assertj.core.api.Assertions.assertThat;

import dev.etalon.core.model.Anomaly;
import dev.etalon.core.model.Operation;
import dev.etalon.core.model.Precondition;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.IntFunction;
import org.junit.jupiter.api.Test;

/** Which of two answers with one tag is the odd one. */
class OddTagsTest {
    private final Requests requests = new Requests();

    @Test
    void aReadMayHaveMetAWriteThatNobodyKnowsTheEndOf() {
        Operation base = requests.put(0, Precondition.NONE, APPLIED, 0, 1);
        Operation late = requests.put(1, Requests.over(base), Requests.UNKNOWN, 2, 3);
        requests.get(2, base, Requests.tagOf(late.version()).value(), 5, 6);
        requests.get(2, late, 7, 8);
        assertThat(requests.anomalies()).containsExactly(Anomaly.MIXED_ANSWER);
    }

    @Test
    void anAcknowledgementWithTheTagOfTheNextWriteDoesNotMakeTagsEqual() {
        Operation base = requests.put(0, Precondition.NONE, APPLIED, 0, 1);
        Operation hasty = requests.put(1, Requests.over(base), APPLIED, "\"w2#4\"", 2, 6);
        Operation read = requests.get(3, hasty, 4, 5);
        Operation next = requests.put(2, Requests.over(hasty), APPLIED, "\"w2#4\"", 6, 8);
        assertThat(requests.verdict().findings()).singleElement().satisfies(finding -> {
            assertThat(finding.anomaly()).isEqualTo(Anomaly.MIXED_ANSWER);
            assertThat(finding.witness()).containsExactly(next, read, hasty);
        });
    }

    @Test
    void twoBodiesThatAlwaysComeWithOneTagShareIt() {
        Operation base = requests.put(0, Precondition.NONE, APPLIED, "\"1\"", 0, 1);
        Operation next = requests.put(1, Requests.ifMatch("\"1\"", base.version()), APPLIED, "\"1\"", 2, 3);
        requests.get(3, next, "\"1\"", 4, 5);
        assertThat(requests.anomalies()).containsExactly(Anomaly.TAG_REUSE);
    }

    /**
     * Every body has a tag of its own, but a read takes the tag at one instant and the body at a later one, so that one tag
     * comes with any number of bodies. The judge may not be able to tell; it never is sure that tags are reused.
     */
    @Test
    void answersPutTogetherOfTwoStatesAreNeverTakenForTagsThatAreReused() {
        int mixed = 0;
        for (int seed = 0; seed < 20_000; seed++) {
            Requests random = new Requests();
            Reads reads = new Reads(seed, random, state -> "\"" + state + "\"");
            mixed += reads.mixed(20);
            assertThat(random.verdict().findings())
                    .as("seed %d", seed)
                    .noneMatch(finding -> finding.anomaly() == Anomaly.TAG_REUSE
                            && !finding.explanation().contains("or that answer was put together from two states"));
        }
        assertThat(mixed).isGreaterThan(20_000);
    }

    /** The neighbour: where three states have one tag, and a read takes tag and body at one instant, it mostly is sure. */
    @Test
    void tagsThatAreReusedAreFoundInReadsDuringWrites() {
        int sure = 0;
        for (int seed = 0; seed < 2_000; seed++) {
            Requests random = new Requests();
            new Reads(seed, random, state -> "\"" + state / 3 + "\"").mixed(0);
            sure += random.anomalies().contains(Anomaly.TAG_REUSE) ? 1 : 0;
        }
        assertThat(sure).isGreaterThan(1_900);
    }

    /** A server whose states follow each other every ten milliseconds, and reads of it. */
    private record Reads(long seed, Requests requests, IntFunction<String> tags) {
        private static final int STATES = 6;
        private static final int EVERY = 10;

        /** Reads it; how many answers have the tag of one state and the body of another, at most some milliseconds apart. */
        int mixed(int apart) {
            Random random = new Random(seed);
            List<Operation> states = new ArrayList<>();
            boolean told = random.nextBoolean();
            for (int state = 0; state < STATES; state++) {
                int at = EVERY * (state + 1);
                int start = at - random.nextInt(EVERY);
                int end = at + random.nextInt(EVERY);
                states.add(
                        !told
                                ? requests.putWithoutTag(state, start, end)
                                : random.nextInt(4) == 0
                                        ? requests.put(state, Precondition.NONE, Requests.UNKNOWN, start, end)
                                        : requests.put(
                                                state, Precondition.NONE, APPLIED, tags.apply(state), start, end));
            }
            int mixed = 0;
            for (int read = 0; read < 8; read++) {
                int head = EVERY + random.nextInt(EVERY * STATES);
                int body = head + (apart == 0 ? 0 : random.nextInt(apart));
                int first = Math.min(STATES, head / EVERY) - 1;
                int second = Math.min(STATES, body / EVERY) - 1;
                mixed += first == second ? 0 : 1;
                requests.get(
                        STATES + read,
                        states.get(second),
                        tags.apply(first),
                        head - random.nextInt(3),
                        body + random.nextInt(3));
            }
            return mixed;
        }
    }
}
