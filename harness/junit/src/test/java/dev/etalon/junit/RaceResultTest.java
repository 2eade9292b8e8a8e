package dev.etalon.junit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.etalon.core.model.History;
import dev.etalon.core.model.RoundTally;
import dev.etalon.core.model.Verdict;
import dev.etalon.core.plan.Budget;
import dev.etalon.core.plan.Capability;
import dev.etalon.core.plan.Plan;
import dev.etalon.core.plan.Protocol;
import dev.etalon.core.plan.PutRace;
import dev.etalon.core.plan.Versioning;
import dev.etalon.core.session.CellResult;
import dev.etalon.core.store.RunFolder;
import dev.etalon.core.target.Dialect;
import dev.etalon.core.target.TargetInfo;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Iterator;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.opentest4j.AssertionFailedError;
import org.opentest4j.TestAbortedException;

/** How a cell turns into a test: only what is as expected passes, only what need not run is skipped. */
class RaceResultTest {
    private static final int PLANNED = 10;

    private static RaceResult result(CellResult.Status status) {
        return new RaceResult(cell(status, null));
    }

    private static CellResult cell(CellResult.Status status, CellResult.@Nullable Run run) {
        TargetInfo target = new TargetInfo(
                "t",
                TargetInfo.Kind.EMBEDDED,
                Protocol.HTTP,
                "t 1.0",
                Dialect.RFC9110,
                Set.of(Capability.PUT_IF_MATCH));
        return new CellResult(new PutRace(Protocol.HTTP, PutRace.Form.COUNTER) {}, target, status, "the sentence", run);
    }

    /** A cell of which so much was raced. */
    private static CellResult raced(CellResult.Status status, int rounds) {
        RoundTally tally =
                new RoundTally(PLANNED, rounds, new TreeMap<>(), new TreeMap<>(), 0, 0, List.of(), null, List.of());
        PutRace race = new PutRace(Protocol.HTTP, PutRace.Form.COUNTER) {};
        Plan plan = new Plan(
                race.id(),
                1,
                1,
                "etalon-1-",
                race.workload(1, Budget.DEFAULT),
                race.expectations(),
                List.of(Versioning.OFF));
        History history =
                new History(new History.Origin(1, "etalon-1-", race.id(), "t", "host", "", 0), List.of(), List.of());
        CellResult.Run run = new CellResult.Run(
                "t 1.0",
                "http://t/",
                plan,
                history,
                Verdict.of(List.of(), tally, List.of()),
                new RunFolder(Path.of("target")),
                "",
                List.of());
        return cell(status, run);
    }

    /** Races whose cells come out one after the other, on a machine whose other programs had the processors, or had not. */
    private static RaceResult of(boolean busy, CellResult... cells) {
        Iterator<CellResult> races = List.of(cells).iterator();
        AtomicLong now = new AtomicLong();
        Iterator<Processors.Use> uses = List.of(
                        new Processors.Use(0, 0, 0), new Processors.Use(100, 100, busy ? 10 : 100))
                .iterator();
        return RaceResult.of(
                races::next,
                planned -> new Sample(
                        planned,
                        Duration.ofSeconds(1),
                        () -> now.getAndAdd(Duration.ofMillis(1500).toNanos()),
                        uses::next));
    }

    @Test
    void whatIsDecidedIsRacedOnce() {
        CellResult cell = raced(CellResult.Status.VALID, PLANNED);

        assertThat(of(true, cell).cell()).isSameAs(cell);
    }

    @Test
    void whatWasCutShortIsRacedAgain() {
        CellResult whole = raced(CellResult.Status.KNOWN, PLANNED);

        assertThat(of(true, raced(CellResult.Status.UNDECIDED, 3), raced(CellResult.Status.UNDECIDED, 4), whole)
                        .cell())
                .isSameAs(whole);
    }

    @Test
    void whatNeverGetsAProcessorIsSkippedAndSaysHowMuchThereWas() {
        assertThatThrownBy(() -> of(
                        true,
                        raced(CellResult.Status.UNDECIDED, 3),
                        raced(CellResult.Status.UNDECIDED, 7),
                        raced(CellResult.Status.UNDECIDED, 2)))
                .isInstanceOf(TestAbortedException.class)
                .hasMessageStartingWith("no processor time: needed 10, got 7; the last race: ");
    }

    @Test
    void onAnIdleMachineWhatWasCutShortFailsInItsOwnWords() {
        CellResult last = raced(CellResult.Status.UNDECIDED, 4);

        RaceResult result =
                of(false, raced(CellResult.Status.UNDECIDED, 3), raced(CellResult.Status.UNDECIDED, 5), last);

        assertThat(result.cell()).isSameAs(last);
        assertThatThrownBy(result::assertAsExpected).isInstanceOf(AssertionFailedError.class);
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
