package dev.etalon.core.check;

import static org.assertj.core.api.Assertions.assertThat;

import dev.etalon.core.model.Grade;
import dev.etalon.core.model.Operation;
import dev.etalon.core.model.Outcome;
import dev.etalon.core.model.Precondition;
import dev.etalon.core.model.RoundTally;
import dev.etalon.core.model.Shape;
import dev.etalon.core.model.Verdict;
import dev.etalon.core.plan.Alignment;
import dev.etalon.core.plan.Budget;
import dev.etalon.core.plan.Capability;
import dev.etalon.core.plan.Intent;
import dev.etalon.core.plan.Plan;
import dev.etalon.core.plan.Protocol;
import dev.etalon.core.plan.PutRace;
import dev.etalon.core.plan.RoundPlan;
import dev.etalon.core.plan.Workload;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** The table of outcomes: every shape a volley can have is graded, and one that nobody foresaw fails. */
class OutcomeTextTest {
    private static final PutRace RACE = new PutRace(Protocol.HTTP, PutRace.Form.STALE_FRESH_MIX) {};

    private final Story story = new Story();
    private int rounds;

    /** One raced round: two racers with the current tag and one with a superseded one. */
    private void round(
            Outcome first, int firstStatus, Outcome second, int secondStatus, Outcome stale, int staleStatus) {
        story.key(rounds).round(rounds);
        long at = 100L * rounds++;
        Operation old = story.lay(at, at + 1);
        Operation base = story.put(0, old, at + 2, at + 3);
        write(1, base, first, firstStatus, at);
        write(2, base, second, secondStatus, at);
        write(3, old, stale, staleStatus, at);
        story.get(0, base, at + 20, at + 21);
    }

    private void write(int actor, Operation parent, Outcome outcome, int status, long at) {
        story.write(
                actor,
                Precondition.ifMatch(Story.tagOf(parent.version()), parent.version()),
                outcome,
                status,
                at + 4,
                at + 9);
    }

    private Verdict verdict() {
        List<RoundPlan> planned = IntStream.range(0, rounds)
                .mapToObj(index -> new RoundPlan(
                        index,
                        index,
                        Alignment.BARRIER,
                        List.of(Intent.FRESH, Intent.FRESH, Intent.STALE),
                        List.of(0, 1, 2),
                        512))
                .toList();
        Plan plan = new Plan("http/x", 1, 1, "k-", new Workload.Rounds(planned), RACE.expectations());
        return Judge.judge(plan, story.history(), Optional.empty());
    }

    private Shape only() {
        RoundTally tally = verdict().rounds();
        assertThat(tally.shapes()).hasSize(1);
        return tally.shapes().get(0);
    }

    private static final Outcome WON = Outcome.APPLIED;
    private static final Outcome LOST = Outcome.REFUSED;
    private static final Outcome UNCLEAR = Outcome.unknown(Outcome.Cause.STATUS);

    @Test
    void oneWinnerAndRefusedLosersIsWhatIsPromised() {
        round(WON, 200, LOST, 412, LOST, 412);
        assertThat(only().outcome()).isEqualTo("fresh: 1 won, others 412; stale: 0 won, others 412");
        assertThat(only().grade()).isEqualTo(Grade.ACCEPTABLE);
        assertThat(verdict().rounds().determinism()).isEqualTo(1);
    }

    @Test
    void twoWinnersAreForbidden() {
        round(WON, 200, WON, 204, LOST, 412);
        assertThat(only().grade()).isEqualTo(Grade.FORBIDDEN);
    }

    @Test
    void aStaleWinnerIsForbidden() {
        round(WON, 200, LOST, 412, WON, 200);
        assertThat(only().grade()).isEqualTo(Grade.FORBIDDEN);
    }

    @Test
    void nobodyGettingThroughIsForbidden() {
        round(LOST, 412, LOST, 412, LOST, 412);
        assertThat(only().grade()).isEqualTo(Grade.FORBIDDEN);
    }

    @Test
    void aLoserThatIsToldToTryAgainIsInteresting() {
        round(WON, 200, UNCLEAR, 409, LOST, 412);
        assertThat(only().grade()).isEqualTo(Grade.ACCEPTABLE_INTERESTING);
    }

    @Test
    void aLoserThatIsToldNothingIsInteresting() {
        round(WON, 200, UNCLEAR, 500, LOST, 412);
        assertThat(only().description()).contains("A16");
        assertThat(only().grade()).isEqualTo(Grade.ACCEPTABLE_INTERESTING);
    }

    @Test
    void anOutcomeThatNobodyForesawIsUnknownAndFails() {
        round(WON, 200, UNCLEAR, 418, LOST, 412);
        assertThat(only().grade()).isEqualTo(Grade.UNKNOWN);
        assertThat(verdict().reservations()).anyMatch(sentence -> sentence.contains("nobody wrote an expectation for"));
    }

    @Test
    void theTableReadsLikeThis() throws IOException {
        for (int i = 0; i < 17; i++) {
            round(WON, 200, LOST, 412, LOST, 412);
        }
        round(WON, 200, WON, 200, LOST, 412);
        round(WON, 200, UNCLEAR, 503, LOST, 412);
        round(WON, 200, UNCLEAR, 418, LOST, 412);
        Golden.check("outcomes", OutcomeText.of(verdict().rounds()));
    }

    @Test
    void anEqualOutcomeEveryTimeIsStatedWithItsBound() throws IOException {
        for (int i = 0; i < 20; i++) {
            round(WON, 200, LOST, 412, LOST, 412);
        }
        Golden.check("outcomes-deterministic", OutcomeText.of(verdict().rounds()));
    }

    @Test
    void whereNothingIsGradedThereIsNoTable() {
        assertThat(OutcomeText.of(RoundTally.none(3))).isEmpty();
    }

    @Test
    void everyRaceOfRoundsGradesItsOutcomes() {
        assertThat(RACE.needs()).isEqualTo(Capability.PUT_IF_MATCH);
        assertThat(RACE.workload(1, new Budget(1, 1)).size()).isEqualTo(1);
        assertThat(RACE.expectations()).isNotEmpty();
    }
}
