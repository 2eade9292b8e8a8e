package dev.etalon.core.session;

import static org.assertj.core.api.Assertions.assertThat;

import dev.etalon.core.conformance.RuleVerdict;
import dev.etalon.core.conformance.RuleVerdict.Status;
import dev.etalon.core.model.Anomaly;
import dev.etalon.core.rule.Rule;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What is known is no news; what is new, and what is gone though it was always there, is. */
class KnownFindingsTest {
    private static final String RACE = "http/same-validator";
    private static final Rule RULE = new FakeRules().rules().get(0);
    private static final Rule OTHER = new FakeRules().rules().get(1);

    private static KnownFindings known(boolean deterministic) {
        return new KnownFindings(
                "paper",
                "docs/findings/paper.md",
                List.of(new KnownFindings.Known(RACE, "A1", deterministic, "always", "1", "2026-01-01")),
                List.of(new KnownFindings.KnownRule(RULE.id(), deterministic, "200", "1", "2026-01-01")));
    }

    private static RuleVerdict verdict(Rule rule, Status status) {
        return new RuleVerdict(rule, status, "status is 200, owed is [412]", List.of());
    }

    @Test
    void aKnownFindingIsNoSurprise() {
        assertThat(known(true).surprises(RACE, Set.of(Anomaly.LOST_UPDATE), true))
                .isEmpty();
    }

    @Test
    void aNewFindingIsASurprise() {
        assertThat(known(false).surprises(RACE, Set.of(Anomaly.TORN_BODY), true))
                .containsExactly("new: A10 torn body");
    }

    @Test
    void aFindingKnownOfAnotherScenarioIsNew() {
        assertThat(known(true).surprises("http/counter", Set.of(Anomaly.LOST_UPDATE), true))
                .containsExactly("new: A1 lost update");
    }

    @Test
    void aDeterministicFindingThatIsGoneIsASurprise() {
        assertThat(known(true).surprises(RACE, Set.of(), true))
                .singleElement()
                .asString()
                .startsWith("gone: A1")
                .endsWith("take it out of paper.json");
    }

    @Test
    void aFindingThatComesAndGoesMayBeGone() {
        assertThat(known(false).surprises(RACE, Set.of(), true)).isEmpty();
    }

    @Test
    void nothingIsGoneFromARunThatWasNotComplete() {
        assertThat(known(true).surprises(RACE, Set.of(), false)).isEmpty();
    }

    @ParameterizedTest
    @EnumSource(names = {"FAIL", "FLAPPING"})
    void aRuleThatIsKnownToBeBrokenIsNoSurprise(Status status) {
        assertThat(known(true).surprise(verdict(RULE, status))).isEmpty();
    }

    @Test
    void aBrokenRuleThatNobodyKnewIsASurprise() {
        assertThat(known(true).surprise(verdict(OTHER, Status.FAIL))).contains("new: status is 200, owed is [412]");
    }

    @ParameterizedTest
    @EnumSource(names = {"PASS", "NOT_SUPPORTED"})
    void aRuleThatWasBrokenEachTimeAndIsNotAnyMoreIsASurprise(Status status) {
        assertThat(known(true).surprise(verdict(RULE, status)))
                .contains("gone: broken each time (200) until 2026-01-01; if the server was mended, take it out of"
                        + " paper.json");
    }

    @Test
    void aRuleThatIsBrokenNowAndThenMayBeKept() {
        assertThat(known(false).surprise(verdict(RULE, Status.PASS))).isEmpty();
    }

    @Test
    void ofARuleThatWasNotAnsweredNothingIsGone() {
        assertThat(known(true).surprise(verdict(RULE, Status.UNDECIDED))).isEmpty();
    }

    @Test
    void whatIsKnownOfAnotherVersionIsNotKnownOfThisOne() {
        assertThat(known(true).on("2").surprise(verdict(RULE, Status.FAIL))).isPresent();
    }

    @Test
    void aTargetWithoutAFileHasNoKnownFindings() {
        KnownFindings none = KnownFindings.of("nobody", getClass().getClassLoader());
        assertThat(none.findings()).isEmpty();
        assertThat(none.where()).isEmpty();
        assertThat(none.surprises(RACE, Set.of(Anomaly.LOST_UPDATE), true)).containsExactly("new: A1 lost update");
    }

    @Test
    void everyCodeOfAnAnomalyIsItsOwn() {
        assertThat(Anomaly.values()).extracting(Anomaly::code).doesNotHaveDuplicates();
    }
}
