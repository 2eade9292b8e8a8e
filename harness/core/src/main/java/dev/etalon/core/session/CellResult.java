package dev.etalon.core.session;

import dev.etalon.core.model.History;
import dev.etalon.core.model.Verdict;
import dev.etalon.core.plan.Plan;
import dev.etalon.core.plan.Scenario;
import dev.etalon.core.store.RunFolder;
import dev.etalon.core.target.TargetInfo;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What became of one cell.
 *
 * @param scenario the scenario
 * @param target the target
 * @param status how it counts
 * @param sentence why it counts like that; one sentence for a person
 * @param run the run; null when nothing was sent
 */
public record CellResult(
        Scenario scenario,
        TargetInfo target,
        Status status,
        String sentence,
        @Nullable Run run) {
    /** How a cell counts. */
    public enum Status {
        /** Everything planned was raced, nothing forbidden was seen. */
        VALID,
        /** Anomalies, every one of them known of this bundled target. */
        KNOWN,
        /** An anomaly nobody has written down, or a deterministic known one that is gone. */
        VIOLATION,
        /** No new anomaly, but less was checked than planned. */
        UNDECIDED,
        /** Nothing was raced, as is to be expected of this target or this machine. */
        NOT_RUN,
        /** Nothing was raced, though it should have been. */
        UNAVAILABLE
    }

    /**
     * A run that took place.
     *
     * @param version the server that answered
     * @param url where
     * @param plan what was planned
     * @param history what happened
     * @param verdict what follows
     * @param folder where everything is stored
     * @param serverLog what the server logged meanwhile
     * @param phases what took how long
     */
    public record Run(
            String version,
            String url,
            Plan plan,
            History history,
            Verdict verdict,
            RunFolder folder,
            String serverLog,
            List<Phase> phases) {}

    /**
     * A part of a run, for reports.
     *
     * @param name what was done
     * @param startMs wall clock, milliseconds since the epoch
     * @param endMs wall clock, milliseconds since the epoch
     */
    public record Phase(String name, long startMs, long endMs) {}

    /** The run, if there was one. */
    public Optional<Run> ran() {
        return Optional.ofNullable(run);
    }

    /** Its name in tests and tables. */
    public String name() {
        return scenario.id() + " on " + target.name();
    }

    /** Whether the cell is as it should be: valid, or broken exactly as written down. */
    public boolean asExpected() {
        return status == Status.VALID || status == Status.KNOWN;
    }
}
