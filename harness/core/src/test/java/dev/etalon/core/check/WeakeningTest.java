package dev.etalon.core.check;

import static org.assertj.core.api.Assertions.assertThat;

import dev.etalon.core.model.Operation;
import dev.etalon.core.model.Outcome;
import dev.etalon.core.model.Precondition;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Of many answers, the few that contradict each other. */
class WeakeningTest {
    private final Story story = new Story();

    private List<Operation> witness() {
        Trace trace = Trace.of(story.operations());
        return Arrays.stream(Weakening.witness(trace))
                .mapToObj(trace::operation)
                .toList();
    }

    private Operation write(int actor, long start, long end) {
        return story.write(actor, Precondition.NONE, Outcome.APPLIED, 200, start, end);
    }

    @Test
    void whatDoesNotContributeIsLeftOutHoweverMuchThereIsOfIt() {
        Operation[] written = new Operation[12];
        for (int i = 0; i < written.length; i++) {
            written[i] = write(1 + i % 3, 10L * i, 10L * i + 1);
            story.get(4, written[i], 10L * i + 2, 10L * i + 3);
        }
        Operation again = story.get(5, written[2], 200, 201);
        story.get(5, written[11], 202, 203);
        List<Operation> witness = witness();
        assertThat(witness).hasSize(3);
        assertThat(witness.get(0).seen().orElseGet(() -> witness.get(0).version()))
                .isEqualTo(written[2].version());
        assertThat(witness.get(2)).isEqualTo(again);
    }

    @Test
    void ofTwoContradictionsTheOneThatWasCompleteFirstIsTold() {
        Operation first = write(1, 0, 1);
        Operation second = write(2, 2, 3);
        Operation again = story.get(3, first, 4, 5);
        Operation third = write(1, 10, 11);
        write(2, 12, 13);
        story.get(3, third, 14, 15);
        assertThat(witness()).containsExactly(first, second, again);
    }

    @Test
    void readsWithoutAnAnswerAreNoPartOfAWitness() {
        Operation first = write(1, 0, 1);
        story.silent(3, 2, 3);
        Operation second = write(2, 4, 5);
        Operation again = story.get(3, first, 6, 7);
        assertThat(witness()).containsExactly(first, second, again);
    }
}
