package dev.etalon.core.check;

import static org.assertj.core.api.Assertions.assertThat;

import dev.etalon.core.model.Anomaly;
import dev.etalon.core.model.Finding;
import dev.etalon.core.model.Observation;
import dev.etalon.core.model.Operation;
import dev.etalon.core.model.Outcome;
import dev.etalon.core.model.Precondition;
import dev.etalon.core.model.Version;
import java.util.List;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Every anomaly beside its legal twin: the smallest history that shows it, and the nearest one that does not. */
class KeyCheckTest {
    private final Story story = new Story();

    private void legal() {
        assertThat(story.findings()).isEmpty();
    }

    private Finding only(Anomaly anomaly, Operation... witness) {
        assertThat(story.anomalies()).containsExactly(anomaly);
        Finding finding = story.first().orElseThrow();
        assertThat(finding.witness()).containsExactly(witness);
        assertThat(finding.key()).isEqualTo(Story.KEY);
        return finding;
    }

    @Test
    void anEmptyHistoryIsLegal() {
        legal();
    }

    @Nested
    class ConditionIgnored {
        @Test
        void aForeignTagMayBeRefused() {
            story.lay(0, 1);
            story.foreign(1, Outcome.REFUSED, 412, 2, 3);
            legal();
        }

        @Test
        void aForeignTagMayBeAnsweredWithAnErrorAndNeverApplied() {
            Operation base = story.lay(0, 1);
            story.foreign(1, Outcome.unknown(Outcome.Cause.STATUS), 501, 2, 3);
            story.get(0, base, 4, 5);
            legal();
        }

        @Test
        void aForeignTagIsNeverAccepted() {
            story.round(-1);
            Operation base = story.lay(0, 1);
            Operation read = story.get(0, base, 2, 3);
            Operation foreign = story.foreign(0, Outcome.APPLIED, 200, 4, 5);
            story.get(0, foreign, 6, 7);
            Finding finding = only(Anomaly.CONDITION_IGNORED, read, foreign);
            assertThat(finding.round()).isEqualTo(-1);
            assertThat(base.version()).isEqualTo(read.seen().orElseThrow());
        }

        @Test
        void aForeignTagIsNotAppliedLaterEither() {
            Operation base = story.lay(0, 1);
            Operation foreign = story.foreign(1, Outcome.unknown(Outcome.Cause.TIMEOUT), 0, 2, 3);
            Operation read = story.get(0, foreign, 4, 5);
            assertThat(story.anomalies()).containsExactly(Anomaly.CONDITION_IGNORED);
            assertThat(story.first().orElseThrow().witness()).containsExactly(base, foreign, read);
        }

        @Test
        void whereNobodyReadTheProofIsTheAcknowledgement() {
            Operation base = story.lay(0, 1);
            Operation foreign = story.foreign(1, Outcome.APPLIED, 200, 2, 3);
            only(Anomaly.CONDITION_IGNORED, base, foreign);
        }

        @Test
        void theProofIsWhatWasKnownLastBeforeIt() {
            Operation base = story.lay(0, 1);
            story.get(0, base, 2, 3);
            Operation last = story.get(0, base, 3, 5);
            story.silent(0, 5, 6);
            Operation foreign = story.foreign(1, Outcome.APPLIED, 200, 7, 8);
            story.get(0, base, 7, 9);
            only(Anomaly.CONDITION_IGNORED, last, foreign);
        }

        @Test
        void aCreateMayBeAcceptedWhereTheFirstWriteWasStillInFlight() {
            story.round(-1);
            story.lay(0, 2);
            story.create(0, 2, 3);
            assertThat(story.anomalies()).doesNotContain(Anomaly.CONDITION_IGNORED);
        }

        @Test
        void aCreateOverWhatExistsMayBeRefused() {
            story.round(-1);
            story.lay(0, 1);
            story.createRefused(0, 2, 3);
            legal();
        }

        @Test
        void aCreateOverWhatExistsIsNeverAccepted() {
            story.round(-1);
            Operation base = story.lay(0, 1);
            Operation create = story.create(0, 2, 3);
            story.get(0, create, 4, 5);
            only(Anomaly.CONDITION_IGNORED, base, create);
        }

        @Test
        void inARaceTheSameIsADuplicateCreate() {
            story.round(0);
            Operation base = story.lay(0, 1);
            Operation create = story.create(1, 2, 3);
            only(Anomaly.DUPLICATE_CREATE, base, create);
        }
    }

    @Nested
    class TornBody {
        @Test
        void aReadDuringAWriteMayShowTheOldBody() {
            Operation base = story.lay(0, 1);
            story.put(1, base, 2, 9);
            story.get(2, base, 3, 8);
            legal();
        }

        @Test
        void aReadDuringAWriteMayShowTheNewBody() {
            Operation base = story.lay(0, 1);
            Operation next = story.put(1, base, 2, 9);
            story.get(2, next, 3, 4);
            story.get(2, next, 5, 6);
            legal();
        }

        @ParameterizedTest
        @EnumSource(
                mode = EnumSource.Mode.EXCLUDE,
                names = {"OTHER_KEY", "OTHER_RUN"})
        void aReadNeverShowsABodyThatNobodyWrote(Observation.Flaw flaw) {
            Operation base = story.lay(0, 1);
            story.put(1, base, 2, 9);
            Operation torn = story.torn(2, flaw, 3, 8);
            assertThat(only(Anomaly.TORN_BODY, torn).explanation()).contains(flaw.sentence());
        }
    }

    @Nested
    class PhantomValue {
        @ParameterizedTest
        @EnumSource(names = {"OTHER_KEY", "OTHER_RUN"})
        void aReadNeverShowsAWholeBodyThatWasWrittenElsewhere(Observation.Flaw flaw) {
            Operation base = story.lay(0, 1);
            story.put(1, base, 2, 9);
            Operation strange = story.torn(2, flaw, 3, 8);
            assertThat(only(Anomaly.PHANTOM_VALUE, strange).explanation()).contains(flaw.sentence());
        }

        @Test
        void aReadMayShowAWriteThatIsStillInFlight() {
            Operation base = story.lay(0, 1);
            Operation next = story.unfinished(1, base, 2);
            story.get(2, next, 3, 4);
            legal();
        }

        @Test
        void aReadMayEndAtTheTickInWhichItsWriteBegins() {
            Operation base = story.lay(0, 1);
            Operation next = story.put(1, base, 5, 7);
            story.get(2, next, 2, 5);
            legal();
        }

        @Test
        void aReadNeverShowsAWriteThatWasNeverSent() {
            story.lay(0, 1);
            Operation read = story.getPhantom(2, new Version(9, 9), 2, 3);
            only(Anomaly.PHANTOM_VALUE, read);
        }

        @Test
        void aReadNeverShowsAWriteThatHasNotBegun() {
            Operation base = story.lay(0, 1);
            Operation next = story.put(1, base, 5, 7);
            Operation read = story.get(2, next, 2, 4);
            only(Anomaly.PHANTOM_VALUE, read, next);
        }
    }

    /** Shared tags and split tags: who is odd, the reader or the server. */
    @Nested
    class Tags {
        @Test
        void everyBearerOfAVersionMayShowItsOneTag() {
            Operation base = story.lay(0, 1);
            Operation next = story.put(1, base, 2, 3);
            story.get(2, next, 4, 5);
            story.get(3, next, 4, 5);
            legal();
        }

        @Test
        void anAcknowledgementMayComeWithoutATag() {
            Operation base = story.lay(0, 1);
            Operation next = story.putTagged(1, base, null, 2, 3);
            story.get(2, next, 4, 5);
            legal();
        }

        @Test
        void oneVersionNeverHasTwoTags() {
            Operation base = story.lay(0, 1);
            Operation read = story.getTagged(2, base, "\"other\"", 4, 5);
            only(Anomaly.UNSTABLE_TAG, base, read);
        }

        @Test
        void twoVersionsNeverShareATag() {
            Operation base = story.lay(0, 1);
            Operation next =
                    story.putTagged(1, base, Story.tagOf(base.version()).value(), 2, 3);
            only(Anomaly.TAG_REUSE, base, next);
        }

        @Test
        void aReadDuringAWriteNeverMixesABodyWithAnotherTag() {
            Operation base = story.lay(0, 1);
            Operation next = story.put(1, base, 2, 9);
            Operation mixed =
                    story.getTagged(2, base, Story.tagOf(next.version()).value(), 3, 8);
            only(Anomaly.MIXED_ANSWER, next, mixed);
        }
    }

    /** Which of two bearers of a tag is odd hangs on whether a write was in flight while the answer was made. */
    @Nested
    class Quiet {
        private Anomaly sharedWith(long start, long end) {
            Operation next = story.put(1, untagged(), 10, 20);
            story.getTagged(2, base, Story.tagOf(next.version()).value(), start, end);
            return story.anomalies().get(0);
        }

        private Operation base;

        /** A version that was acknowledged without a tag, so that it has none of its own. */
        private Operation untagged() {
            base = story.putTagged(5, story.lay(0, 1), null, 2, 3);
            return base;
        }

        @Test
        void aBodyWithATagOfItsOwnWasGivenAnotherBodysTag() {
            Operation own = story.lay(0, 1);
            Operation next = story.put(1, own, 10, 20);
            Operation mixed =
                    story.getTagged(2, own, Story.tagOf(next.version()).value(), 25, 26);
            only(Anomaly.MIXED_ANSWER, next, own, mixed);
        }

        @Test
        void anAnswerMadeWhileAWriteIsInFlightMayBeMixed() {
            assertThat(sharedWith(12, 15)).isEqualTo(Anomaly.MIXED_ANSWER);
        }

        @Test
        void anAnswerThatEndsAsTheWriteBeginsMayBeMixed() {
            assertThat(sharedWith(8, 10)).isEqualTo(Anomaly.MIXED_ANSWER);
        }

        @Test
        void anAnswerThatBeginsAsTheWriteEndsMayBeMixed() {
            assertThat(sharedWith(20, 22)).isEqualTo(Anomaly.MIXED_ANSWER);
        }

        @Test
        void beforeTheWriteItIsTheServerThatGaveOneTagTwice() {
            assertThat(sharedWith(8, 9)).isEqualTo(Anomaly.TAG_REUSE);
        }

        @Test
        void afterTheWriteItIsTheServerThatGaveOneTagTwice() {
            assertThat(sharedWith(21, 22)).isEqualTo(Anomaly.TAG_REUSE);
        }

        @Test
        void anAnswerInQuietIsTheOneToShow() {
            Operation next = story.put(1, untagged(), 10, 20);
            String tag = Story.tagOf(next.version()).value();
            story.getTagged(2, base, tag, 12, 15);
            Operation quiet = story.getTagged(3, base, tag, 25, 26);
            Finding finding = story.first().orElseThrow();
            assertThat(finding.anomaly()).isEqualTo(Anomaly.TAG_REUSE);
            assertThat(finding.witness()).contains(quiet);
        }

        @Test
        void aRefusedWritesTagSaysNothing() {
            Operation base = story.lay(0, 1);
            Operation winner = story.put(1, base, 2, 5);
            story.refused(2, base, 2, 5);
            story.get(3, winner, 6, 7);
            legal();
        }

        @Test
        void aSplitTagHidesNoLostUpdate() {
            Operation base = story.lay(0, 1);
            story.getTagged(2, base, "\"other\"", 2, 3);
            story.put(1, base, 4, 5);
            story.put(2, base, 4, 5);
            assertThat(story.anomalies()).containsExactly(Anomaly.LOST_UPDATE, Anomaly.UNSTABLE_TAG);
        }
    }

    @Nested
    class RefusedButApplied {
        @Test
        void aRefusedWriteMayStayUnseen() {
            Operation base = story.lay(0, 1);
            Operation winner = story.put(1, base, 2, 5);
            story.refused(2, base, 2, 5);
            story.get(0, winner, 6, 7);
            legal();
        }

        @Test
        void aRefusedWriteIsNeverSeen() {
            Operation base = story.lay(0, 1);
            story.put(1, base, 2, 5);
            Operation refused = story.refused(2, base, 2, 5);
            Operation read = story.get(0, refused, 6, 7);
            only(Anomaly.REFUSED_BUT_APPLIED, refused, read);
        }

        @Test
        void aConflictThatIsSeenLaterWasAnUnknownOutcomeAndIsLegal() {
            Operation base = story.lay(0, 1);
            Operation conflict = story.write(
                    1,
                    Precondition.ifMatch(Story.tagOf(base.version()), base.version()),
                    Outcome.unknown(Outcome.Cause.STATUS),
                    409,
                    2,
                    3);
            story.get(0, conflict, 4, 5);
            legal();
        }
    }

    @Nested
    class LostUpdate {
        @Test
        void ofTwoRacersOneMayWin() {
            Operation base = story.lay(0, 1);
            Operation winner = story.put(1, base, 2, 6);
            story.refused(2, base, 3, 5);
            story.get(0, winner, 7, 8);
            legal();
        }

        @Test
        void ofTwoRacersNeverBothWin() {
            Operation base = story.lay(0, 1);
            Operation proof = story.get(0, base, 1, 2);
            Operation one = story.put(1, base, 3, 6);
            Operation two = story.put(2, base, 4, 5);
            Operation after = story.get(0, two, 7, 8);
            Finding finding = story.first().orElseThrow();
            assertThat(story.anomalies()).containsExactly(Anomaly.LOST_UPDATE);
            assertThat(finding.witness()).contains(proof, one, two, after);
        }

        @Test
        void aWinnerWithoutAnAnswerCountsOnceItIsSeen() {
            Operation base = story.lay(0, 1);
            Operation silentWinner = story.unknown(1, base, 2, 6);
            Operation winner = story.put(2, base, 3, 5);
            story.get(3, silentWinner, 4, 5);
            assertThat(story.anomalies()).containsExactly(Anomaly.LOST_UPDATE);
            assertThat(story.first().orElseThrow().witness()).contains(silentWinner, winner);
        }

        @Test
        void twoSuccessesThatOnlyTouchInTimeAreOverlapping() {
            Operation base = story.lay(0, 1);
            story.put(1, base, 2, 4);
            story.put(2, base, 4, 6);
            assertThat(story.anomalies()).containsExactly(Anomaly.LOST_UPDATE);
        }

        @Test
        void theConsequencesOfAForkAreNotReportedBesideIt() {
            Operation base = story.lay(0, 1);
            Operation one = story.put(1, base, 2, 6);
            Operation two = story.put(2, base, 3, 5);
            story.get(3, one, 7, 8);
            story.get(3, two, 9, 10);
            story.get(3, base, 11, 12);
            story.refused(3, two, 13, 14);
            assertThat(story.anomalies()).containsExactly(Anomaly.LOST_UPDATE);
        }
    }

    @Nested
    class DuplicateCreate {
        @Test
        void ofTwoCreatorsOneMayWin() {
            Operation winner = story.create(1, 2, 6);
            story.createRefused(2, 3, 5);
            story.get(0, winner, 7, 8);
            legal();
        }

        @Test
        void ofTwoCreatorsNeverBothWin() {
            Operation one = story.create(1, 2, 6);
            Operation two = story.create(2, 3, 5);
            only(Anomaly.DUPLICATE_CREATE, one, two);
        }
    }

    @Nested
    class StaleSuccess {
        @Test
        void aWriteOverTheNewestVersionMaySucceed() {
            Operation base = story.lay(0, 1);
            Operation next = story.put(1, base, 2, 3);
            story.put(2, next, 4, 5);
            legal();
        }

        @Test
        void aWriteOverASupersededVersionNeverSucceeds() {
            Operation base = story.lay(0, 1);
            Operation next = story.put(1, base, 2, 3);
            Operation late = story.put(2, base, 4, 5);
            assertThat(story.anomalies()).containsExactly(Anomaly.STALE_SUCCESS);
            assertThat(story.first().orElseThrow().witness()).containsSubsequence(next, late);
        }

        @Test
        void aReadIsProofEnoughThatAVersionWasSuperseded() {
            Operation base = story.lay(0, 1);
            Operation next = story.unknown(1, base, 2, 20);
            story.get(3, next, 4, 5);
            story.put(2, base, 6, 7);
            assertThat(story.anomalies()).containsExactly(Anomaly.STALE_SUCCESS);
        }
    }

    @Nested
    class StaleRead {
        @Test
        void aReadThatOverlapsTheProofMayBeOld() {
            Operation base = story.lay(0, 1);
            Operation next = story.put(1, base, 2, 4);
            story.get(2, base, 4, 6);
            story.get(2, next, 7, 8);
            legal();
        }

        @Test
        void aReadAfterTheProofIsNeverOld() {
            Operation base = story.lay(0, 1);
            Operation next = story.put(1, base, 2, 4);
            Operation old = story.get(2, base, 5, 6);
            story.get(2, next, 7, 8);
            only(Anomaly.STALE_READ, next, old);
        }

        @Test
        void twoReadsNeverGoBackwards() {
            Operation base = story.lay(0, 1);
            Operation next = story.unknown(1, base, 2, 20);
            Operation newer = story.get(2, next, 3, 4);
            Operation older = story.get(2, base, 5, 6);
            story.get(2, next, 7, 8);
            only(Anomaly.NON_MONOTONIC_READS, newer, older);
        }

        @Test
        void whatWasMissingOnceButCameBackIsAStaleReadToo() {
            Operation base = story.lay(0, 1);
            Operation missing = story.absent(2, 2, 3);
            story.get(2, base, 4, 5);
            only(Anomaly.STALE_READ, base, missing);
        }
    }

    @Nested
    class AcknowledgedButLost {
        @Test
        void beforeAndDuringTheFirstWriteTheResourceMayBeMissing() {
            story.absent(2, 0, 1);
            story.absent(2, 2, 4);
            story.create(1, 3, 5);
            legal();
        }

        @Test
        void anAcknowledgedWriteNeverVanishes() {
            Operation base = story.lay(0, 1);
            Operation missing = story.absent(2, 2, 3);
            story.absent(2, 4, 5);
            only(Anomaly.ACKNOWLEDGED_BUT_LOST, base, missing);
        }

        @Test
        void anAcknowledgedWriteIsNeverUndone() {
            Operation base = story.lay(0, 1);
            Operation next = story.put(1, base, 2, 3);
            Operation old = story.get(2, base, 4, 5);
            story.get(2, base, 6, 7);
            only(Anomaly.ACKNOWLEDGED_BUT_LOST, next, old);
        }

        @Test
        void oneLookThatMissesAWriteIsAStaleReadAndProvesNoLoss() {
            Operation base = story.lay(0, 1);
            Operation next = story.put(1, base, 2, 3);
            Operation old = story.get(2, base, 4, 5);
            only(Anomaly.STALE_READ, next, old);
        }
    }

    /** A 412 is an observation that something must justify. */
    @Nested
    class Refusals {
        @Test
        void aStaleTagIsRefused() {
            Operation base = story.lay(0, 1);
            story.put(1, base, 2, 3);
            story.refused(2, base, 4, 5);
            legal();
        }

        @Test
        void aRefusalMayRestOnAWriteWithoutAnAnswer() {
            Operation base = story.lay(0, 1);
            story.unknown(1, base, 2, 9);
            story.refused(2, base, 3, 5);
            legal();
        }

        @Test
        void aRefusalMayRestOnAWriteThatTimedOutLongAgo() {
            Operation base = story.lay(0, 1);
            story.unknown(1, base, 2, 3);
            story.get(3, base, 4, 5);
            story.refused(2, base, 6, 7);
            legal();
        }

        @Test
        void noWriteWithoutAnAnswerExcusesARefusalAfterWhichTheOldBodyIsStillThere() {
            Operation base = story.lay(0, 1);
            story.unknown(1, base, 2, 3);
            Operation refused = story.refused(2, base, 4, 5);
            story.get(3, base, 6, 7);
            assertThat(story.anomalies()).containsExactly(Anomaly.PHANTOM_REFUSAL);
            assertThat(story.first().orElseThrow().witness()).contains(refused);
        }

        @Test
        void nothingFollowsFromAWriteWhoseTagCameWithTwoBodies() {
            Operation base = story.lay(0, 1);
            Operation next = story.put(1, base, 2, 5);
            // The answer is put together from two states: the old body, the new tag.
            story.getTagged(2, base, Story.tagOf(next.version()).value(), 3, 4);
            story.write(
                    2, Precondition.ifMatch(Story.tagOf(next.version()), base.version()), Outcome.APPLIED, 200, 6, 7);
            assertThat(story.anomalies()).containsExactly(Anomaly.MIXED_ANSWER);
        }

        @Test
        void aRefusalMayRestOnAWriteThatIsStillInFlight() {
            Operation base = story.lay(0, 1);
            story.unfinished(1, base, 2);
            story.refused(2, base, 3, 5);
            legal();
        }

        @Test
        void aRefusalMayEndAtTheTickInWhichTheWinnerBegins() {
            Operation base = story.lay(0, 1);
            story.refused(2, base, 2, 4);
            story.put(1, base, 4, 6);
            legal();
        }

        @Test
        void aRefusedCreateMayRestOnTheWinnersCreate() {
            story.createRefused(2, 2, 5);
            story.create(1, 3, 6);
            legal();
        }

        @Test
        void aRefusedCreateMayRestOnACreateWithoutAnAnswer() {
            story.createUnknown(1, 1, 9);
            story.createRefused(2, 2, 5);
            legal();
        }

        @Test
        void aFreshTagIsNeverRefusedWithoutARival() {
            Operation base = story.lay(0, 1);
            Operation proof = story.get(0, base, 1, 2);
            Operation refused = story.refused(2, base, 3, 4);
            only(Anomaly.PHANTOM_REFUSAL, proof, refused);
        }

        @Test
        void aLaterRivalExcusesNothing() {
            Operation base = story.lay(0, 1);
            Operation refused = story.refused(2, base, 2, 3);
            story.put(1, base, 4, 5);
            only(Anomaly.PHANTOM_REFUSAL, base, refused);
        }

        @Test
        void aRivalOverAnotherVersionExcusesNothing() {
            Operation base = story.lay(0, 1);
            Operation next = story.put(1, base, 2, 3);
            Operation refused = story.refused(2, next, 4, 7);
            story.unknown(3, base, 4, 7);
            only(Anomaly.PHANTOM_REFUSAL, next, refused);
        }

        @Test
        void aCreateIsNeverRefusedWhereNothingIs() {
            Operation refused = story.createRefused(2, 2, 3);
            only(Anomaly.PHANTOM_REFUSAL, refused);
        }

        @Test
        void ofSeveralRacersWithTheFreshTagSomebodyGetsThrough() {
            Operation base = story.lay(0, 1);
            Operation proof = story.get(0, base, 1, 2);
            Operation one = story.refused(1, base, 3, 6);
            Operation two = story.refused(2, base, 4, 5);
            only(Anomaly.ALL_REFUSED, proof, one, two);
        }

        @Test
        void ofSeveralCreatorsSomebodyGetsThrough() {
            Operation one = story.createRefused(1, 2, 5);
            Operation two = story.createRefused(2, 3, 4);
            only(Anomaly.ALL_REFUSED, one, two);
        }
    }

    /** An outcome nobody knows counts as applied once it is seen, and never before. */
    @Nested
    class UnknownOutcomes {
        @Test
        void aRacingWinnerWithoutAnAnswerMayBeSeen() {
            Operation base = story.lay(0, 1);
            Operation winner = story.unknown(1, base, 2, 9);
            story.refused(2, base, 3, 5);
            story.get(0, winner, 6, 7);
            story.put(3, winner, 10, 11);
            legal();
        }

        @Test
        void aWriteMayBeAppliedLongAfterItsTimeout() {
            Operation base = story.lay(0, 1);
            Operation late = story.unknown(1, base, 2, 3);
            Operation old = story.get(0, base, 4, 5);
            Operation seen = story.get(0, late, 6, 7);
            legal();
            assertThat(story.remarks()).extracting(Finding::anomaly).containsExactly(Anomaly.LATE_APPLICATION);
            assertThat(story.remarks().get(0).witness()).containsExactly(late, old, seen);
        }

        @Test
        void aWriteMayNeverBeApplied() {
            Operation base = story.lay(0, 1);
            story.unknown(1, base, 2, 3);
            Operation winner = story.put(2, base, 4, 5);
            story.get(0, winner, 6, 7);
            legal();
        }

        @Test
        void manyWritesMayTimeOutTogether() {
            Operation base = story.lay(0, 1);
            story.unknown(1, base, 2, 9);
            story.unknown(2, base, 2, 9);
            story.unknown(3, base, 2, 9);
            story.get(0, base, 10, 11);
            legal();
        }

        @Test
        void aReadWithoutAnAnswerSaysNothing() {
            Operation base = story.lay(0, 1);
            story.silent(1, 2, 3);
            story.get(0, base, 4, 5);
            legal();
        }

        @Test
        void aChainMayRunThroughWritesThatOnlyTheirChildrenProve() {
            Operation base = story.lay(0, 1);
            Operation middle = story.unknown(1, base, 2, 3);
            Operation last = story.put(2, middle, 6, 7);
            story.get(0, last, 8, 9);
            legal();
        }
    }

    @Nested
    class Consequences {
        @Test
        void whatFollowsFromAForkIsCounted() {
            Operation base = story.lay(0, 1);
            Operation one = story.put(1, base, 2, 6);
            story.put(2, base, 3, 5);
            Operation grown = story.put(1, one, 7, 8);
            story.get(3, grown, 9, 10);
            story.get(3, base, 11, 12);
            story.get(4, one, 13, 14);
            Finding finding = story.first().orElseThrow();
            assertThat(finding.anomaly()).isEqualTo(Anomaly.LOST_UPDATE);
            assertThat(finding.consequences()).isEqualTo(2);
        }

        @Test
        void theyAreCountedForTheRootCauseAndNotForATornBodyBesideIt() {
            Operation base = story.lay(0, 1);
            Operation one = story.put(1, base, 2, 6);
            story.put(2, base, 3, 5);
            story.torn(0, Observation.Flaw.PAYLOAD_HASH, 7, 8);
            story.get(3, one, 9, 10);
            story.get(3, base, 11, 12);
            assertThat(story.findings()).extracting(Finding::consequences).containsExactly(0, 1);
        }

        @Test
        void aStaleReadHasThoseAfterItAsConsequences() {
            Operation base = story.lay(0, 1);
            Operation next = story.put(1, base, 2, 3);
            story.get(2, base, 4, 5);
            story.get(3, base, 4, 5);
            story.get(4, next, 7, 8);
            assertThat(story.findings()).extracting(Finding::consequences).containsExactly(1);
        }

        @Test
        void whatDoesNotContradictIsNone() {
            Operation base = story.lay(0, 1);
            story.put(1, base, 2, 6);
            story.put(2, base, 3, 5);
            assertThat(story.findings()).extracting(Finding::consequences).containsExactly(0);
        }
    }

    /** A15: allowed, and worth a remark, only if the old state was seen after the client had given up. */
    @Nested
    class LateApplication {
        private void remarked(boolean expected) {
            legal();
            assertThat(story.remarks())
                    .extracting(Finding::anomaly)
                    .isEqualTo(expected ? List.of(Anomaly.LATE_APPLICATION) : List.of());
        }

        @Test
        void aReadThatBeganBeforeTheClientGaveUpShowsNothing() {
            Operation base = story.lay(0, 1);
            Operation late = story.unknown(1, base, 2, 5);
            story.get(0, base, 5, 6);
            story.get(0, late, 7, 8);
            remarked(false);
        }

        @Test
        void theLastReadOfTheOldStateCounts() {
            Operation base = story.lay(0, 1);
            Operation late = story.unknown(1, base, 2, 5);
            story.get(0, base, 3, 4);
            Operation old = story.get(0, base, 6, 7);
            Operation seen = story.get(0, late, 8, 9);
            remarked(true);
            assertThat(story.remarks().get(0).witness()).containsExactly(late, old, seen);
        }

        @Test
        void aCreateMayBeLateToo() {
            Operation late = story.createUnknown(1, 1, 2);
            story.absent(2, 3, 4);
            story.get(2, late, 5, 6);
            remarked(true);
        }

        @Test
        void aWriteThatTheRunLeftInFlightIsNotLate() {
            Operation base = story.lay(0, 1);
            Operation open = story.unfinished(1, base, 2);
            story.get(0, base, 3, 4);
            story.get(0, open, 5, 6);
            remarked(false);
        }

        @Test
        void anAnsweredWriteIsNotLate() {
            Operation base = story.lay(0, 1);
            Operation next = story.put(1, base, 2, 9);
            story.get(0, base, 3, 4);
            story.get(0, next, 5, 6);
            remarked(false);
        }

        @Test
        void aWriteThatNobodySawIsNotLate() {
            Operation base = story.lay(0, 1);
            story.unknown(1, base, 2, 3);
            story.get(0, base, 4, 5);
            remarked(false);
        }

        @Test
        void theFirstWriteWithoutAConditionIsNotLate() {
            Operation lay = story.write(0, Precondition.NONE, Outcome.unknown(Outcome.Cause.TIMEOUT), 0, 1, 2);
            story.absent(2, 3, 4);
            story.get(2, lay, 5, 6);
            remarked(false);
        }
    }

    @Test
    void everythingAtOneTickIsConcurrent() {
        Operation base = story.lay(1, 1);
        Operation next = story.put(1, base, 1, 1);
        story.get(2, base, 1, 1);
        story.get(3, next, 1, 1);
        story.refused(4, base, 1, 1);
        story.absent(5, 1, 1);
        legal();
    }

    @Test
    void whatIsWrongInARoundIsReportedForThatRound() {
        story.round(4);
        Operation base = story.lay(0, 1);
        story.put(1, base, 2, 6);
        story.put(2, base, 3, 5);
        assertThat(story.findings()).extracting(Finding::round).containsExactly(4);
    }

    @Test
    void rootCausesComeFirst() {
        Operation base = story.lay(0, 1);
        story.put(1, base, 2, 6);
        story.put(2, base, 3, 5);
        story.torn(0, Observation.Flaw.PAYLOAD_HASH, 7, 8);
        assertThat(story.anomalies()).containsExactly(Anomaly.TORN_BODY, Anomaly.LOST_UPDATE);
    }
}
