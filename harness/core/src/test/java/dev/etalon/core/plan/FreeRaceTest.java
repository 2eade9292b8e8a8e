package dev.etalon.core.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.etalon.core.model.Grade;
import dev.etalon.core.store.Json;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** What free-running clients and mixed rounds are planned to do. */
class FreeRaceTest {
    private static Workload.FreeRun free(FreeRace.Form form, Budget budget) {
        return (Workload.FreeRun) new FreeRace(Protocol.HTTP, form) {}.workload(412, budget);
    }

    private static MixedRace mixed(MixedRace.Form form) {
        return new MixedRace(Protocol.S3, form) {};
    }

    @ParameterizedTest
    @EnumSource
    void aFreeRunSurvivesItsFile(FreeRace.Form form) throws IOException {
        Plan plan = new Plan("http/free-run", 412, -1, "k-", free(form, Budget.DEFAULT));
        assertThat(Json.MAPPER.readValue(Json.MAPPER.writeValueAsString(plan), Plan.class))
                .isEqualTo(plan);
    }

    @Test
    void whatAClientDoesFollowsFromTheSeedAlone() {
        Workload.FreeRun run = free(FreeRace.Form.FREE_RUN_ANY, Budget.DEFAULT);
        assertThat(run.choice(412, 3, 17)).isEqualTo(run.choice(412, 3, 17));
        assertThat(List.of(run.choice(412, 3, 17), run.choice(412, 3, 18), run.choice(412, 3, 19)))
                .isNotEqualTo(List.of(run.choice(412, 4, 17), run.choice(412, 4, 18), run.choice(412, 4, 19)));
    }

    @Test
    void stepsComeAsOftenAsTheirWeightsSay() {
        Mix mix = Mix.of(Map.of(Mix.Step.READ, 3, Mix.Step.WRITE, 1, Mix.Step.REMOVE, 0));
        SplittableRandom random = new SplittableRandom(412);
        int reads = 0;
        for (int i = 0; i < 10_000; i++) {
            Mix.Step step = mix.draw(random);
            assertThat(step).isNotEqualTo(Mix.Step.REMOVE);
            reads += step == Mix.Step.READ ? 1 : 0;
        }
        assertThat(reads).isBetween(7_300, 7_700);
    }

    @Test
    void aMixNeedsAWeight() {
        assertThatThrownBy(() -> Mix.of(Map.of(Mix.Step.READ, 0))).hasMessageContaining("one of them above 0");
        assertThatThrownBy(() -> Mix.of(Map.of(Mix.Step.READ, 2, Mix.Step.WRITE, -1)))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void eachGenerationHasKeysOfItsOwn() {
        Workload.FreeRun run = new Workload.FreeRun(4, 8, 100, 10, 60, 512, Mix.A);
        assertThat(run.choice(1, 1, 9).generation()).isZero();
        assertThat(run.choice(1, 1, 10).generation()).isEqualTo(1);
        assertThat(run.key(0, 3)).isLessThan(run.key(1, 0));
        assertThat(run.size()).isEqualTo(800);
        assertThat(run.concurrency()).isEqualTo(8);
        assertThat(run.stepsMax()).isEqualTo(200);
    }

    @Test
    void aMillionOperationsAreAMatterOfTheBudget() {
        assertThat(free(FreeRace.Form.FREE_RUN, new Budget(1, 15_625)).size()).isEqualTo(1_000_000);
        assertThat(free(FreeRace.Form.FREE_RUN, new Budget(1, 1_000_000)).size())
                .isPositive();
    }

    @Test
    void aRunOfNothingIsASentence() {
        assertThatThrownBy(() -> new Workload.FreeRun(4, 0, 100, 10, 60, 512, Mix.A))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("clients=0");
    }

    @Test
    void onlyMixesWithConditionalDeletesNeedThem() {
        assertThat(new FreeRace(Protocol.HTTP, FreeRace.Form.FREE_RUN) {}.capabilities())
                .doesNotContain(Capability.DELETE_IF_MATCH);
        assertThat(new FreeRace(Protocol.HTTP, FreeRace.Form.FREE_RUN_ANY) {}.capabilities())
                .contains(Capability.DELETE_IF_MATCH);
    }

    @ParameterizedTest
    @EnumSource
    void everyMixedRoundHasSomebodyToHoldAndSomebodyOfTheOtherKind(MixedRace.Form form) {
        Workload.Rounds rounds = (Workload.Rounds) mixed(form).workload(412, new Budget(600, 1));
        assertThat(rounds.rounds()).allSatisfy(round -> {
            assertThat(round.racers().stream().anyMatch(Intent::uploads)).isTrue();
            assertThat(round.racers().stream().allMatch(Intent::uploads)).isFalse();
            assertThat(round.creates()).isFalse();
            if (round.alignment() == Alignment.HELD_UPLOAD) {
                assertThat(round.racers().get(round.releaseOrder().get(0)).uploads())
                        .isTrue();
            }
        });
    }

    private static Grade grade(MixedRace.Form form, String outcome) {
        return mixed(form).expectations().stream()
                .filter(expectation -> Pattern.matches(expectation.outcome(), outcome))
                .findFirst()
                .map(Expectation::grade)
                .orElse(Grade.UNKNOWN);
    }

    @ParameterizedTest(name = "{0}: {1} is {2}")
    @CsvSource(delimiter = '|', textBlock = """
            WRITE_AGAINST_DELETE | fresh: 1 won; delete: 0 won, others 412                 | ACCEPTABLE
            WRITE_AGAINST_DELETE | fresh: 1 won, others 412; delete: 0 won, others 412     | ACCEPTABLE
            WRITE_AGAINST_DELETE | fresh: 0 won, others 412; delete: 1 won, others 404     | ACCEPTABLE
            WRITE_AGAINST_DELETE | fresh: 0 won, others 404; delete: 2+ won                | ACCEPTABLE_INTERESTING
            WRITE_AGAINST_DELETE | fresh: 1 won, others none; delete: 0 won, others 500    | ACCEPTABLE_INTERESTING
            WRITE_AGAINST_DELETE | fresh: 0 won, others 409; delete: 0 won, others 412     | ACCEPTABLE_INTERESTING
            WRITE_AGAINST_DELETE | fresh: 1 won; delete: 1 won                             | FORBIDDEN
            WRITE_AGAINST_DELETE | fresh: 2+ won; delete: 0 won, others 412                | FORBIDDEN
            WRITE_AGAINST_DELETE | fresh: 1 won; delete: 0 won, others 404                 | FORBIDDEN
            WRITE_AGAINST_DELETE | fresh: 0 won, others 412; delete: 0 won, others 412     | FORBIDDEN
            WRITE_AGAINST_DELETE | fresh: 1 won; delete: 0 won, others 418                 | UNKNOWN
            RECREATE | create: 1 won, others 412; delete: 1 won                            | ACCEPTABLE
            RECREATE | create: 0 won, others 412; delete: 1 won, others 404 412            | ACCEPTABLE
            RECREATE | create: 2+ won; remove: 2+ won, others 404                          | ACCEPTABLE
            RECREATE | create: 1 won; delete: 2+ won                                       | ACCEPTABLE_INTERESTING
            RECREATE | create: 1 won; delete: 0 won, others none                           | ACCEPTABLE_INTERESTING
            RECREATE | create: 2+ won; delete: 2+ won                                      | FORBIDDEN
            RECREATE | create: 2+ won; remove: 1 won                                       | FORBIDDEN
            RECREATE | create: 1 won; delete: 0 won, others 412                            | FORBIDDEN
            RECREATE | create: 2+ won; remove: 0 won, others 404                           | FORBIDDEN
            RECREATE | create: 0 won, others 412; remove: 0 won, others 404                | FORBIDDEN
            RECREATE | create: 0 won, others 418; delete: 1 won                            | UNKNOWN
            READ_WHILE_WRITING | fresh: 1 won, others 412; read: whole                     | ACCEPTABLE
            READ_WHILE_WRITING | overwrite: 2+ won; read: whole                            | ACCEPTABLE
            READ_WHILE_WRITING | fresh: 0 won, others 412; overwrite: 1 won; read: whole   | ACCEPTABLE
            READ_WHILE_WRITING | fresh: 1 won; read: 503 none whole                        | ACCEPTABLE_INTERESTING
            READ_WHILE_WRITING | fresh: 1 won; read: torn whole                            | FORBIDDEN
            READ_WHILE_WRITING | overwrite: 1 won; read: absent                            | FORBIDDEN
            READ_WHILE_WRITING | fresh: 0 won, others 412; read: whole                     | FORBIDDEN
            READ_WHILE_WRITING | fresh: 2+ won; overwrite: 1 won; read: whole              | FORBIDDEN
            READ_WHILE_WRITING | fresh: 1 won; read: 418                                   | UNKNOWN
            """)
    void anOutcomeIsGraded(MixedRace.Form form, String outcome, Grade grade) {
        assertThat(grade(form, outcome)).isEqualTo(grade);
    }
}
