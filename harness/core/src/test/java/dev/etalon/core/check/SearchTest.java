package dev.etalon.core.check;

import static org.assertj.core.api.Assertions.assertThat;

import dev.etalon.core.check.Search.Answer;
import dev.etalon.core.model.Finding;
import dev.etalon.core.model.History;
import dev.etalon.core.model.Operation;
import dev.etalon.core.model.Outcome;
import dev.etalon.core.model.Precondition;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What the search costs, and what it says when that is too much. That it is right is for {@link DecidersAgreeTest}. */
class SearchTest {
    private final Story story = new Story();

    private Operation put(int actor, long start, long end) {
        return story.write(actor, Precondition.NONE, Outcome.APPLIED, 200, start, end);
    }

    private void unanswered(int actor, long start) {
        story.write(actor, Precondition.NONE, Outcome.unknown(Outcome.Cause.TIMEOUT), 0, start, start + 1);
    }

    /** Unconditional writes, all in flight at once, each read while they were. */
    private List<Operation> crowd(int size) {
        List<Operation> puts = new ArrayList<>();
        for (int i = 1; i <= size; i++) {
            puts.add(put(i, 0, 100));
        }
        for (int i = 0; i < size; i++) {
            story.get(size + 1 + i, puts.get(i), 0, 100);
        }
        return puts;
    }

    private Answer decide(int branchesMax) {
        return Search.decide(Trace.of(story.operations()), branchesMax);
    }

    @Test
    void aChainIsWalkedWithoutAnyBranch() {
        Operation version = story.lay(0, 1);
        for (int i = 1; i <= 1_000; i++) {
            Operation next = story.put(1, version, 10L * i, 10L * i + 9);
            story.refused(2, version, 10L * i, 10L * i + 9);
            story.unknown(3, version, 10L * i + 1, 10L * i + 2);
            story.get(4, next, 10L * i + 3, 10L * i + 9);
            version = next;
        }
        assertThat(decide(0)).isEqualTo(Answer.LINEARIZABLE);
    }

    @Test
    void aRegisterThatOnlyCountsOnOneOrderFindsIt() {
        List<Operation> puts = crowd(6);
        story.get(20, puts.get(3), 200, 201);
        assertThat(decide(1_000)).isEqualTo(Answer.LINEARIZABLE);
    }

    @Test
    void noSetOfPlacedWritesIsTriedTwice() {
        List<Operation> puts = crowd(9);
        story.get(20, puts.get(3), 200, 201);
        story.get(20, puts.get(4), 300, 301);
        // 9! orders, but only 9 · 2^8 ways to have placed some of them and be at one.
        assertThat(decide(9 * 256)).isEqualTo(Answer.VIOLATION);
    }

    @Test
    void beyondItsBoundItSaysThatItDoesNotKnow() {
        List<Operation> puts = crowd(9);
        story.get(20, puts.get(3), 200, 201);
        story.get(20, puts.get(4), 300, 301);
        assertThat(decide(10)).isEqualTo(Answer.UNDECIDED);
        KeyCheck.Said said = KeyCheck.check(Story.KEY, story.operations(), History.Clocks.ONE, 10);
        assertThat(said.undecided() || !said.findings().isEmpty()).isTrue();
    }

    @Test
    void theBoundIsTheNumberOfBranchesThatMayBeTried() {
        List<Operation> puts = crowd(2);
        story.get(20, puts.get(0), 200, 201);
        assertThat(decide(0)).isEqualTo(Answer.UNDECIDED);
        assertThat(decide(2)).isEqualTo(Answer.LINEARIZABLE);
    }

    @Test
    void writesThatNobodyObservedAreTriedInOneOrderOnly() {
        for (int i = 1; i <= 30; i++) {
            put(i, 0, 100);
        }
        Operation last = put(31, 200, 201);
        story.get(32, last, 300, 301);
        assertThat(decide(100)).isEqualTo(Answer.LINEARIZABLE);
    }

    @Test
    void manyWritesWithoutAnAnswerCostNoMoreThanOne() {
        for (int i = 0; i < 20_000; i++) {
            unanswered(1, 10L * i);
            put(2, 10L * i + 2, 10L * i + 3);
        }
        assertThat(decide(0)).isEqualTo(Answer.LINEARIZABLE);
    }

    @Test
    void aWriteWithoutAnAnswerThatWasTriedInVainIsThereForTheNextRefusal() {
        unanswered(1, 0);
        List<Operation> puts = crowd(3);
        for (Operation put : puts) {
            story.refused(30, put, 50, 100);
        }
        story.get(20, puts.get(1), 200, 201);
        story.refused(21, puts.get(1), 210, 211);
        assertThat(decide(1_000)).isEqualTo(Answer.LINEARIZABLE);
    }

    @Test
    void aWriteWithoutAnAnswerExcusesNothingBeforeItBegan() {
        Operation put = put(1, 0, 1);
        story.refused(2, put, 10, 11);
        unanswered(3, 12);
        assertThat(decide(1_000)).isEqualTo(Answer.VIOLATION);
    }

    @Test
    void aWriteWithoutAnAnswerTakesEffectOnlyOnce() {
        Operation first = put(1, 0, 1);
        unanswered(3, 5);
        story.refused(2, first, 10, 11);
        Operation second = put(1, 20, 21);
        story.get(1, second, 22, 23);
        assertThat(decide(1_000)).isEqualTo(Answer.LINEARIZABLE);
        story.refused(2, second, 30, 31);
        assertThat(decide(1_000)).isEqualTo(Answer.VIOLATION);
        unanswered(4, 31);
        assertThat(decide(1_000)).isEqualTo(Answer.LINEARIZABLE);
    }

    @Test
    void manyClientsAtOnceNeedNoMoreThanTheirNumber() {
        Operation version = story.lay(0, 1);
        for (int round = 1; round <= 20; round++) {
            Operation next = story.put(1, version, 100L * round, 100L * round + 50);
            for (int client = 2; client <= 64; client++) {
                story.refused(client, version, 100L * round, 100L * round + 50);
            }
            version = next;
        }
        put(65, 3_000, 3_001);
        assertThat(decide(0)).isEqualTo(Answer.LINEARIZABLE);
    }

    @Test
    void anEmptyHistoryIsInOrder() {
        assertThat(decide(0)).isEqualTo(Answer.LINEARIZABLE);
    }

    @Test
    void whatNobodyCanDecideIsNoFinding() {
        List<Operation> puts = crowd(9);
        for (int i = 0; i < 9; i++) {
            story.createRefused(40 + i, 0, 100);
        }
        story.get(20, puts.get(3), 200, 201);
        KeyCheck.Said said = KeyCheck.check(Story.KEY, story.operations(), History.Clocks.ONE, 0);
        assertThat(said.undecided()).isTrue();
        assertThat(said.findings()).extracting(Finding::anomaly).isEmpty();
    }
}
