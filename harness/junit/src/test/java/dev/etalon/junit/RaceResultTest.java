package dev.etalon.junit;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.etalon.core.plan.Capability;
import dev.etalon.core.plan.Protocol;
import dev.etalon.core.plan.PutRace;
import dev.etalon.core.session.CellResult;
import dev.etalon.core.target.Dialect;
import dev.etalon.core.target.TargetInfo;
import java.util.Set;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.opentest4j.AssertionFailedError;
import org.opentest4j.TestAbortedException;

/** How a cell turns into a test: only what is as expected passes, only what need not run is skipped. */
class RaceResultTest {
    private static RaceResult result(CellResult.Status status) {
        TargetInfo target = new TargetInfo(
                "t",
                TargetInfo.Kind.EMBEDDED,
                Protocol.HTTP,
                "t 1.0",
                Dialect.RFC9110,
                Set.of(Capability.PUT_IF_MATCH));
        return new RaceResult(new CellResult(
                new PutRace(Protocol.HTTP, PutRace.Form.COUNTER) {}, target, status, "the sentence", null));
    }

    @ParameterizedTest
    @EnumSource(names = {"VALID", "KNOWN"})
    void whatIsAsExpectedPasses(CellResult.Status status) {
        assertThatCode(() -> result(status).assertAsExpected()).doesNotThrowAnyException();
    }

    @ParameterizedTest
    @EnumSource(names = {"VIOLATION", "UNDECIDED", "UNAVAILABLE"})
    void everythingElseFailsAndSaysWhy(CellResult.Status status) {
        assertThatThrownBy(() -> result(status).assertAsExpected())
                .isInstanceOf(AssertionFailedError.class)
                .hasMessageStartingWith(status + " http/counter on t: the sentence");
    }

    @ParameterizedTest
    @EnumSource(names = "NOT_RUN")
    void whatNeedNotRunHereIsSkippedWithItsReason(CellResult.Status status) {
        assertThatThrownBy(() -> result(status).assertAsExpected())
                .isInstanceOf(TestAbortedException.class)
                .hasMessage("the sentence");
    }
}
