package dev.etalon.core.check;

import static org.assertj.core.api.Assertions.assertThat;

import dev.etalon.core.model.Anomaly;
import dev.etalon.core.model.Operation;
import dev.etalon.core.model.Outcome;
import dev.etalon.core.model.Precondition;
import dev.etalon.core.model.Version;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** A server that is wrong all the time is judged in little more time than a faithful one. */
class ManyFindingsTest {
    private static final int MANY = 20_000;

    /** One second is usual. Processor time, not time: others may have the processors meanwhile. */
    private static final long PROCESSOR_S_MAX = 10;

    private final Requests requests = new Requests();

    private void found(Anomaly anomaly, int times) {
        ThreadMXBean threads = ManagementFactory.getThreadMXBean();
        long beforeNs = threads.getCurrentThreadCpuTime();
        assertThat(requests.verdict().counts()).isEqualTo(Map.of(anomaly, times));
        assertThat(TimeUnit.NANOSECONDS.toSeconds(threads.getCurrentThreadCpuTime() - beforeNs))
                .as("seconds of processor time")
                .isLessThan(PROCESSOR_S_MAX);
    }

    @Test
    void aForkInEveryRound() {
        Operation base = requests.put(0, Precondition.NONE, Outcome.APPLIED, 0, 1);
        for (int i = 1; i <= MANY; i++) {
            Operation next = requests.put(1, Requests.over(base), Outcome.APPLIED, 10L * i, 10L * i + 5);
            requests.put(2, Requests.over(base), Outcome.APPLIED, 10L * i + 1, 10L * i + 4);
            requests.get(3, next, 10L * i + 6, 10L * i + 7);
            base = next;
        }
        found(Anomaly.LOST_UPDATE, MANY);
    }

    @Test
    void aMixedAnswerInEveryRound() {
        Operation base = requests.put(0, Precondition.NONE, Outcome.APPLIED, 0, 1);
        for (int i = 1; i <= MANY; i++) {
            Operation next = requests.put(1, Requests.over(base), Outcome.APPLIED, 10L * i, 10L * i + 6);
            requests.get(3, base, Requests.tagOf(next.version()).value(), 10L * i + 1, 10L * i + 2);
            requests.get(3, next, 10L * i + 7, 10L * i + 8);
            base = next;
        }
        found(Anomaly.MIXED_ANSWER, MANY);
    }

    @Test
    void anIgnoredConditionInEveryRound() {
        for (int i = 1; i <= MANY; i++) {
            requests.put(1, Requests.ifMatch("\"never\"", Version.FOREIGN), Outcome.APPLIED, 10L * i, 10L * i + 6);
        }
        found(Anomaly.CONDITION_IGNORED, MANY);
    }
}
