package dev.etalon.reports.allure;

import dev.etalon.core.model.Finding;
import dev.etalon.core.model.Operation;
import dev.etalon.core.plan.Workload;
import dev.etalon.core.session.CellResult;
import io.qameta.allure.model.StepResult;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

/** A free run as steps: one for each set of keys. */
final class FreeRunSteps {
    /** Steps beyond which a browser gets slow; the history file is whole. */
    private static final int STEPS_MAX = 500;

    /** What was done on a set of keys. */
    private static final class Generation {
        private long startNs = Long.MAX_VALUE;
        private long endNs = Long.MIN_VALUE;
        private int sent;
        private int answered;

        private void add(Operation op) {
            startNs = Math.min(startNs, op.startNs());
            endNs = Math.max(endNs, op.completion() == null ? op.startNs() : op.endNs());
            sent++;
            answered += op.unknown() ? 0 : 1;
        }
    }

    private FreeRunSteps() {}

    static List<StepResult> of(CellResult.Run run, Workload.FreeRun plan, long raceMs) {
        SortedMap<Integer, Generation> generations = new TreeMap<>();
        for (Operation op : run.history().operations()) {
            // The coordinator only looks at the end; its reads would stretch every step to there.
            if (op.invocation().round() >= 0 && op.invocation().actor() > 0) {
                generations
                        .computeIfAbsent(op.invocation().round(), round -> new Generation())
                        .add(op);
            }
        }
        Set<Integer> broken =
                run.verdict().findings().stream().map(Finding::round).collect(Collectors.toSet());
        long startNs = run.history().origin().startNs();
        List<StepResult> steps = new ArrayList<>();
        generations
                .headMap(STEPS_MAX)
                .forEach((number, generation) -> steps.add(AllureReporter.step(
                        "keys " + plan.key(number, 0) + " to " + plan.key(number, plan.keys() - 1) + ": "
                                + generation.answered + " of " + generation.sent + " requests answered",
                        raceMs + TimeUnit.NANOSECONDS.toMillis(generation.startNs - startNs),
                        raceMs + TimeUnit.NANOSECONDS.toMillis(generation.endNs - startNs),
                        !broken.contains(number))));
        return steps;
    }
}
