package dev.etalon.core.check;

import static dev.etalon.core.model.Outcome.APPLIED;
import static org.assertj.core.api.Assertions.assertThat;

import dev.etalon.core.model.Anomaly;
import dev.etalon.core.model.Operation;
import dev.etalon.core.model.Precondition;
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
}
