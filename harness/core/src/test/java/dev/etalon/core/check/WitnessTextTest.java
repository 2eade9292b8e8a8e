package dev.etalon.core.check;

import static org.assertj.core.api.Assertions.assertThat;

import dev.etalon.core.model.Observation;
import dev.etalon.core.model.Operation;
import dev.etalon.core.model.Outcome;
import dev.etalon.core.plan.Alignment;
import dev.etalon.core.plan.Intent;
import dev.etalon.core.plan.Plan;
import dev.etalon.core.plan.RoundPlan;
import dev.etalon.core.plan.Versioning;
import dev.etalon.core.plan.Workload;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What a maintainer reads, word for word. */
class WitnessTextTest {
    private final Story story = new Story();

    private void reads(String name, Workload workload) throws IOException {
        Plan plan = new Plan("http/story", 0x19C, Story.ORIGIN.run(), Story.ORIGIN.keyPrefix(), workload);
        Golden.check(name, WitnessText.of(story.first().orElseThrow(), plan, story.history()));
    }

    private static Workload round(Intent intent) {
        return new Workload.Rounds(
                List.of(new RoundPlan(0, Story.KEY, Alignment.LAST_BYTE, List.of(intent, intent), List.of(1, 0), 512)));
    }

    @Test
    void lostUpdate() throws IOException {
        Operation base = story.lay(0, 1);
        story.get(0, base, 2, 3);
        story.put(1, base, 4, 9);
        Operation survivor = story.put(2, base, 5, 7);
        story.get(0, survivor, 10, 11);
        reads("lost-update", round(Intent.FRESH));
    }

    @Test
    void aWitnessNamesTheKindOfBucketWhereItIsNotTheUsualOne() {
        Operation base = story.lay(0, 1);
        story.put(1, base, 4, 9);
        story.put(2, base, 5, 7);
        Plan plan = new Plan(
                "s3/story",
                0x19C,
                Story.ORIGIN.run(),
                Story.ORIGIN.keyPrefix(),
                round(Intent.FRESH),
                List.of(),
                List.of(Versioning.SUSPENDED));
        assertThat(WitnessText.of(story.first().orElseThrow(), plan, story.history()))
                .contains(" bodies=512 B versioning=suspended  [seed");
    }

    @Test
    void duplicateCreate() throws IOException {
        story.create(1, 2, 6);
        Operation survivor = story.create(2, 3, 5);
        story.get(0, survivor, 7, 8);
        reads("duplicate-create", round(Intent.CREATE));
    }

    @Test
    void conditionIgnored() throws IOException {
        story.round(-1);
        Operation base = story.lay(0, 1);
        story.get(0, base, 2, 3);
        story.foreign(0, Outcome.APPLIED, 200, 4, 5);
        reads("condition-ignored", round(Intent.FRESH));
    }

    @Test
    void staleRead() throws IOException {
        Operation base = story.lay(0, 1);
        Operation next = story.put(3, base, 2, 4);
        story.get(2, base, 6, 7);
        story.get(2, next, 8, 9);
        reads("stale-read", new Workload.Counter(Story.KEY, 8, 25, 2_500, 512));
    }

    @Test
    void tornBody() throws IOException {
        story.lay(0, 1);
        story.torn(2, Observation.Flaw.PAYLOAD_HASH, 2, 3);
        reads("torn-body", round(Intent.FRESH));
    }

    @Test
    void allRefused() throws IOException {
        Operation base = story.lay(0, 1);
        story.get(0, base, 2, 3);
        story.refused(1, base, 4, 9);
        story.refused(2, base, 5, 7);
        reads("all-refused", round(Intent.FRESH));
    }

    @Test
    void aWinnerWithoutAnAnswerIsShownAsOne() throws IOException {
        Operation base = story.lay(0, 1);
        Operation silent = story.unfinished(1, base, 2);
        story.putTagged(2, base, "\"0123456789abcdef0123456789abcdef\"", 3, 5);
        story.get(0, silent, 6, 7);
        reads("lost-update-without-answer", round(Intent.FRESH));
    }
}
