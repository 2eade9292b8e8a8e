package dev.etalon.junit;

import dev.etalon.core.check.WitnessText;
import dev.etalon.core.model.Finding;
import dev.etalon.core.session.CellResult;
import org.opentest4j.AssertionFailedError;
import org.opentest4j.TestAbortedException;

/**
 * The result of one race, as a test sees it.
 *
 * @param cell the whole result
 */
public record RaceResult(CellResult cell) {
    /** Witnesses a failure message shows; the run folder has the rest. */
    private static final int WITNESSES_MAX = 2;

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
            for (Finding finding :
                    run.verdict().findings().stream().limit(WITNESSES_MAX).toList()) {
                message.append(WitnessText.of(finding, run.plan(), run.history()));
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
