package dev.etalon.core.check;

import static org.assertj.core.api.Assertions.assertThat;

import dev.etalon.core.model.Anomaly;
import dev.etalon.core.model.Completion;
import dev.etalon.core.model.Finding;
import dev.etalon.core.model.Observation;
import dev.etalon.core.model.Operation;
import dev.etalon.core.model.Outcome;
import dev.etalon.core.model.Precondition;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;

/** The checker against thousands of random histories of a faithful register, and the same with one fault each. */
class KeyCheckSoundnessTest {
    private static final int HISTORIES = 8_000;

    /** A fault must fit into this many of the histories at least, or the test would prove little. */
    private static final int FAULTS_MIN = 1_000;

    @Test
    void aFaithfulRegisterIsNeverAccused() {
        for (int seed = 0; seed < HISTORIES; seed++) {
            Story story = Register.live(seed);
            assertThat(story.findings())
                    .as("seed %d: %s", seed, story.operations())
                    .isEmpty();
        }
    }

    @Test
    void aSecondSuccessOnOneParentIsAlwaysReported() {
        int faults = 0;
        for (int seed = 0; seed < HISTORIES; seed++) {
            List<Operation> operations = Register.live(seed).operations();
            Optional<List<Operation>> broken = broken(
                    operations,
                    op -> op.write() && op.refused() && rivalled(op, operations),
                    completion -> with(completion, 200, Outcome.APPLIED, Observation.NOTHING));
            if (broken.isPresent()) {
                faults++;
                assertThat(anomalies(broken.get()))
                        .as("seed %d: %s", seed, broken.get())
                        .containsAnyOf(Anomaly.LOST_UPDATE, Anomaly.STALE_SUCCESS, Anomaly.DUPLICATE_CREATE);
            }
        }
        assertThat(faults).isGreaterThan(FAULTS_MIN);
    }

    @Test
    void aRefusedWriteThatBecomesVisibleIsAlwaysReported() {
        int faults = 0;
        for (int seed = 0; seed < HISTORIES; seed++) {
            Story story = Register.live(seed);
            Optional<Operation> refused = story.operations().stream()
                    .filter(op -> op.write() && op.refused())
                    .findFirst();
            if (refused.isPresent()) {
                faults++;
                story.get(1, refused.get(), 1_000, 1_001);
                assertThat(story.anomalies()).as("seed %d", seed).contains(Anomaly.REFUSED_BUT_APPLIED);
            }
        }
        assertThat(faults).isGreaterThan(FAULTS_MIN);
    }

    @Test
    void aTornBodyIsAlwaysReported() {
        int faults = 0;
        Observation torn = new Observation.Torn(Observation.Flaw.PAYLOAD_HASH);
        for (int seed = 0; seed < HISTORIES; seed++) {
            Optional<List<Operation>> broken = broken(
                    Register.live(seed).operations(),
                    op -> op.seen().isPresent(),
                    completion -> with(completion, 200, Outcome.APPLIED, torn));
            if (broken.isPresent()) {
                faults++;
                assertThat(anomalies(broken.get())).as("seed %d", seed).contains(Anomaly.TORN_BODY);
            }
        }
        assertThat(faults).isGreaterThan(FAULTS_MIN);
    }

    /** Whether an acknowledged write replaced the version that a refused one asked for. */
    private static boolean rivalled(Operation refused, List<Operation> operations) {
        return operations.stream()
                .anyMatch(op -> op.write()
                        && op.applied()
                        && op.invocation().precondition().kind() != Precondition.Kind.NONE
                        && op.parent().equals(refused.parent()));
    }

    /** The history with its first fitting operation answered otherwise. */
    private static Optional<List<Operation>> broken(
            List<Operation> operations, Predicate<Operation> fits, UnaryOperator<Completion> fault) {
        List<Operation> broken = new ArrayList<>(operations);
        for (int i = 0; i < broken.size(); i++) {
            Operation op = broken.get(i);
            Completion completion = op.completion();
            if (completion != null && fits.test(op)) {
                broken.set(i, new Operation(op.invocation(), fault.apply(completion)));
                return Optional.of(broken);
            }
        }
        return Optional.empty();
    }

    private static Completion with(Completion old, int status, Outcome outcome, Observation observation) {
        return new Completion(old.id(), status, outcome, old.tag(), observation, old.releasedNs(), old.atNs());
    }

    private static List<Anomaly> anomalies(List<Operation> operations) {
        return Story.judge(operations).findings().stream().map(Finding::anomaly).toList();
    }
}
