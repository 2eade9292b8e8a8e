package dev.etalon.core.report;

import dev.etalon.core.check.Judge;
import dev.etalon.core.model.History;
import dev.etalon.core.model.RoundTally;
import dev.etalon.core.model.Verdict;
import dev.etalon.core.plan.Plan;
import dev.etalon.core.store.HistoryFormatException;
import dev.etalon.core.store.StoredRun;
import dev.etalon.core.store.StoredVerdict;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/**
 * The run of one scenario on one target, as its folder has it. The history, which may be large, is read only when asked for.
 *
 * @param folder where it lies
 * @param target the target's name
 * @param begun when it was run
 * @param plan what was planned
 * @param verdict what was found at the time; empty when the process that ran it ended first
 * @param environment the machine and the server, by name, in order; empty when it was not stored
 * @param repeat the command that repeats the plan; empty when it was not stored
 */
public record StoredRace(
        Path folder,
        String target,
        Instant begun,
        Plan plan,
        Optional<StoredVerdict> verdict,
        Map<String, String> environment,
        String repeat) {
    /** What follows from a history, with everything that it followed from. */
    public record Judged(Plan plan, History history, Verdict verdict) {}

    /** The scenario's id. */
    public String scenario() {
        return plan.scenario();
    }

    /** Names the scenario and the target: the same for every run of a cell. */
    public String cell() {
        return Archive.name(scenario(), target);
    }

    /** How it counts: the name of a cell's status, {@code UNDECIDED} when nobody could say. */
    public String status() {
        return verdict.map(StoredVerdict::cell).orElse("UNDECIDED");
    }

    /** Why it counts like that. */
    public String sentence() {
        return verdict.map(StoredVerdict::sentence).orElse(StoredRun.UNFINISHED);
    }

    /** How its rounds went; none of those planned when nobody could say. */
    public RoundTally rounds() {
        return verdict.map(StoredVerdict::rounds)
                .orElseGet(() -> RoundTally.none(plan.workload().size()));
    }

    /** Stable and unique among the runs of an archive, usable as a file name. */
    public String id() {
        return scenario().replace('/', '-') + "-" + target + "-"
                + begun.toString().replaceAll("[^0-9TZ]", "");
    }

    /**
     * Reads the history and judges it once more. Takes time and memory like the run's own judgement; nothing is kept.
     *
     * @throws HistoryFormatException with one sentence for the user, when it cannot be read
     */
    public Judged judge() throws HistoryFormatException {
        StoredRun run = StoredRun.read(folder);
        return new Judged(plan, run.history(), Judge.judge(plan, run.history(), run.endedEarly(), run.graded()));
    }
}
