package dev.etalon.junit;

import dev.etalon.core.check.WitnessText;
import dev.etalon.core.model.Anomaly;
import dev.etalon.core.model.Finding;
import dev.etalon.core.session.CellResult;
import java.time.Duration;
import java.util.EnumSet;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.IntFunction;
import java.util.function.Supplier;
import org.opentest4j.AssertionFailedError;
import org.opentest4j.TestAbortedException;

/**
 * The result of one race, as a test sees it.
 *
 * @param cell the whole result
 */
public record RaceResult(CellResult cell) {
    /** A race of default length is over by then on an idle machine. */
    private static final Duration IDLE = Duration.ofSeconds(15);

    /**
     * Races a cell, and again while less was raced than planned because other programs had the processors.
     *
     * @param race races the cell once
     * @return the first result that is decided; on an idle machine whatever the cell came to
     * @throws TestAbortedException if other programs had the processors and no race was complete
     */
    public static RaceResult of(Supplier<CellResult> race) {
        return of(race, planned -> Sample.of(planned, IDLE));
    }

    static RaceResult of(Supplier<CellResult> race, IntFunction<Sample> samples) {
        AtomicReference<CellResult> last = new AtomicReference<>(race.get());
        int planned =
                last.get().ran().map(run -> run.verdict().rounds().planned()).orElse(0);
        if (undecided(last.get()) && planned > 0) {
            AtomicBoolean begun = new AtomicBoolean();
            AtomicInteger most = new AtomicInteger();
            try {
                samples.apply(planned).fill(() -> {
                    if (begun.getAndSet(true)) {
                        last.set(race.get());
                    }
                    int before = most.get();
                    return most.accumulateAndGet(complete(last.get(), planned), Math::max) - before;
                });
            } catch (AssertionFailedError e) {
                // The machine was idle: what the cell says of itself tells more.
                return new RaceResult(last.get());
            } catch (TestAbortedException e) {
                throw new TestAbortedException(
                        e.getMessage() + "; the last race: " + last.get().sentence());
            }
        }
        return new RaceResult(last.get());
    }

    private static boolean undecided(CellResult cell) {
        return cell.status() == CellResult.Status.UNDECIDED;
    }

    /** How much of what was planned was raced; never all of it where something else is missing. */
    private static int complete(CellResult cell, int planned) {
        int raced = cell.ran().map(run -> run.verdict().rounds().raced()).orElse(0);
        return undecided(cell) ? Math.min(planned - 1, raced) : planned;
    }

    /**
     * Passes when the target is valid, or broken exactly as its known findings say; is skipped, with the reason, when the
     * cell could not be run here and need not be.
     *
     * @throws AssertionFailedError with the witness and the way to it, for everything else
     */
    public void assertAsExpected() {
        if (cell.status() == CellResult.Status.NOT_RUN) {
            throw new TestAbortedException(cell.sentence());
        }
        if (!cell.asExpected()) {
            throw new AssertionFailedError(message());
        }
    }

    private String message() {
        StringBuilder message = new StringBuilder()
                .append(cell.status())
                .append(' ')
                .append(cell.name())
                .append(": ")
                .append(cell.sentence())
                .append('\n');
        cell.ran().ifPresent(run -> {
            // One of each: the new anomaly is often the rarest of them.
            Set<Anomaly> shown = EnumSet.noneOf(Anomaly.class);
            for (Finding finding : run.verdict().findings()) {
                if (shown.add(finding.anomaly())) {
                    message.append(WitnessText.of(finding, run.plan(), run.history()));
                }
            }
            message.append("promised: ")
                    .append(cell.scenario().promise())
                    .append("\nserver:   ")
                    .append(run.version())
                    .append("\nstored:   ")
                    .append(run.folder().path())
                    .append('\n');
        });
        return message.toString();
    }
}
