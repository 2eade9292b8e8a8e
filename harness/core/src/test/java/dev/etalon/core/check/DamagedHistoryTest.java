package dev.etalon.core.check;

import static dev.etalon.core.model.Outcome.APPLIED;
import static org.assertj.core.api.Assertions.assertThat;

import dev.etalon.core.model.Anomaly;
import dev.etalon.core.model.Operation;
import dev.etalon.core.model.Precondition;
import dev.etalon.core.model.Verdict;
import org.junit.jupiter.api.Test;

/** What a request that is missing from the record may explain is held against nobody. */
class DamagedHistoryTest {
    private static final String HOLE = "a hole";

    private final Requests requests = new Requests();

    @Test
    void aMissingDeleteMayHaveEndedALife() {
        Operation first = requests.put(1, Precondition.CREATE, APPLIED, 0, 3);
        Operation second = requests.put(2, Precondition.CREATE, APPLIED, 0, 10);
        requests.get(3, first, 3, 4);
        requests.get(3, second, 6, 7);
        requests.delete(2, Requests.over(second), APPLIED, 204, 8, 11);
        assertThat(requests.verdict().status()).isEqualTo(Verdict.Status.VIOLATION);

        Verdict verdict = requests.verdict(HOLE);
        assertThat(verdict.status()).isEqualTo(Verdict.Status.UNDECIDED);
        assertThat(verdict.reservations()).hasSize(2).last().asString().contains("A2");
    }

    @Test
    void nothingMissingMakesUpForAValueThatWasDeletedAndReadAgain() {
        Operation first = requests.put(1, Precondition.CREATE, APPLIED, 0, 1);
        requests.delete(1, Requests.over(first), APPLIED, 204, 2, 3);
        Operation second = requests.put(2, Precondition.CREATE, APPLIED, 4, 5);
        requests.get(3, first, 6, 7);
        requests.get(3, second, 8, 9);
        assertThat(requests.verdict(HOLE).status()).isEqualTo(Verdict.Status.VIOLATION);
    }

    @Test
    void aMissingDeleteMayHaveMadeWayForAnother() {
        Operation first = requests.put(1, Precondition.CREATE, APPLIED, 0, 1);
        requests.put(2, Requests.over(first), APPLIED, 2, 3);
        requests.delete(1, Requests.over(first), APPLIED, 204, 6, 7);
        assertThat(requests.verdict().counts()).containsOnlyKeys(Anomaly.STALE_SUCCESS);
        assertThat(requests.verdict(HOLE).status()).isEqualTo(Verdict.Status.UNDECIDED);
    }
}
