package dev.etalon.core.session;

import dev.etalon.core.model.Graded;
import dev.etalon.core.model.History;
import dev.etalon.core.plan.Budget;
import dev.etalon.core.plan.Plan;
import dev.etalon.core.plan.Scenario;
import dev.etalon.core.run.Stop;
import dev.etalon.core.store.RunFolder;
import dev.etalon.core.target.RunningTarget;
import dev.etalon.core.target.TargetInfo;
import java.io.IOException;

/** A scenario that brings what races it, because another harness than ours does. Judged and reported as any other. */
public interface ForeignRace extends Scenario {
    /**
     * Races until the plan is done, or a stop is asked for, and writes the history to the run's folder meanwhile.
     *
     * @param plan what to do
     * @param folder where to put the history, and what else there is to keep
     * @param origin what the history is to begin with
     * @param target what to race
     * @param stop to be asked for, with the reason, when the race ends before its plan does
     * @return the outcomes of the samples that were raced, graded by {@link Scenario#expectations}
     * @throws IOException with a sentence for the user, when the history or something else cannot be written
     */
    Graded race(Plan plan, RunFolder folder, History.Origin origin, RunningTarget target, Stop stop)
            throws IOException, InterruptedException;

    /** The command that repeats the race on a target. */
    String repeat(TargetInfo info, RunningTarget target, Budget budget);
}
