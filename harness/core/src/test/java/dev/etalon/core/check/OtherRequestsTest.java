package dev.etalon.core.check;

import static dev.etalon.core.check.Requests.ifMatch;
import static dev.etalon.core.check.Requests.ifNoneMatch;
import static dev.etalon.core.model.Outcome.APPLIED;
import static org.assertj.core.api.Assertions.assertThat;

import dev.etalon.core.model.Anomaly;
import dev.etalon.core.model.Precondition;
import dev.etalon.core.model.Version;
import org.junit.jupiter.api.Test;

/** Requests that no race of Etalon sends but a history of another program may hold. */
class OtherRequestsTest {
    private final Requests requests = new Requests();

    private void legal() {
        assertThat(requests.verdict().findings()).isEmpty();
    }

    @Test
    void aWriteUnlessATagMatchesMayBeAcceptedWithATagThatWasNeverGiven() {
        requests.put(0, Precondition.NONE, APPLIED, 0, 1);
        requests.put(1, ifNoneMatch("\"never\"", Version.FOREIGN), APPLIED, 2, 3);
        legal();
    }

    @Test
    void aDeleteWithATagThatWasNeverGivenMayFindNothing() {
        requests.delete(1, ifMatch("\"never\"", Version.FOREIGN), APPLIED, 404, 2, 3);
        legal();
    }

    @Test
    void aDeleteWithATagThatWasNeverGivenIsNeverAccepted() {
        requests.put(0, Precondition.NONE, APPLIED, 0, 1);
        requests.delete(1, ifMatch("\"never\"", Version.FOREIGN), APPLIED, 204, 2, 3);
        assertThat(requests.anomalies()).containsExactly(Anomaly.CONDITION_IGNORED);
    }
}
