package dev.etalon.core.check;

import static dev.etalon.core.check.Requests.ifMatch;
import static dev.etalon.core.check.Requests.ifNoneMatch;
import static dev.etalon.core.model.Outcome.APPLIED;
import static dev.etalon.core.model.Outcome.REFUSED;
import static org.assertj.core.api.Assertions.assertThat;

import dev.etalon.core.model.Anomaly;
import dev.etalon.core.model.Operation;
import dev.etalon.core.model.Precondition;
import dev.etalon.core.model.Verdict;
import dev.etalon.core.model.Version;
import java.util.Map;
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

    @Test
    void aWriteUnlessATagMatchesMayBeAcceptedAndSeen() {
        Operation base = requests.put(0, Precondition.NONE, APPLIED, 0, 1);
        Operation next = requests.put(0, Requests.over(base), APPLIED, 2, 3);
        String old = Requests.tagOf(base.version()).value();
        Operation other = requests.put(1, ifNoneMatch(old, base.version()), APPLIED, 4, 5);
        requests.get(2, other, 6, 7);
        Operation late = requests.put(1, ifNoneMatch(old, base.version()), Requests.UNKNOWN, 8, 9);
        requests.get(2, late, 10, 11);
        legal();
        requests.get(2, next, 12, 13);
        assertThat(requests.anomalies()).hasSize(1);
    }

    @Test
    void aWriteUnlessATagMatchesIsNotRefusedForATagThatWasReplaced() {
        Operation base = requests.put(0, Precondition.NONE, APPLIED, 0, 1);
        Operation next = requests.put(0, Requests.over(base), APPLIED, 2, 3);
        String tag = Requests.tagOf(next.version()).value();
        requests.put(1, ifNoneMatch(tag, next.version()), REFUSED, 4, 5);
        legal();
        requests.put(1, ifNoneMatch(Requests.tagOf(base.version()).value(), base.version()), REFUSED, 6, 7);
        assertThat(requests.anomalies()).containsExactly(Anomaly.PHANTOM_REFUSAL);
    }

    @Test
    void aWriteUnlessATagMatchesIsNotAcceptedWhileItDoes() {
        Operation base = requests.put(0, Precondition.NONE, APPLIED, 0, 1);
        Precondition unless = ifNoneMatch(Requests.tagOf(base.version()).value(), base.version());
        Operation other = requests.put(1, Precondition.NONE, Requests.UNKNOWN, 1, 2);
        requests.put(2, unless, APPLIED, 4, 5);
        legal();
        requests.get(3, other, 6, 7);
        assertThat(requests.anomalies()).doesNotContain(Anomaly.CONDITION_IGNORED);
    }

    @Test
    void aWriteUnlessATagMatchesThatIsAcceptedWithNobodyElseThereWasNotAskedForItsCondition() {
        Operation base = requests.put(0, Precondition.NONE, APPLIED, 0, 1);
        requests.put(2, ifNoneMatch(Requests.tagOf(base.version()).value(), base.version()), APPLIED, 4, 5);
        assertThat(requests.anomalies()).containsExactly(Anomaly.CONDITION_IGNORED);
    }

    @Test
    void ofWritesUnlessATagMatchesNoneExcusesTheOthers_forTheFirstOfThemMetWhatItNamed() {
        Operation base = requests.put(0, Precondition.NONE, APPLIED, 0, 1);
        Precondition unless = ifNoneMatch(Requests.tagOf(base.version()).value(), base.version());
        requests.put(2, unless, APPLIED, 4, 8);
        requests.put(3, unless, APPLIED, 5, 9);
        requests.put(4, unless, Requests.UNKNOWN, 5, 9);
        assertThat(requests.verdict().findings()).allSatisfy(finding -> {
            assertThat(finding.anomaly()).isEqualTo(Anomaly.CONDITION_IGNORED);
            assertThat(finding.witness()).hasSize(4);
            assertThat(finding.explanation()).contains("no other writer than those under the same condition");
        });
        requests.put(5, Precondition.NONE, APPLIED, 5, 9);
        legal();
    }

    @Test
    void aWeakTagKeepsAWriteAwayWhileItIsTheCurrentOne() {
        Operation base = requests.put(0, Precondition.NONE, APPLIED, "W/\"1\"", 0, 1);
        requests.put(1, ifNoneMatch("W/\"1\"", base.version()), APPLIED, 2, 3);
        assertThat(requests.anomalies()).containsExactly(Anomaly.CONDITION_IGNORED);
    }

    @Test
    void aWeakTagOfWhichNobodyKnowsThatItIsCurrentKeepsNobodyAway() {
        Operation base = requests.put(0, Precondition.NONE, APPLIED, "W/\"1\"", 0, 1);
        requests.get(2, base, "W/\"2\"", 2, 3);
        requests.put(1, ifNoneMatch("W/\"1\"", base.version()), APPLIED, 4, 5);
        assertThat(requests.anomalies()).doesNotContain(Anomaly.CONDITION_IGNORED);
    }

    @Test
    void aReadUnderAWeakTagIsOwedARefusal() {
        Operation base = requests.put(0, Precondition.NONE, APPLIED, "W/\"1\"", 0, 1);
        requests.refusedRead(1, ifMatch("W/\"1\"", base.version()), 2, 3);
        legal();
        requests.get(2, ifMatch("W/\"1\"", base.version()), base, "W/\"1\"", 4, 5);
        assertThat(requests.anomalies()).containsExactly(Anomaly.CONDITION_IGNORED);
    }

    @Test
    void aDeleteThatWasAnswered404LookedOnly_whateverItsRecorderSaysThatItShowed() {
        Operation base = requests.put(0, Precondition.NONE, APPLIED, 0, 1);
        requests.deleteOfNothing(1, Requests.over(base), 2, 3);
        assertThat(requests.anomalies()).containsExactly(Anomaly.STALE_READ);
    }

    @Test
    void aWriteWithTheTagOfNothingBreaksAPrecondition() {
        requests.put(0, Precondition.NONE, APPLIED, 0, 1);
        Operation odd = requests.put(1, ifMatch("\"x\"", Version.ABSENT), APPLIED, 2, 3);
        requests.get(2, odd, 4, 5);
        legal();
        assertThat(requests.verdict().reservations()).singleElement().asString().contains("P3");
    }

    @Test
    void aWeakTagNeverMatchesAWrite() {
        Operation base = requests.put(0, Precondition.NONE, APPLIED, 0, 1);
        Operation refused = requests.put(1, ifMatch("W/\"1\"", base.version()), REFUSED, 2, 3);
        legal();
        requests.get(2, refused, 4, 5);
        assertThat(requests.anomalies()).containsExactly(Anomaly.REFUSED_BUT_APPLIED);
    }

    @Test
    void aWeakTagMayStandForANewerBodyToo() {
        Operation base = requests.put(0, Precondition.NONE, APPLIED, "W/\"1\"", 0, 1);
        requests.put(1, Precondition.NONE, APPLIED, "W/\"1\"", 2, 3);
        requests.notModified(2, base, "W/\"1\"", 4, 5);
        legal();
    }

    @Test
    void aStrongTagStandsForOneBodyOnly() {
        Operation base = requests.put(0, Precondition.NONE, APPLIED, "\"1\"", 0, 1);
        requests.put(1, Precondition.NONE, APPLIED, "\"2\"", 2, 3);
        requests.notModified(2, base, "\"1\"", 4, 5);
        assertThat(requests.anomalies()).containsExactly(Anomaly.STALE_READ);
    }

    @Test
    void nothingFollowsFromNotModifiedByATagThatCameWithTwoBodies() {
        Operation base = requests.put(0, Precondition.NONE, APPLIED, "\"1\"", 0, 1);
        requests.put(1, Precondition.NONE, APPLIED, "\"1\"", 2, 3);
        requests.notModified(2, base, "\"1\"", 4, 5);
        assertThat(requests.anomalies()).containsExactly(Anomaly.TAG_REUSE);
    }

    @Test
    void readsThatWereRecordedWithoutWhatTheyShowedAreNoPass() {
        requests.blind(1, 0, 1);
        assertThat(requests.verdict().status()).isEqualTo(Verdict.Status.UNDECIDED);
        requests.put(0, Precondition.NONE, APPLIED, 2, 3);
        assertThat(requests.verdict().status()).isEqualTo(Verdict.Status.VALID);
    }

    @Test
    void aDeleteThatFindsNothingIsAnsweredNotFoundEvenIfItAskedForNothing() {
        requests.delete(1, Precondition.CREATE, REFUSED, 404, 0, 1);
        legal();
        Operation base = requests.put(0, Precondition.CREATE, APPLIED, 2, 3);
        requests.delete(1, Precondition.CREATE, REFUSED, 404, 4, 5);
        requests.get(2, base, 6, 7);
        assertThat(requests.anomalies()).hasSize(1);
    }

    @Test
    void aDeleteUnderAWeakTagNeverTookEffect() {
        Operation base = requests.put(0, Precondition.CREATE, APPLIED, 0, 1);
        requests.delete(1, Requests.over(base), Requests.UNKNOWN, 0, 2, 3);
        requests.put(1, Precondition.CREATE, APPLIED, 4, 5);
        legal();
        Operation again = requests.put(0, Precondition.CREATE, APPLIED, 6, 7);
        assertThat(requests.anomalies()).containsExactly(Anomaly.DUPLICATE_CREATE);
        requests.delete(1, ifMatch("W/\"1\"", again.version()), Requests.UNKNOWN, 0, 3, 4);
        assertThat(requests.anomalies()).containsExactly(Anomaly.DUPLICATE_CREATE);
    }

    @Test
    void aRefusalThatShowsWhatIsThereHasItsPlaceInAnOrder() {
        Operation base = requests.put(1, Precondition.CREATE, APPLIED, 5, 15);
        String tag = Requests.tagOf(base.version()).value();
        requests.put(2, ifNoneMatch(tag, base.version()), REFUSED, 5, 14);
        requests.get(3, base, 7, 17);
        legal();
        requests.delete(2, Precondition.CREATE, REFUSED, 404, 18, 32);
        assertThat(requests.anomalies()).hasSize(1);
        assertThat(requests.verdict().reservations()).isEmpty();
    }

    @Test
    void aVersionThatWasGivenAnotherTagInTheMeantimeIsNotWhatWasAskedFor() {
        Operation base = requests.put(0, Precondition.NONE, APPLIED, "\"1\"", 0, 1);
        requests.put(1, ifNoneMatch("\"1\"", base.version()), APPLIED, 4, 5);
        assertThat(requests.anomalies()).containsExactly(Anomaly.CONDITION_IGNORED);
        requests.get(2, base, "\"2\"", 2, 3);
        assertThat(requests.anomalies()).containsExactly(Anomaly.UNSTABLE_TAG);
    }

    @Test
    void whoElseWasWritingIsAMatterOfTheClocks() {
        Operation base = requests.put(0, Precondition.NONE, APPLIED, 0, 1);
        requests.put(1, ifNoneMatch(Requests.tagOf(base.version()).value(), base.version()), APPLIED, 4, 5);
        requests.put(2, Precondition.NONE, APPLIED, 7, 8);
        assertThat(requests.onTwoClocks(1).counts()).containsOnlyKeys(Anomaly.CONDITION_IGNORED);
        assertThat(requests.onTwoClocks(2).findings()).isEmpty();
    }

    @Test
    void whoeverWasNotRecordedMayHaveWritten() {
        Operation base = requests.put(0, Precondition.NONE, APPLIED, 0, 1);
        requests.put(1, ifNoneMatch(Requests.tagOf(base.version()).value(), base.version()), APPLIED, 4, 5);
        assertThat(requests.recordedByAnother().counts()).containsOnlyKeys(Anomaly.CONDITION_IGNORED);
        Requests stranger = new Requests();
        stranger.put(0, Precondition.NONE, APPLIED, 0, 1);
        stranger.put(0, Precondition.NONE, APPLIED, 1, 2);
        Operation unheard = stranger.put(0, Precondition.NONE, APPLIED, 2, 3);
        requests.get(3, unheard, 8, 9);
        assertThat(requests.recordedByAnother().findings()).isEmpty();
        assertThat(requests.recordedByAnother().reservations())
                .singleElement()
                .asString()
                .contains("P2");
    }

    @Test
    void whatSaysNothingIsCounted() {
        Operation base = requests.put(0, Precondition.NONE, APPLIED, 0, 1);
        requests.refusedRead(1, ifMatch("\"never\"", Version.FOREIGN), 2, 3);
        requests.put(1, ifMatch("W/\"1\"", base.version()), REFUSED, 4, 5);
        assertThat(requests.verdict().notJudged()).isEmpty();
        requests.put(1, ifNoneMatch("W/\"1\"", base.version()), REFUSED, 6, 7);
        assertThat(requests.verdict().notJudged()).containsExactly(Map.entry("a write that was refused with 412", 1));
    }
}
