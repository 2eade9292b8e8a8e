package dev.etalon.core.check;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.etalon.core.model.Finding;
import dev.etalon.core.model.Operation;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What a picture of a finding shows, whoever draws it. */
class LanesTest {
    private final Story story = new Story();

    private Lanes lanes() {
        Finding finding = story.first().orElseThrow();
        return Lanes.of(finding, story.history());
    }

    @Test
    void theUpdateNobodyEverSawIsMarkedLost() {
        Operation base = story.lay(0, 1);
        story.get(0, base, 2, 3);
        Operation gone = story.put(1, base, 4, 9);
        Operation survivor = story.put(2, base, 5, 7);
        story.get(0, survivor, 10, 11);

        assertThat(lanes().bars().stream().filter(Lanes.Bar::lost).map(Lanes.Bar::operation))
                .containsExactly(gone);
    }

    @Test
    void withoutAReadNobodyCanSayWhichUpdateIsLost() {
        Operation base = story.lay(0, 1);
        story.put(1, base, 4, 9);
        story.put(2, base, 5, 7);

        assertThat(lanes().bars()).noneMatch(Lanes.Bar::lost);
    }

    @Test
    void theAnswerThatCannotBeRightIsMarked() {
        Operation base = story.lay(0, 1);
        Operation next = story.put(3, base, 2, 4);
        Operation stale = story.get(2, base, 6, 7);
        story.get(1, next, 8, 9);

        assertThat(lanes().bars().stream().filter(Lanes.Bar::wrong).map(Lanes.Bar::operation))
                .containsExactly(stale);
    }

    @Test
    void linksLeadFromTheWriteThatMadeATagToThoseThatUsedIt() {
        Operation base = story.lay(0, 1);
        Operation one = story.put(1, base, 4, 9);
        Operation other = story.put(2, base, 5, 7);
        Operation read = story.get(0, other, 10, 11);

        assertThat(lanes().links())
                .extracting(link -> List.of(link.from().operation(), link.to().operation(), link.kind()))
                .containsExactly(
                        List.of(base, one, Lanes.Kind.USED),
                        List.of(base, other, Lanes.Kind.USED),
                        List.of(other, read, Lanes.Kind.SHOWED));
    }

    @Test
    void lanesOfTheWitnessComeFirst() {
        Operation base = story.lay(0, 1);
        story.refused(1, base, 2, 9);
        story.put(2, base, 4, 9);
        story.put(3, base, 5, 7);

        assertThat(lanes().lanes()).extracting(Lanes.Lane::name).containsExactly("w2", "w3", "w0", "w1");
    }

    @Test
    void ofThousandsOfRequestsThoseAroundTheWitnessAreShown() {
        Operation version = story.lay(0, 1);
        for (int i = 1; i < 2_000; i++) {
            version = story.put(i % 5, version, 3 * i, 3 * i + 1);
        }
        Operation forked = version;
        story.put(6, forked, 7_000, 7_002);
        Operation survivor = story.put(7, forked, 7_001, 7_003);
        for (int i = 2_400; i < 4_000; i++) {
            survivor = story.put(i % 5, survivor, 3 * i, 3 * i + 1);
        }

        Lanes lanes = lanes();

        assertThat(lanes.bars()).hasSizeBetween(3, Lanes.BARS_MAX);
        assertThat(lanes.bars()).extracting(Lanes.Bar::operation).contains(forked);
        assertThat(lanes.witness()).hasSize(2);
        assertThat(lanes.notices()).singleElement().asString().contains(" of 3602 requests on this key are shown");
        assertThat(lanes.scale().toNs() - lanes.scale().fromNs())
                .as("what is far away does not stretch the picture")
                .isLessThan(2_000_000_000L);
    }

    @Test
    void timeInWhichNothingWasInFlightIsCutShort() {
        TimeScale scale = TimeScale.of(List.of(
                new TimeScale.Span(0, 100), new TimeScale.Span(50, 200), new TimeScale.Span(1_000_000, 1_000_200)));

        assertThat(scale.idle()).hasSize(1);
        assertThat(scale.at(0)).isZero();
        assertThat(scale.at(200)).isCloseTo(scale.at(1_000_200) - scale.at(1_000_000), within(1e-9));
        assertThat(scale.at(1_000_000) - scale.at(200)).isCloseTo(0.05, within(1e-9));
        assertThat(scale.at(Long.MAX_VALUE)).isLessThan(1);
        assertThat(scale.ticks(4)).containsExactly(0L, 100L, 200L, 1_000_000L, 1_000_100L, 1_000_200L);
    }

    @Test
    void aRequestWithoutAnAnswerDoesNotStretchThePicture() {
        Operation base = story.lay(0, 1);
        story.unknown(3, base, 2, 60_000);
        story.put(1, base, 4, 9);
        story.put(2, base, 5, 7);

        assertThat(lanes().scale().toNs()).isEqualTo(9_000_000);
        assertThat(lanes().bars().stream().filter(Lanes.Bar::open)).hasSize(1);
    }
}
