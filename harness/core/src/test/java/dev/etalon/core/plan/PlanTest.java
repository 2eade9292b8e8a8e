package dev.etalon.core.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.etalon.core.store.Json;
import java.io.IOException;
import java.util.EnumSet;
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
        return rounds(form, seed, new Budget(count, 1, EnumSet.allOf(Alignment.class)));
    }

    private static List<RoundPlan> rounds(PutRace.Form form, long seed, Budget budget) {
        return ((Workload.Rounds) race(form).workload(seed, budget)).rounds();
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
        Set<Alignment> overHttp1 = EnumSet.complementOf(EnumSet.of(Alignment.SINGLE_PACKET));
        List<RoundPlan> rounds = rounds(form, SEED, Budget.DEFAULT.with(overHttp1));
        assertThat(values(rounds, RoundPlan::alignment)).containsExactlyInAnyOrderElementsOf(overHttp1);
        assertThat(values(rounds, round -> round.racers().size())).containsExactlyInAnyOrder(2, 3, 4, 8, 16);
        assertThat(values(rounds, RoundPlan::bodyBytes)).containsExactlyInAnyOrder(512, 4 * 1024, 64 * 1024);
        assertThat(values(rounds, RoundPlan::fresh)).containsExactlyInAnyOrder(false, true);
        assertThat(values(rounds, RoundPlan::spread)).containsExactlyInAnyOrder(false, true);
        assertThat(values(rounds, round -> round.pausesNs().isEmpty())).containsExactlyInAnyOrder(false, true);
    }

    @ParameterizedTest
    @ValueSource(longs = {0, 1, 2, 3, 4, 5, 6, 7, 8, 9})
    void everyStrategyHasItsTurnInAPlanOfDefaultLength(long seed) {
        for (Set<Alignment> usable : List.of(EnumSet.allOf(Alignment.class), Alignment.where(Set.of()))) {
            List<RoundPlan> rounds = rounds(PutRace.Form.SAME_VALIDATOR, seed, Budget.DEFAULT.with(usable));
            assertThat(values(rounds, RoundPlan::alignment)).containsExactlyInAnyOrderElementsOf(usable);
        }
    }

    @ParameterizedTest
    @EnumSource
    void aMixedRaceUsesTheStrategiesOfItsBudgetAndNoOthers(MixedRace.Form form) {
        for (Set<Alignment> usable : List.of(EnumSet.allOf(Alignment.class), EnumSet.of(Alignment.GATE))) {
            Workload.Rounds workload =
                    (Workload.Rounds) new MixedRace(Protocol.HTTP, form) {}.workload(SEED, Budget.DEFAULT.with(usable));
            assertThat(values(workload.rounds(), RoundPlan::alignment)).containsExactlyInAnyOrderElementsOf(usable);
        }
    }

    @Test
    void aPlanOfDefaultLengthHasEveryShapeThatTheTargetTakes() {
        for (Set<RequestShape> taken :
                List.of(EnumSet.allOf(RequestShape.class), EnumSet.of(RequestShape.PLAIN, RequestShape.CHUNKED))) {
            List<RoundPlan> rounds = rounds(PutRace.Form.SAME_VALIDATOR, SEED, Budget.DEFAULT.shaped(taken));
            assertThat(values(rounds, RoundPlan::shape))
                    .containsExactlyInAnyOrderElementsOf(
                            taken.stream().filter(RequestShape::raced).toList());
        }
        assertThat(values(rounds(PutRace.Form.SAME_VALIDATOR, SEED, Budget.DEFAULT), RoundPlan::shape))
                .containsExactly(RequestShape.PLAIN);
    }

    @Test
    void whatATargetTakesChangesNothingElseOfAPlan() {
        List<RoundPlan> plain = rounds(PutRace.Form.SAME_VALIDATOR, SEED, Budget.DEFAULT);
        List<RoundPlan> shaped = rounds(
                PutRace.Form.SAME_VALIDATOR,
                SEED,
                Budget.DEFAULT.shaped(EnumSet.of(RequestShape.JSON, RequestShape.TEXT)));
        assertThat(shaped).usingRecursiveComparison().ignoringFields("shape").isEqualTo(plain);
        assertThat(values(shaped, RoundPlan::shape)).containsExactlyInAnyOrder(RequestShape.JSON, RequestShape.TEXT);
    }

    @Test
    void aLargeBodyIsAMebibyte() {
        List<RoundPlan> rounds =
                rounds(PutRace.Form.SAME_VALIDATOR, SEED, Budget.DEFAULT.shaped(EnumSet.allOf(RequestShape.class)));
        assertThat(rounds)
                .allSatisfy(round ->
                        assertThat(round.bodyBytes() >= 1024 * 1024).isEqualTo(round.shape() == RequestShape.LARGE));
    }

    @Test
    void aLongPlanStaysWithOneSettingForFiftyRounds() {
        List<RoundPlan> rounds = rounds(PutRace.Form.SAME_VALIDATOR, SEED, 6_000);
        for (int block = 0; block < rounds.size(); block += 50) {
            List<RoundPlan> together = rounds.subList(block, block + 50);
            assertThat(values(together, RoundPlan::alignment)).hasSize(1);
            assertThat(values(together, RoundPlan::bodyBytes)).hasSize(1);
            assertThat(values(together, round -> round.racers().size())).hasSize(1);
            assertThat(values(together, RoundPlan::releaseOrder)).hasSizeGreaterThan(1);
        }
    }

    @Test
    void aStrategyMeetsEveryRacerCountInALongPlan() {
        List<RoundPlan> rounds = rounds(PutRace.Form.SAME_VALIDATOR, SEED, 50_000);
        for (Alignment alignment : Alignment.values()) {
            assertThat(rounds.stream()
                            .filter(round -> round.alignment() == alignment)
                            .map(round -> round.racers().size())
                            .collect(Collectors.toSet()))
                    .as(alignment.label())
                    .containsExactlyInAnyOrder(2, 3, 4, 8, 16);
        }
    }

    @Test
    void onlyDitherPausesAndNeverLongerThanAFifthOfAMillisecond() {
        List<RoundPlan> rounds = rounds(PutRace.Form.SAME_VALIDATOR, SEED, 50_000);
        assertThat(rounds)
                .filteredOn(round -> round.alignment() != Alignment.GATE_DITHER)
                .allSatisfy(round -> assertThat(round.pausesNs()).isEmpty());
        Set<Integer> longest = rounds.stream()
                .filter(round -> round.alignment() == Alignment.GATE_DITHER)
                .map(round -> round.pausesNs().stream()
                        .mapToInt(Integer::intValue)
                        .max()
                        .orElse(0))
                .collect(Collectors.toSet());
        assertThat(longest)
                .allMatch(ns -> ns <= 200_000)
                .contains(0)
                .anyMatch(ns -> ns > 0 && ns <= 20_000)
                .anyMatch(ns -> ns > 20_000 && ns <= 60_000)
                .anyMatch(ns -> ns > 60_000);
    }

    @Test
    void whatStrategiesAreAboutIsNotLeftToChance() {
        List<RoundPlan> rounds = rounds(PutRace.Form.SAME_VALIDATOR, SEED, 50_000);
        assertThat(rounds).allSatisfy(round -> {
            switch (round.alignment()) {
                case COLD_BURST -> assertThat(round.fresh()).isTrue();
                case POOL_BURST -> assertThat(round.fresh()).isFalse();
                case MULTI_ENDPOINT -> assertThat(round.spread()).isTrue();
                default ->
                    assertThat(round.overlap()).isEqualTo(round.alignment().overlap());
            }
        });
    }

    @Test
    void bodiesOfOneConnectionFitItsWindow() {
        assertThat(rounds(PutRace.Form.SAME_VALIDATOR, SEED, 5_000))
                .allSatisfy(round ->
                        assertThat(round.bodyBytes() * round.racers().size()).isLessThan(65_535));
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

    /** As written before rounds had pauses, fresh connections, endpoints and a rule for their overlap. */
    @Test
    void aPlanOfAnEarlierVersionIsReadAndCountedAsItWasThen() throws IOException {
        String stored = """
                {"scenario": "http/same-validator", "seed": 412, "run": 7, "keyPrefix": "k-", "workload": {"kind": "rounds",
                 "rounds": [
                  {"index": 0, "key": 0, "alignment": "BARRIER", "racers": ["FRESH", "FRESH"], "releaseOrder": [1, 0],
                   "bodyBytes": 512},
                  {"index": 1, "key": 1, "alignment": "LAST_BYTE", "racers": ["FRESH", "STALE"], "releaseOrder": [0, 1],
                   "bodyBytes": 512},
                  {"index": 2, "key": 2, "alignment": "HELD_UPLOAD", "racers": ["CREATE", "CREATE"],
                   "releaseOrder": [0, 1], "bodyBytes": 65536}]}}""";
        Plan plan = Json.MAPPER.readValue(stored, Plan.class);
        List<RoundPlan> rounds = ((Workload.Rounds) plan.workload()).rounds();
        assertThat(rounds)
                .extracting(round -> round.alignment().label())
                .containsExactly("barrier", "last-byte", "held-upload");
        assertThat(rounds).allSatisfy(round -> {
            assertThat(round.overlap()).isEqualTo(Overlap.TWO);
            assertThat(round.pausesNs()).isEmpty();
            assertThat(round.fresh()).isFalse();
            assertThat(round.spread()).isFalse();
        });
        assertThat(plan.versioning()).containsExactly(Versioning.OFF);
    }

    @Test
    void keysLieInTheKindsOfBucketsInTurnThoseOfTheGuardToo() throws IOException {
        List<Versioning> kinds = List.of(Versioning.OFF, Versioning.SUSPENDED);
        Workload workload = race(PutRace.Form.COUNTER).workload(SEED, new Budget(30, 5));
        Plan plan = new Plan("s3/counter", SEED, -1, "k-", workload, List.of(), kinds);
        assertThat(Json.MAPPER.readValue(Json.MAPPER.writeValueAsString(plan), Plan.class))
                .isEqualTo(plan);
        assertThat(List.of(plan.versioning(0), plan.versioning(1), plan.versioning(2)))
                .containsExactly(Versioning.OFF, Versioning.SUSPENDED, Versioning.OFF);
        assertThat(plan.versioning(Integer.MAX_VALUE)).isEqualTo(Versioning.SUSPENDED);
    }

    @Test
    void kindsOfBucketsAreChosenByTheirLabelsInTheOrderGiven() {
        assertThat(Versioning.labelled("etalon.versioning", List.of("suspended", "off", "suspended")))
                .containsExactly(Versioning.SUSPENDED, Versioning.OFF);
        assertThatThrownBy(() -> Versioning.labelled("etalon.versioning", List.of("on")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("etalon.versioning must name some of off,enabled,suspended: etalon.versioning=on");
    }

    @Test
    void aTargetGetsOnlyTheStrategiesThatItCanTake() {
        assertThat(Alignment.where(Set.of()))
                .contains(Alignment.BARRIER, Alignment.STRIDE, Alignment.HELD_UPLOAD)
                .doesNotContain(Alignment.GATE, Alignment.EXPECT_CONTINUE, Alignment.SINGLE_PACKET);
        assertThat(Alignment.where(Set.of(Alignment.Need.SOCKET)))
                .contains(Alignment.GATE, Alignment.GATE_DITHER)
                .doesNotContain(Alignment.MULTI_ENDPOINT, Alignment.SINGLE_PACKET);
        assertThat(Alignment.where(EnumSet.allOf(Alignment.Need.class))).containsExactly(Alignment.values());
    }

    @Test
    void strategiesAreChosenByTheirLabels() {
        assertThat(Alignment.labelled("etalon.alignments", List.of("gate+dither", "barrier")))
                .containsExactlyInAnyOrder(Alignment.GATE_DITHER, Alignment.BARRIER);
        assertThatThrownBy(() -> Alignment.labelled("etalon.alignments", List.of("luck")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("etalon.alignments must name some of barrier, last-byte,")
                .hasMessageEndingWith(": etalon.alignments=luck");
        assertThatThrownBy(() -> Budget.DEFAULT.with(Set.of())).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void aRoundHasNoPausesOrOneBeforeEachLaterRelease() {
        List<Intent> two = List.of(Intent.FRESH, Intent.FRESH);
        List<Integer> order = List.of(0, 1);
        assertThatThrownBy(() -> new RoundPlan(
                        0,
                        0,
                        Alignment.GATE_DITHER,
                        two,
                        order,
                        512,
                        List.of(1, 2),
                        false,
                        false,
                        Overlap.ALL,
                        RequestShape.PLAIN))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("racers=2 pauses=2");
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
