package dev.etalon.core.check;

import static dev.etalon.core.model.Outcome.APPLIED;
import static dev.etalon.core.model.Outcome.REFUSED;
import static org.assertj.core.api.Assertions.assertThat;

import dev.etalon.core.model.Anomaly;
import dev.etalon.core.model.Operation;
import dev.etalon.core.model.Precondition;
import org.junit.jupiter.api.Test;

/** Whether a version that one answer was behind is lost hangs on what those who looked later saw. */
class LaterLooksTest {
    private final Requests requests = new Requests();

    @Test
    void aVersionThatWasOverwrittenSinceIsNotLost() {
        Operation base = requests.put(0, Precondition.NONE, APPLIED, 0, 1);
        requests.put(1, Requests.over(base), APPLIED, 2, 3);
        requests.get(2, base, 4, 5);
        Operation plain = requests.put(3, Precondition.NONE, APPLIED, 6, 7);
        requests.get(2, plain, 8, 9);
        assertThat(requests.anomalies()).containsExactly(Anomaly.STALE_READ);
    }

    @Test
    void aVersionThatMayHaveBeenDeletedSinceIsNotLost() {
        Operation base = requests.put(0, Precondition.NONE, APPLIED, 0, 1);
        Operation next = requests.put(1, Requests.over(base), APPLIED, 2, 3);
        requests.get(2, base, 4, 5);
        requests.delete(3, Requests.over(next), Requests.UNKNOWN, 0, 6, 7);
        Operation other = requests.put(4, Precondition.CREATE, APPLIED, 8, 9);
        requests.get(2, other, 10, 11);
        assertThat(requests.anomalies()).containsExactly(Anomaly.STALE_READ);
    }

    @Test
    void aVersionThatOnlyOlderOnesWereSeenAfterIsLost() {
        Operation base = requests.put(0, Precondition.NONE, APPLIED, 0, 1);
        requests.put(1, Requests.over(base), APPLIED, 2, 3);
        requests.get(2, base, 4, 5);
        requests.get(2, base, 6, 7);
        assertThat(requests.anomalies()).containsExactly(Anomaly.ACKNOWLEDGED_BUT_LOST);
    }

    @Test
    void theDeleteOfAnEarlierLifeExcusesNothing() {
        Operation base = requests.put(0, Precondition.CREATE, APPLIED, 0, 1);
        requests.delete(1, Requests.over(base), APPLIED, 204, 2, 3);
        requests.put(1, Precondition.CREATE, APPLIED, 4, 5);
        requests.absent(2, 6, 7);
        requests.absent(2, 8, 9);
        assertThat(requests.anomalies()).containsExactly(Anomaly.ACKNOWLEDGED_BUT_LOST);
    }

    @Test
    void whoeverTimedOutMayHaveGotThrough() {
        Operation base = requests.put(0, Precondition.NONE, APPLIED, 0, 1);
        requests.get(0, base, 2, 3);
        requests.put(1, Requests.over(base), REFUSED, 4, 7);
        requests.put(2, Requests.over(base), REFUSED, 4, 7);
        requests.put(3, Requests.over(base), Requests.UNKNOWN, 4, 8);
        Operation after = requests.get(0, base, 9, 10);
        assertThat(requests.verdict().findings()).singleElement().satisfies(finding -> {
            assertThat(finding.anomaly()).isEqualTo(Anomaly.PHANTOM_REFUSAL);
            assertThat(finding.witness()).contains(after);
        });
    }

    @Test
    void whoeverWroteWithoutAConditionGotThrough() {
        Operation base = requests.put(0, Precondition.NONE, APPLIED, 0, 1);
        requests.get(0, base, 2, 3);
        Operation refused = requests.put(1, Requests.over(base), REFUSED, 4, 5);
        requests.put(3, Precondition.NONE, APPLIED, 6, 9);
        requests.put(2, Requests.over(base), REFUSED, 7, 10);
        requests.put(4, Requests.over(base), REFUSED, 11, 12);
        assertThat(requests.verdict().findings()).singleElement().satisfies(finding -> {
            assertThat(finding.anomaly()).isEqualTo(Anomaly.PHANTOM_REFUSAL);
            assertThat(finding.witness()).contains(refused);
        });
    }
}
