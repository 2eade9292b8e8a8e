package dev.etalon.core.check;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.etalon.core.model.Anomaly;
import dev.etalon.core.model.History;
import dev.etalon.core.model.Observation;
import dev.etalon.core.model.Operation;
import dev.etalon.core.model.Outcome;
import dev.etalon.core.model.Precondition;
import dev.etalon.core.model.RoundTally;
import dev.etalon.core.model.Verdict;
import dev.etalon.core.model.Version;
import dev.etalon.core.plan.Alignment;
import dev.etalon.core.plan.Intent;
import dev.etalon.core.plan.Plan;
import dev.etalon.core.plan.RoundPlan;
import dev.etalon.core.plan.Workload;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** From a history to one of three answers, of which UNDECIDED is never folded into VALID. */
class JudgeTest {
    private final Story story = new Story();

    private static Plan plan(Workload workload) {
        return new Plan("http/story", 1, Story.ORIGIN.run(), Story.ORIGIN.keyPrefix(), workload);
    }

    private static Plan rounds(int count) {
        List<Intent> racers = List.of(Intent.FRESH, Intent.FRESH);
        return plan(new Workload.Rounds(IntStream.range(0, count)
                .mapToObj(i -> new RoundPlan(i, i, Alignment.BARRIER, racers, List.of(0, 1), 512))
                .toList()));
    }

    private Verdict judge(Plan plan, String... damage) {
        return Judge.judge(plan, story.history(damage), Optional.empty());
    }

    /** A round as it should be: one winner, one 412. */
    private void fairRound(int round, int key) {
        story.round(round).key(key);
        Operation base = story.lay(0, 1);
        Operation winner = story.put(1, base, 2, 5);
        story.refused(2, base, 3, 4);
        story.get(0, winner, 6, 7);
    }

    @Test
    void everythingRacedAndNothingForbiddenIsValid() {
        fairRound(0, 0);
        fairRound(1, 1);
        Verdict verdict = judge(rounds(2));
        assertThat(verdict.status()).isEqualTo(Verdict.Status.VALID);
        assertThat(verdict.reservations()).isEmpty();
    }

    @Test
    void fewerRoundsThanPlannedAreUndecided() {
        fairRound(0, 0);
        Verdict verdict = judge(rounds(2));
        assertThat(verdict.status()).isEqualTo(Verdict.Status.UNDECIDED);
        assertThat(verdict.reservations()).containsExactly("only 1 of 2 rounds were raced");
    }

    @Test
    void anEmptyHistoryIsUndecided() {
        assertThat(judge(rounds(1)).status()).isEqualTo(Verdict.Status.UNDECIDED);
    }

    @Test
    void aFindingInAnUnfinishedRunIsStillAViolation() {
        Operation base = story.lay(0, 1);
        story.put(1, base, 2, 5);
        story.put(2, base, 3, 4);
        Verdict verdict = judge(rounds(2));
        assertThat(verdict.status()).isEqualTo(Verdict.Status.VIOLATION);
        assertThat(verdict.reservations())
                .containsExactly("only 1 of 2 rounds were raced", "1 race without a read afterwards");
        assertThat(verdict.counts()).containsExactly(Map.entry(Anomaly.LOST_UPDATE, 1));
    }

    @Test
    void aRunThatEndedEarlyIsUndecided() {
        fairRound(0, 0);
        Verdict verdict = Judge.judge(rounds(1), story.history(), Optional.of("interrupted"));
        assertThat(verdict.status()).isEqualTo(Verdict.Status.UNDECIDED);
        assertThat(verdict.reservations()).containsExactly("the run ended early: interrupted");
    }

    @Test
    void aDamagedHistoryIsUndecided() {
        fairRound(0, 0);
        Verdict verdict = judge(rounds(1), "a hole");
        assertThat(verdict.status()).isEqualTo(Verdict.Status.UNDECIDED);
        assertThat(verdict.reservations()).containsExactly("the history is damaged: a hole");
    }

    @Test
    void whatADamagedHistoryLacksProvesNothing() {
        Operation base = story.lay(0, 1);
        story.refused(1, base, 2, 5);
        story.refused(2, base, 3, 4);
        story.get(0, base, 6, 7);
        story.key(1);
        story.lay(10, 11);
        story.getPhantom(0, new Version(3, 1), 16, 17);
        story.key(2);
        story.lay(20, 21);
        story.absent(0, 22, 23);
        assertThat(judge(rounds(1)).counts())
                .containsOnlyKeys(Anomaly.PHANTOM_VALUE, Anomaly.STALE_READ, Anomaly.ALL_REFUSED);

        Verdict verdict = judge(rounds(1), "a hole where the winner was");
        assertThat(verdict.status()).isEqualTo(Verdict.Status.UNDECIDED);
        assertThat(verdict.reservations()).last().asString().contains("A11", "A13", "A7");
    }

    @Test
    void whatADamagedHistoryHoldsStillProves() {
        Operation base = story.lay(0, 1);
        story.put(1, base, 2, 5);
        story.put(2, base, 3, 4);
        assertThat(judge(rounds(1), "a hole").counts()).containsOnlyKeys(Anomaly.LOST_UPDATE);
    }

    @Test
    void keysAreJudgedApart() {
        fairRound(0, 0);
        story.round(1).key(1);
        Operation base = story.lay(0, 1);
        story.put(1, base, 2, 5);
        story.put(2, base, 3, 4);
        assertThat(judge(rounds(2)).findings()).singleElement().satisfies(finding -> {
            assertThat(finding.key()).isEqualTo(1);
            assertThat(finding.round()).isEqualTo(1);
        });
    }

    @Test
    void winnersAreCountedByRoundAndLosersByStatus() {
        fairRound(0, 0);
        story.round(1).key(1);
        Operation base = story.lay(0, 1);
        story.put(1, base, 2, 5);
        story.put(2, base, 3, 4);
        story.unknown(3, base, 3, 6);
        story.write(
                4,
                Precondition.ifMatch(Story.tagOf(base.version()), base.version()),
                Outcome.unknown(Outcome.Cause.STATUS),
                409,
                3,
                6);
        RoundTally tally = judge(rounds(2)).rounds();
        assertThat(tally.winners()).containsExactly(Map.entry(1, 1), Map.entry(2, 1));
        assertThat(tally.losers()).containsExactly(Map.entry(0, 1), Map.entry(409, 1), Map.entry(412, 1));
        assertThat(tally.unknowns()).isEqualTo(2);
        assertThat(tally.multiWinnerRounds()).isEqualTo(1);
        assertThat(tally.winnersMax()).isEqualTo(2);
    }

    @Test
    void aRoundWhoseRacersMissedEachOtherCountsOnceItIsRepeated() {
        story.round(0).key(0);
        Operation base = story.lay(0, 1);
        story.put(1, base, 2, 3);
        story.refused(2, base, 4, 5);
        assertThat(judge(rounds(1)).rounds().raced()).isZero();

        fairRound(0, 1);
        RoundTally tally = judge(rounds(1)).rounds();
        assertThat(tally.raced()).isEqualTo(1);
        assertThat(tally.winners()).containsExactly(Map.entry(1, 1));
    }

    @Test
    void aRoundInWhichNobodyGotAClearAnswerWasNotRaced() {
        story.round(0).key(0);
        for (int racer = 1; racer <= 3; racer++) {
            story.write(racer, Precondition.CREATE, Outcome.unknown(Outcome.Cause.STATUS), 503, 2, 5);
        }
        Verdict verdict = judge(rounds(1));
        assertThat(verdict.rounds().raced()).isZero();
        assertThat(verdict.status()).isEqualTo(Verdict.Status.UNDECIDED);
    }

    @Test
    void theBoundIsWhatOneRunInTwentyWouldShow() {
        for (int round = 0; round < 30; round++) {
            fairRound(round, round);
        }
        assertThat(judge(rounds(30)).rounds().bound()).isCloseTo(0.0950, within(0.0001));
        assertThat(RoundTally.none(30).bound()).isEqualTo(1);
    }

    /** A counter of two clients and one increment each: absent, laid at depth 1, then as told. */
    private Verdict counter() {
        return judge(plan(new Workload.Counter(Story.KEY, 2, 1, 100, 512)));
    }

    @Test
    void aCounterThatHoldsEveryIncrementIsValid() {
        Operation base = story.lay(0, 1);
        Operation one = story.put(1, base, 2, 3);
        Operation two = story.put(2, one, 4, 5);
        story.get(0, two, 3, 6, 7);
        Verdict verdict = counter();
        assertThat(verdict.status()).isEqualTo(Verdict.Status.VALID);
        assertThat(verdict.rounds().raced()).isEqualTo(2);
        assertThat(verdict.rounds().lost()).isZero();
    }

    @Test
    void aCounterThatLacksAnIncrementHasLostIt() {
        Operation base = story.lay(0, 1);
        story.put(1, base, 2, 4);
        Operation two = story.put(2, base, 3, 5);
        story.get(0, two, 2, 6, 7);
        Verdict verdict = counter();
        assertThat(verdict.status()).isEqualTo(Verdict.Status.VIOLATION);
        assertThat(verdict.rounds().lost()).isEqualTo(1);
    }

    @Test
    void aCounterWhoseFinalValueCouldNotBeReadHasLostNothing() {
        Operation base = story.lay(0, 1);
        story.get(1, base, 1, 1, 2);
        Operation one = story.put(1, base, 2, 3);
        story.put(2, one, 4, 5);
        story.silent(0, 6, 7);
        assertThat(counter().rounds().lost()).isZero();
    }

    @Test
    void aCounterWithFewerIncrementsThanPlannedIsUndecided() {
        Operation base = story.lay(0, 1);
        Operation one = story.put(1, base, 2, 3);
        story.get(0, one, 2, 6, 7);
        assertThat(counter().reservations()).containsExactly("only 1 of 2 increments were acknowledged");
    }

    @Test
    void theSameHistoryIsJudgedTheSameWay() {
        fairRound(0, 0);
        History history = story.history();
        assertThat(Judge.judge(rounds(1), history, Optional.empty()))
                .isEqualTo(Judge.judge(rounds(1), history, Optional.empty()));
    }

    @Test
    void findingsComeInOrderOfDiagnosisThenOfRounds() {
        for (int round : new int[] {5, 3}) {
            story.key(round).round(round);
            Operation base = story.lay(10 * round, 10 * round + 1);
            story.put(1, base, 10 * round + 2, 10 * round + 4);
            story.put(2, base, 10 * round + 2, 10 * round + 4);
        }
        story.key(9).round(9);
        story.lay(90, 91);
        story.torn(1, Observation.Flaw.LENGTH, 92, 93);
        assertThat(Judge.judge(story.history()).findings())
                .extracting(finding -> finding.anomaly().code() + " " + finding.round())
                .containsExactly("A10 9", "A1 3", "A1 5");
    }

    @Test
    void remarksComeInOrderOfRoundsAndForbidNothing() {
        for (int round : new int[] {5, 3}) {
            story.key(round).round(round);
            Operation base = story.lay(10 * round, 10 * round + 1);
            Operation late = story.unknown(1, base, 10 * round + 2, 10 * round + 3);
            story.get(0, base, 10 * round + 4, 10 * round + 5);
            story.get(0, late, 10 * round + 6, 10 * round + 7);
        }
        Verdict verdict = Judge.judge(story.history());
        assertThat(verdict.status()).isEqualTo(Verdict.Status.VALID);
        assertThat(verdict.remarks())
                .extracting(finding -> finding.anomaly().code() + " " + finding.round())
                .containsExactly("A15 3", "A15 5");
    }

    @Test
    void keysThatAreNotJudgedAreNamedUpToThree() {
        for (int key = 1; key <= 5; key++) {
            story.key(key);
            Operation unread = story.write(3, Precondition.NONE, Outcome.unknown(Outcome.Cause.TIMEOUT), 0, 0, 1);
            story.put(1, unread, 2, 3);
        }
        Verdict verdict = Judge.judge(story.history());
        assertThat(verdict.status()).isEqualTo(Verdict.Status.UNDECIDED);
        assertThat(verdict.reservations()).hasSize(4);
        assertThat(verdict.reservations().get(0)).contains("etalon-1", "P3");
        assertThat(verdict.reservations().get(3)).isEqualTo("2 more keys were not judged for such reasons");
    }

    @Test
    void threeKeysThatAreNotJudgedAreAllNamed() {
        for (int key = 1; key <= 3; key++) {
            story.key(key);
            Operation unread = story.write(3, Precondition.NONE, Outcome.unknown(Outcome.Cause.TIMEOUT), 0, 0, 1);
            story.put(1, unread, 2, 3);
        }
        assertThat(Judge.judge(story.history()).reservations()).hasSize(3);
    }

    @Test
    void aHistoryInWhichNothingIsKnownIsNoPass() {
        story.silent(1, 0, 1);
        Verdict verdict = Judge.judge(story.history());
        assertThat(verdict.status()).isEqualTo(Verdict.Status.UNDECIDED);
        assertThat(verdict.reservations()).containsExactly("nothing was judged: no operation has a known outcome");
    }
}
