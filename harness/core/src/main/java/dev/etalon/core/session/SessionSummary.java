package dev.etalon.core.session;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * Everything a session did.
 *
 * @param cells the results, in the order they were run
 * @param planned how many cells were planned
 * @param seed the seed of every plan
 * @param runs the folder all run folders are in
 * @param interrupted why the session ended early
 * @param accepted whether the user said what is known ({@code etalon.known}), so that it passes
 */
public record SessionSummary(
        List<CellResult> cells, int planned, long seed, Path runs, Optional<String> interrupted, boolean accepted) {
    public SessionSummary {
        cells = List.copyOf(cells);
    }

    /** Of a session in which nobody said what is known. */
    public SessionSummary(List<CellResult> cells, int planned, long seed, Path runs, Optional<String> interrupted) {
        this(cells, planned, seed, runs, interrupted, false);
    }

    /** How many cells count like that. */
    public long count(CellResult.Status status) {
        return cells.stream().filter(cell -> cell.status() == status).count();
    }

    /** The process exit code that sums it up. */
    public ExitCode exitCode() {
        if (interrupted.isPresent()) {
            return ExitCode.INTERRUPTED;
        }
        long known = count(CellResult.Status.KNOWN);
        if (count(CellResult.Status.VIOLATION) + (accepted ? 0 : known) > 0) {
            return ExitCode.ANOMALY;
        }
        if (count(CellResult.Status.UNAVAILABLE) > 0) {
            return ExitCode.TARGET_UNAVAILABLE;
        }
        if (count(CellResult.Status.UNDECIDED) > 0) {
            return ExitCode.UNDECIDED;
        }
        return planned == 0 || count(CellResult.Status.VALID) + known < planned ? ExitCode.FEWER_CELLS : ExitCode.VALID;
    }
}
