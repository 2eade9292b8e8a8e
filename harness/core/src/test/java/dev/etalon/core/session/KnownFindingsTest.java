package dev.etalon.core.session;

import static org.assertj.core.api.Assertions.assertThat;

import dev.etalon.core.model.Anomaly;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What is known is no news; what is new, and what is gone though it was always there, is. */
class KnownFindingsTest {
    private static final String RACE = "http/same-validator";

    private static KnownFindings known(boolean deterministic) {
        return new KnownFindings(
                "paper",
                "docs/findings/paper.md",
                List.of(new KnownFindings.Known(RACE, "A1", deterministic, "always", "1", "2026-01-01")));
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
