package dev.etalon.core.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.etalon.core.store.Json;
import java.io.IOException;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A plan follows from its seed alone, and turns every knob. */
class PlanTest {
    private static final long SEED = 412;

    private static PutRace race(PutRace.Form form) {
        return new PutRace(Protocol.HTTP, form) {};
    }

    private static List<RoundPlan> rounds(PutRace.Form form, long seed, int count) {
        return ((Workload.Rounds) race(form).workload(seed, new Budget(count, 1))).rounds();
    }

    @ParameterizedTest
    @EnumSource
    void theSameSeedGivesTheSamePlan(PutRace.Form form) {
        assertThat(race(form).workload(SEED, Budget.DEFAULT))
                .isEqualTo(race(form).workload(SEED, Budget.DEFAULT));
    }

    @ParameterizedTest
    @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "COUNTER")
    void anotherSeedGivesAnotherPlan(PutRace.Form form) {
        assertThat(rounds(form, SEED, 150)).isNotEqualTo(rounds(form, SEED + 1, 150));
    }

    @ParameterizedTest
    @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "COUNTER")
    void aPlanOfDefaultLengthTurnsEveryKnob(PutRace.Form form) {
        List<RoundPlan> rounds = rounds(form, SEED, Budget.DEFAULT.rounds());
        assertThat(values(rounds, RoundPlan::alignment)).containsExactlyInAnyOrder(Alignment.values());
        assertThat(values(rounds, round -> round.racers().size())).containsExactlyInAnyOrder(2, 3, 4, 8, 16);
        assertThat(values(rounds, RoundPlan::bodyBytes)).containsExactlyInAnyOrder(512, 4 * 1024, 64 * 1024);
    }

    private static <T> Set<T> values(List<RoundPlan> rounds, Function<RoundPlan, T> knob) {
        return rounds.stream().map(knob).collect(Collectors.toSet());
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 11, 12, 13, 149, 1_000})
    void aPlanHasExactlyTheRoundsAskedForEachOnAKeyOfItsOwn(int count) {
        List<RoundPlan> rounds = rounds(PutRace.Form.SAME_VALIDATOR, SEED, count);
        assertThat(rounds).hasSize(count);
        assertThat(rounds).extracting(RoundPlan::key).doesNotHaveDuplicates();
        assertThat(rounds).extracting(RoundPlan::index).isSorted().startsWith(0).endsWith(count - 1);
    }

    @ParameterizedTest
    @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "COUNTER")
    void everyRacerIsReleasedOnce(PutRace.Form form) {
        assertThat(rounds(form, SEED, 150))
                .allSatisfy(round -> assertThat(round.releaseOrder())
                        .doesNotHaveDuplicates()
                        .hasSameSizeAs(round.racers())
                        .allMatch(racer -> racer >= 0 && racer < round.racers().size()));
    }

    @Test
    void aMixHasFreshAndStaleRacers() {
        assertThat(rounds(PutRace.Form.STALE_FRESH_MIX, SEED, 300)).allSatisfy(round -> {
            assertThat(round.racers()).contains(Intent.FRESH, Intent.STALE).doesNotContain(Intent.CREATE);
            assertThat(round.needsStale()).isTrue();
        });
    }

    @Test
    void aHeldUploadNeverHoldsARacerThatMustLose() {
        assertThat(rounds(PutRace.Form.STALE_FRESH_MIX, SEED, 1_000))
                .filteredOn(round -> round.alignment() == Alignment.HELD_UPLOAD)
                .isNotEmpty()
                .allSatisfy(round -> assertThat(
                                round.racers().get(round.releaseOrder().get(0)))
                        .isEqualTo(Intent.FRESH));
    }

    @Test
    void inACreateRaceEverybodyCreates() {
        assertThat(rounds(PutRace.Form.CREATE_RACE, SEED, 150)).allSatisfy(round -> {
            assertThat(round.racers()).containsOnly(Intent.CREATE);
            assertThat(round.creates()).isTrue();
        });
    }

    @Test
    void aRoundNeedsTwoRacersEachReleasedOnce() {
        List<Intent> alone = List.of(Intent.FRESH);
        assertThatThrownBy(() -> new RoundPlan(0, 0, Alignment.BARRIER, alone, List.of(0), 512))
                .isInstanceOf(IllegalArgumentException.class);
        List<Intent> two = List.of(Intent.FRESH, Intent.FRESH);
        assertThatThrownBy(() -> new RoundPlan(0, 0, Alignment.BARRIER, two, List.of(0), 512))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("racers=2 releases=1");
    }

    @ParameterizedTest
    @EnumSource
    void aPlanSurvivesItsFile(PutRace.Form form) throws IOException {
        Workload workload = race(form).workload(SEED, new Budget(30, 5));
        Plan plan = new Plan(race(form).id(), SEED, -1, "k-", workload);
        String json = Json.MAPPER.writeValueAsString(plan);
        assertThat(Json.MAPPER.readValue(json, Plan.class)).isEqualTo(plan);
    }

    @Test
    void aBudgetOutsideItsLimitsIsASentence() {
        assertThatThrownBy(() -> new Budget(0, 1))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("etalon.rounds must be 1..1000000: etalon.rounds=0");
        assertThatThrownBy(() -> new Budget(1, 1_000_001))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("etalon.increments must be 1..1000000: etalon.increments=1000001");
        assertThat(new Budget(1_000_000, 1).rounds()).isEqualTo(1_000_000);
    }

    @ParameterizedTest
    @EnumSource
    void aWorkloadKnowsItsSizeAndItsConcurrency(PutRace.Form form) {
        Workload workload = race(form).workload(SEED, Budget.DEFAULT);
        boolean counter = form == PutRace.Form.COUNTER;
        assertThat(workload.size()).isEqualTo(counter ? 8 * 25 : 150);
        assertThat(workload.concurrency()).isEqualTo(counter ? 8 : 16);
    }
}
