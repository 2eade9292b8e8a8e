package dev.etalon.core.check;

import static org.assertj.core.api.Assertions.assertThat;

import dev.etalon.core.model.Grade;
import dev.etalon.core.model.Observation;
import dev.etalon.core.model.Operation;
import dev.etalon.core.model.RoundTally;
import dev.etalon.core.model.Shape;
import dev.etalon.core.model.StrategyTally;
import dev.etalon.core.model.Timing;
import dev.etalon.core.plan.Alignment;
import dev.etalon.core.plan.Expectation;
import dev.etalon.core.plan.Intent;
import dev.etalon.core.plan.Plan;
import dev.etalon.core.plan.RoundPlan;
import dev.etalon.core.plan.Workload;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What is counted of the rounds, and what is not. */
class RoundShapesTest {
    private final Story story = new Story();

    private static Plan rounds(int count, Intent... racers) {
        List<Integer> order = IntStream.range(0, racers.length).boxed().toList();
        List<RoundPlan> planned = IntStream.range(0, count)
                .mapToObj(i -> new RoundPlan(i, i, Alignment.BARRIER, List.of(racers), order, 512))
                .toList();
        return new Plan(
                "http/story",
                1,
                1,
                "k-",
                new Workload.Rounds(planned),
                List.of(new Expectation(".*", Grade.ACCEPTABLE, "whatever it is")));
    }

    private RoundTally counter(int clients, int increments) {
        Plan plan = new Plan("http/story", 1, 1, "k-", new Workload.Counter(Story.KEY, clients, increments, 100, 512));
        return RoundShapes.tally(plan, story.history());
    }

    /** A round of two racers, of whom as many win as are told. */
    private void race(int round, int winners) {
        story.round(round).key(round);
        Operation base = story.lay(0, 1);
        for (int racer = 1; racer <= 2; racer++) {
            if (racer <= winners) {
                story.put(racer, base, 2, 4);
            } else {
                story.refused(racer, base, 2, 4);
            }
        }
    }

    private List<String> shapes(Plan plan) {
        return RoundShapes.tally(plan, story.history()).shapes().stream()
                .map(Shape::outcome)
                .toList();
    }

    @Test
    void whatTheGuardWasToldIsNoLoss() {
        story.round(-1);
        Operation base = story.lay(0, 1);
        story.refused(1, base, 2, 3);
        story.unknown(1, base, 4, 5);
        RoundTally tally = RoundShapes.tally(rounds(1, Intent.FRESH, Intent.FRESH), story.history());
        assertThat(tally.losers()).isEmpty();
        assertThat(tally.unknowns()).isZero();
    }

    @Test
    void aCounterIsPlannedToCountWhatAllItsClientsAdd() {
        assertThat(counter(3, 5).planned()).isEqualTo(15);
    }

    @Test
    void anIncrementAnsweredInTheTickOfTheLastReadNeedNotBeInIt() {
        Operation base = story.lay(0, 1);
        story.put(1, base, 2, 5);
        story.get(0, base, 1, 5, 6);
        assertThat(counter(1, 1).lost()).isZero();
    }

    @Test
    void anIncrementAnsweredATickBeforeTheLastReadIsLostIfItIsNotInIt() {
        Operation base = story.lay(0, 1);
        story.put(1, base, 2, 4);
        story.get(0, base, 1, 5, 6);
        assertThat(counter(1, 1).lost()).isEqualTo(1);
    }

    @Test
    void aReadInTheTickOfTheLastAnswerIsNotAReadAfterwards() {
        race(0, 1);
        story.absent(0, 4, 5);
        assertThat(RoundShapes.unread(story.history())).isEqualTo(1);
        story.absent(0, 5, 6);
        assertThat(RoundShapes.unread(story.history())).isZero();
    }

    @Test
    void aKeyThatNobodyRacedForNeedsNoReadAfterwards() {
        Operation base = story.lay(0, 1);
        story.get(0, base, 2, 4);
        story.get(0, base, 3, 5);
        assertThat(RoundShapes.unread(story.history())).isZero();
    }

    @Test
    void readersWhoMeetBesideAWriterWithoutAnAnswerNeedNoReadAfterwards() {
        Operation base = story.lay(0, 1);
        story.unfinished(1, base, 2);
        story.get(2, base, 2, 4);
        story.get(3, base, 3, 5);
        assertThat(RoundShapes.unread(story.history())).isZero();
    }

    @Test
    void theMostFrequentOutcomeComesFirst() {
        race(0, 0);
        race(1, 1);
        race(2, 1);
        race(3, 2);
        race(4, 2);
        race(5, 2);
        assertThat(shapes(rounds(6, Intent.FRESH, Intent.FRESH)))
                .containsExactly("fresh: 2+ won", "fresh: 1 won, others 412", "fresh: 0 won, others 412");
    }

    @Test
    void whoWasNotPlannedIsTakenByHisCondition() {
        story.round(0).key(0);
        Operation base = story.lay(0, 1);
        story.put(1, base, 2, 4);
        story.refused(2, base, 2, 4);
        story.createRefused(3, 2, 4);
        story.refused(4, base, 2, 4);
        story.round(1).key(1);
        Operation other = story.lay(10, 11);
        story.put(1, other, 12, 14);
        story.createRefused(2, 12, 14);
        assertThat(shapes(rounds(1, Intent.STALE, Intent.STALE)))
                .containsExactlyInAnyOrder(
                        "fresh: 0 won, others 412; create: 0 won, others 412; stale: 1 won, others 412",
                        "fresh: 1 won; create: 0 won, others 412");
    }

    @Test
    void eachStrategySaysHowWellItsRacersWereAlignedAndHowOftenSeveralWon() {
        List<Alignment> strategies =
                List.of(Alignment.BARRIER, Alignment.BARRIER, Alignment.HELD_UPLOAD, Alignment.GATE, Alignment.BARRIER);
        List<Intent> two = List.of(Intent.FRESH, Intent.FRESH);
        List<RoundPlan> planned = IntStream.range(0, strategies.size())
                .mapToObj(i -> new RoundPlan(i, i, strategies.get(i), two, List.of(0, 1), 512))
                .toList();
        Plan plan = new Plan("http/story", 1, 1, "k-", new Workload.Rounds(planned), List.of());
        // Of the barrier's rounds one has a winner and one two; one of the gate's misses; the last is not raced.
        pair(0, 3, false);
        pair(1, 5, true);
        pair(2, 40, true);
        pair(3, 0, false);
        RoundTally tally = RoundShapes.tally(plan, story.history());
        assertThat(tally.strategies())
                .containsExactly(
                        new StrategyTally("barrier", 3, 2, 1, new Timing(3_000_000, 5_000_000, 1)),
                        new StrategyTally("held-upload", 1, 1, 1, new Timing(0, 0, 1)),
                        new StrategyTally("gate", 1, 1, 0, new Timing(0, 0, 1)));
        assertThat(tally.timing()).isEqualTo(new Timing(3_000_000, 5_000_000, 1));
        assertThat(StrategyText.of(tally))
                .isEqualTo("  barrier           several winners in 1 of 2 rounds; alignment p50 3000 µs, p90 5000 µs,"
                        + " 100 % of racers in flight at once\n"
                        + "  held-upload       several winners in 1 of 1 rounds; 100 % of racers in flight at once\n"
                        + "  gate              several winners in 0 of 1 rounds; 100 % of racers in flight at once\n");
    }

    /** A round of two racers who begin some ticks apart; the second wins as well, or is refused. */
    private void pair(int round, long apart, boolean bothWin) {
        story.round(round).key(round);
        long at = 1000L * round;
        Operation base = story.lay(at, at + 1);
        story.put(1, base, at + 2, at + 100);
        if (bothWin) {
            story.put(2, base, at + 2 + apart, at + 100);
        } else {
            story.refused(2, base, at + 2 + apart, at + 100);
        }
    }

    @Test
    void aStrategyThatRacedNothingSaysNoMore() {
        RoundTally tally = RoundShapes.tally(rounds(1, Intent.FRESH, Intent.FRESH), story.history());
        assertThat(tally.timing()).isEqualTo(Timing.NONE);
        assertThat(StrategyText.of(tally)).isEqualTo("  barrier           several winners in 0 of 0 rounds\n");
    }

    @Test
    void shortTimesAreTold_inTenthsOfAMicrosecond() {
        assertThat(StrategyText.of(new Timing(9_949, 10_000, 0.978)))
                .isEqualTo("alignment p50 9.9 µs, p90 10 µs, 97 % of racers in flight at once");
    }

    @Test
    void whatReadersWereShownIsPartOfTheOutcome_eachKindOnce() {
        story.round(0).key(0);
        Operation base = story.lay(0, 1);
        story.put(1, base, 2, 9);
        story.get(2, base, 2, 9);
        story.get(3, base, 2, 9);
        story.torn(4, Observation.Flaw.LENGTH, 2, 9);
        story.absent(5, 2, 9);
        story.silent(6, 2, 9);
        story.readUnknown(7, 200, 2, 9);
        story.readUnknown(8, 503, 2, 9);
        Intent[] racers = IntStream.range(0, 8)
                .mapToObj(i -> i == 0 ? Intent.FRESH : Intent.READ)
                .toArray(Intent[]::new);
        assertThat(shapes(rounds(1, racers))).containsExactly("fresh: 1 won; read: 503 absent none torn whole");
    }
}
