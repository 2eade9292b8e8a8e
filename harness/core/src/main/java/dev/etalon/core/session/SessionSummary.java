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
 */
public record SessionSummary(List<CellResult> cells, int planned, long seed, Path runs, Optional<String> interrupted) {
    public SessionSummary {
        cells = List.copyOf(cells);
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
        if (count(CellResult.Status.VIOLATION) + count(CellResult.Status.KNOWN) > 0) {
            return ExitCode.ANOMALY;
        }
        if (count(CellResult.Status.UNAVAILABLE) > 0) {
            return ExitCode.TARGET_UNAVAILABLE;
        }
        if (count(CellResult.Status.UNDECIDED) > 0) {
            return ExitCode.UNDECIDED;
        }
        return planned == 0 || count(CellResult.Status.VALID) < planned ? ExitCode.FEWER_CELLS : ExitCode.VALID;
    }
}
