package dev.etalon.core.plan;

import static org.assertj.core.api.Assertions.assertThat;

import dev.etalon.core.model.Grade;
import dev.etalon.core.model.Method;
import dev.etalon.core.plan.OperationRace.Form;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** Who meets whom when every operation writes or deletes in its own way, and what is thought of it before it is seen. */
class OperationRaceTest {
    private static final Budget BUDGET = new Budget(600, 1, EnumSet.allOf(Alignment.class));

    private static List<RoundPlan> rounds(Form form, long seed) {
        return ((Workload.Rounds) new OperationRace(form) {}.workload(seed, BUDGET)).rounds();
    }

    @ParameterizedTest
    @EnumSource
    void theSameSeedGivesTheSamePlanAndAnotherAnother(Form form) {
        assertThat(rounds(form, 412)).isEqualTo(rounds(form, 412)).isNotEqualTo(rounds(form, 413));
    }

    @ParameterizedTest
    @EnumSource
    void everyRoundHasTwoKindsOfRequestsAndTheWholePlanAllThatAreAskedFor(Form form) {
        Set<Method> asked = new OperationRace(form) {}.capabilities().stream()
                .map(Capability::method)
                .collect(Collectors.toSet());
        assertThat(rounds(form, 412))
                .allSatisfy(round -> assertThat(
                                round.racers().stream().map(Intent::method).distinct())
                        .hasSizeGreaterThan(1));
        assertThat(rounds(form, 412).stream()
                        .flatMap(round -> round.racers().stream())
                        .map(Intent::method)
                        .collect(Collectors.toSet()))
                .isEqualTo(asked);
    }

    @ParameterizedTest
    @EnumSource
    void onlyARaceOfCreatesBeginsWithNothing(Form form) {
        boolean creates = form == Form.COMPLETE_CREATE || form == Form.COPY_CREATE;
        assertThat(rounds(form, 412))
                .allSatisfy(round -> assertThat(round.creates()).isEqualTo(creates));
    }

    @ParameterizedTest
    @EnumSource
    void aHeldUploadBeginsWithARequestThatHasABodyIfThereIsOne(Form form) {
        assertThat(rounds(form, 412))
                .filteredOn(round -> round.alignment() == Alignment.HELD_UPLOAD
                        && round.racers().stream().anyMatch(Intent::uploads))
                .isNotEmpty()
                .allSatisfy(round -> assertThat(
                                round.racers().get(round.releaseOrder().get(0)).uploads())
                        .isTrue());
    }

    private static Grade grade(Form form, String outcome) {
        return new OperationRace(form) {}.expectations().stream()
                .filter(expectation -> Pattern.matches(expectation.outcome(), outcome))
                .findFirst()
                .map(Expectation::grade)
                .orElse(Grade.UNKNOWN);
    }

    @ParameterizedTest(name = "{0}: {1} is {2}")
    @CsvSource(delimiter = '|', textBlock = """
            COMPLETE                | fresh: 1 won, others 412                                                  | ACCEPTABLE
            COMPLETE                | fresh: 1 won, others 409 412                                              | ACCEPTABLE_INTERESTING
            COMPLETE                | fresh: 0 won, others 200 412                                              | ACCEPTABLE_INTERESTING
            COMPLETE                | fresh: 2+ won, others 412                                                 | FORBIDDEN
            COMPLETE                | fresh: 0 won, others 412                                                  | FORBIDDEN
            COPY_CREATE             | create: 1 won, others 412                                                 | ACCEPTABLE
            COPY_CREATE             | create: 2+ won                                                            | FORBIDDEN
            DELETE_OBJECTS          | fresh: 1 won; delete: 0 won, others 412                                   | ACCEPTABLE
            DELETE_OBJECTS          | fresh: 0 won, others 404; delete: 1 won, others 404                       | ACCEPTABLE
            DELETE_OBJECTS          | fresh: 0 won, others 404; delete: 2+ won                                  | ACCEPTABLE_INTERESTING
            DELETE_OBJECTS          | fresh: 1 won; delete: 0 won, others 404                                   | FORBIDDEN
            DELETE_OBJECTS          | fresh: 1 won; delete: 1 won                                               | FORBIDDEN
            DELETE_OBJECTS          | fresh: 1 won; delete: 0 won, others 200                                   | ACCEPTABLE_INTERESTING
            COMPLETE_AGAINST_DELETE | create: 0 won, others 409; delete: 1 won                                  | ACCEPTABLE_INTERESTING
            COMPLETE_AGAINST_DELETE | create: 1 won; delete: 0 won, others 412                                  | FORBIDDEN
            COMPLETE_AGAINST_DELETE | create: 1 won; delete: 0 won, others none                                 | ACCEPTABLE_INTERESTING
            EVERY_OPERATION         | fresh: 1 won; create: 0 won, others 412; delete: 0 won, others 412        | ACCEPTABLE
            EVERY_OPERATION         | fresh: 0 won, others 404 412; create: 1 won, others 412; delete: 1 won    | ACCEPTABLE
            EVERY_OPERATION         | fresh: 1 won; create: 1 won; delete: 0 won, others 409                    | FORBIDDEN
            EVERY_OPERATION         | fresh: 0 won, others 412; create: 2+ won; delete: 1 won                   | FORBIDDEN
            EVERY_OPERATION         | fresh: 0 won, others 412; create: 0 won, others 409; delete: 0 won, others 412 | FORBIDDEN
            EVERY_OPERATION         | fresh: 0 won, others 418; create: 0 won, others 412; delete: 1 won        | UNKNOWN
            """)
    void anOutcomeIsTakenAsNoOrderOrSomeOrderExplainsIt(Form form, String outcome, Grade grade) {
        assertThat(grade(form, outcome)).isEqualTo(grade);
    }
}
