package dev.etalon.core.check;

import static org.assertj.core.api.Assertions.assertThat;

import dev.etalon.core.check.Watermark.Breach;
import dev.etalon.core.check.Watermark.Flight;
import dev.etalon.core.check.Watermark.Violation;
import org.junit.jupiter.api.Test;

/** The online checker fed by hand, as a soak would feed it: what it says, when, and what it keeps in memory. */
class WatermarkTest {
    private static final int LONG = 5_000;

    private final Watermark watermark = new Watermark();
    private long operations;

    private Flight read() {
        return watermark.read(operations++);
    }

    private Flight write(long version, long parent, int depth) {
        return watermark.write(operations++, version, parent, depth);
    }

    /** Versions 1, 2 … each over the one before it. */
    private void chain(int from, int to) {
        for (int depth = from; depth <= to; depth++) {
            watermark.applied(write(depth, depth - 1, depth));
        }
    }

    private void legal() {
        assertThat(watermark.violation()).isNull();
    }

    private void broken(Breach breach, long operation, long proof) {
        assertThat(watermark.violation()).isEqualTo(new Violation(breach, operation, proof));
    }

    @Test
    void aLongHistoryIsHeldInASmallWindow() {
        for (int depth = 1; depth <= LONG; depth++) {
            Flight read = read();
            chain(depth, depth);
            watermark.showed(read, depth, depth);
            assertThat(watermark.window()).isLessThanOrEqualTo(16);
            assertThat(watermark.undetermined()).isZero();
        }
        legal();
    }

    @Test
    void whileARequestIsInFlightEverythingCommittedSinceIsKept() {
        chain(1, 100);
        Flight slow = read();
        chain(101, 400);
        assertThat(watermark.window()).isBetween(301, 401);
        watermark.showed(slow, 250, 250);
        legal();
        chain(401, 1_000);
        assertThat(watermark.window()).isLessThanOrEqualTo(512);
    }

    @Test
    void whatWasForgottenIsStaleByItsDepth() {
        chain(1, 100);
        watermark.showed(read(), 7, 7);
        broken(Breach.STALE, 100, 99);
    }

    @Test
    void aKeyWithoutAnythingHoldsTheStateAbsent() {
        assertThat(watermark.window()).isEqualTo(1);
        watermark.showed(read(), Watermark.ABSENT, 0);
        legal();
    }

    @Test
    void racersAreHeldUntilTheWinnerIsKnown() {
        Flight one = write(1, Watermark.ABSENT, 1);
        Flight two = write(2, Watermark.ABSENT, 1);
        watermark.unknown(write(3, Watermark.ABSENT, 1));
        assertThat(watermark.undetermined()).isEqualTo(3);
        watermark.refused(one);
        assertThat(watermark.undetermined()).isEqualTo(2);
        watermark.applied(two);
        assertThat(watermark.undetermined()).isZero();
        legal();
    }

    @Test
    void aWriteOverAVersionKnownToBeReplacedIsNoRacer() {
        chain(1, 2);
        Flight stale = write(9, 1, 2);
        assertThat(watermark.undetermined()).isZero();
        watermark.refused(stale);
        legal();
    }

    @Test
    void aWriteSentAfterARefusalOnItsParentIsNoRacer() {
        write(1, Watermark.ABSENT, 1);
        watermark.refused(write(2, Watermark.ABSENT, 1));
        write(3, Watermark.ABSENT, 1);
        assertThat(watermark.undetermined()).isEqualTo(1);
        watermark.showed(read(), 3, 1);
        broken(Breach.NOT_LIVE, 3, -1);
    }

    @Test
    void theLastRacerOfSeveralThatIsRefusedShowsThatNobodyWon() {
        Flight one = write(1, Watermark.ABSENT, 1);
        Flight two = write(2, Watermark.ABSENT, 1);
        watermark.refused(one);
        legal();
        watermark.refused(two);
        broken(Breach.PHANTOM_REFUSAL, 0, -1);
    }

    @Test
    void anUnknownRacerExcusesTheRefusals() {
        watermark.unknown(write(1, Watermark.ABSENT, 1));
        watermark.refused(write(2, Watermark.ABSENT, 1));
        watermark.refused(write(3, Watermark.ABSENT, 1));
        legal();
        watermark.showed(read(), 1, 1);
        legal();
    }

    @Test
    void afterARefusalTheOldStateIsStale() {
        watermark.unknown(write(1, Watermark.ABSENT, 1));
        watermark.refused(write(2, Watermark.ABSENT, 1));
        watermark.showed(read(), Watermark.ABSENT, 0);
        broken(Breach.STALE, 2, 1);
    }

    @Test
    void aRefusedWriteMustNotHaveBeenSeen() {
        Flight write = write(1, Watermark.ABSENT, 1);
        watermark.showed(read(), 1, 1);
        watermark.refused(write);
        broken(Breach.REFUSED_BUT_APPLIED, 0, 1);
    }

    @Test
    void nobodyMayShowAVersionThatWasNeverSent() {
        watermark.showed(read(), 9, 1);
        broken(Breach.NOT_LIVE, 0, -1);
    }

    @Test
    void aVersionAtAnotherDepthThanItWasSentWithIsNotThatVersion() {
        write(1, Watermark.ABSENT, 1);
        watermark.showed(read(), 1, 2);
        broken(Breach.NOT_LIVE, 1, -1);
    }

    @Test
    void twoSuccessesOnOneVersionAreAFork() {
        chain(1, 1);
        Flight one = write(2, 1, 2);
        Flight two = write(3, 1, 2);
        watermark.applied(one);
        watermark.applied(two);
        broken(Breach.FORK, 2, 1);
    }

    @Test
    void aSuccessOnASupersededVersionIsStale() {
        chain(1, 2);
        watermark.applied(write(9, 1, 2));
        broken(Breach.STALE, 2, 1);
    }

    @Test
    void withinOneTickATagMayBeUsedBeforeTheAnswerThatGaveItEnds() {
        Flight first = write(1, Watermark.ABSENT, 1);
        Flight second = write(2, 1, 2);
        Flight third = write(3, 2, 3);
        watermark.applied(third);
        watermark.applied(second);
        watermark.applied(first);
        legal();
        assertThat(watermark.window()).isEqualTo(4);
    }

    @Test
    void whoSucceedsOnAVersionThatWasRefusedIsNotOnTheChain() {
        Flight refused = write(1, Watermark.ABSENT, 1);
        Flight winner = write(2, Watermark.ABSENT, 1);
        Flight child = write(3, 1, 2);
        watermark.applied(winner);
        watermark.refused(refused);
        watermark.applied(child);
        broken(Breach.FORK, 2, 1);
    }

    @Test
    void afterTheFirstContradictionNothingMoreIsSaid() {
        watermark.showed(read(), 9, 1);
        Violation first = watermark.violation();
        watermark.showed(read(), 8, 4);
        watermark.refused(write(7, Watermark.ABSENT, 1));
        assertThat(watermark.violation()).isSameAs(first);
    }
}
