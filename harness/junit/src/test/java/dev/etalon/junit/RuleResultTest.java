package dev.etalon.junit;

import static dev.etalon.core.rule.Then.status;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.etalon.core.conformance.RuleVerdict;
import dev.etalon.core.plan.Protocol;
import dev.etalon.core.rule.Rule;
import dev.etalon.core.rule.Send;
import dev.etalon.core.session.CellResult.Status;
import dev.etalon.core.session.RuleSession;
import dev.etalon.core.target.Dialect;
import dev.etalon.core.target.Settings;
import dev.etalon.core.target.TargetInfo;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.opentest4j.AssertionFailedError;
import org.opentest4j.TestAbortedException;

/** How a rule on a target turns into a test: only what is as expected passes, and what nothing follows from is skipped. */
class RuleResultTest {
    private static final Rule RULE =
            Rule.http("T-01", "a title").must("RFC 9110 §13").when(Send.get()).then(status(200));

    private static RuleResult result(Status status) {
        TargetInfo target =
                new TargetInfo("t", TargetInfo.Kind.EMBEDDED, Protocol.HTTP, "t 1.0", Dialect.RFC9110, Set.of());
        RuleSession.Report report = new RuleSession.Report(
                target,
                "t 1.0",
                1,
                List.of(new RuleVerdict(RULE, RuleVerdict.Status.FAIL, "the verdict", List.of())),
                List.of(),
                Optional.empty(),
                false,
                Optional.empty(),
                Optional.empty());
        return new RuleResult(new dev.etalon.core.session.RuleResult(RULE, report, status, "the sentence"));
    }

    @ParameterizedTest
    @EnumSource(names = {"VALID", "KNOWN"})
    void whatIsAsExpectedPasses(Status status) {
        assertThatCode(() -> result(status).assertAsExpected()).doesNotThrowAnyException();
    }

    @ParameterizedTest
    @EnumSource(names = {"VIOLATION", "UNAVAILABLE"})
    void everythingElseFailsAndSaysWhoOwesIt(Status status) {
        assertThatThrownBy(() -> result(status).assertAsExpected())
                .isInstanceOf(AssertionFailedError.class)
                .hasMessageStartingWith(status + " T-01 on t: a title: the sentence")
                .hasMessageContaining("owed by:  RFC 9110 §13")
                .hasMessageContaining("server:   t 1.0");
    }

    @ParameterizedTest
    @EnumSource(names = {"NOT_RUN", "UNDECIDED"})
    void whatNothingFollowsFromIsSkippedWithItsReason(Status status) {
        assertThatThrownBy(() -> result(status).assertAsExpected())
                .isInstanceOf(TestAbortedException.class)
                .hasMessage("the sentence");
    }

    private static final class Annotated {
        @RuleTest(repetitions = 2, load = 0)
        void rules(RuleResult result) {
            result.assertAsExpected();
        }
    }

    @Test
    void whatTheUserSetsWinsOverTheAnnotation() throws NoSuchMethodException {
        RuleTest test =
                Annotated.class.getDeclaredMethod("rules", RuleResult.class).getAnnotation(RuleTest.class);
        Settings settings = RuleExtension.settings(test, Settings.of(Map.of("etalon.load", "7")));
        assertThat(settings.number("etalon.load", 1)).isEqualTo(7);
        assertThat(settings.number("etalon.repetitions", 1)).isEqualTo(2);
    }
}
