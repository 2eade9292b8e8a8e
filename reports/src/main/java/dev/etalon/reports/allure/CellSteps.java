package dev.etalon.reports.allure;

import dev.etalon.core.model.Finding;
import dev.etalon.core.model.Operation;
import dev.etalon.core.plan.RoundPlan;
import dev.etalon.core.plan.Workload;
import dev.etalon.core.session.CellResult;
import io.qameta.allure.model.Status;
import io.qameta.allure.model.StepResult;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

/**
 * A run as steps: one for each phase; below the race one for the guard and for each round, or for each set of keys of a
 * free run; below these what was found there.
 */
final class CellSteps {
    /** Steps beyond which a browser gets slow; the history file is whole. */
    private static final int STEPS_MAX = 500;

    private final CellResult.Run run;
    private final long raceMs;
    private final Map<Integer, List<Finding>> findings;

    private CellSteps(CellResult.Run run, long raceMs) {
        this.run = run;
        this.raceMs = raceMs;
        this.findings = run.verdict().findings().stream().collect(Collectors.groupingBy(Finding::round));
    }

    static List<StepResult> of(CellResult.Run run) {
        List<StepResult> steps = new ArrayList<>();
        for (CellResult.Phase phase : run.phases()) {
            StepResult step = step(phase.name(), phase.startMs(), phase.endMs(), true);
            if (phase.name().equals("race")) {
                step.getSteps().addAll(new CellSteps(run, phase.startMs()).below());
            }
            steps.add(step);
        }
        return steps;
    }

    private List<StepResult> below() {
        SortedMap<Integer, List<Operation>> rounds = run.history().byRound();
        List<StepResult> steps = new ArrayList<>();
        rounds.headMap(0)
                .forEach((round, guard) -> steps.add(step(
                        "guard, one client alone: " + answered(guard) + " of " + guard.size() + " requests answered",
                        round,
                        guard)));
        steps.addAll(
                run.plan().workload() instanceof Workload.FreeRun free
                        ? generations(free, rounds.tailMap(0))
                        : rounds(rounds.tailMap(0)));
        return steps;
    }

    private List<StepResult> rounds(SortedMap<Integer, List<Operation>> rounds) {
        List<StepResult> steps = new ArrayList<>();
        rounds.forEach((index, operations) -> {
            if (steps.size() < STEPS_MAX) {
                steps.add(step("round " + index + planned(index, operations), index, operations));
            }
        });
        return capped(steps, rounds.size(), "rounds");
    }

    private String planned(int index, List<Operation> operations) {
        if (!(run.plan().workload() instanceof Workload.Rounds rounds)
                || index >= rounds.rounds().size()) {
            return ": " + answered(operations) + " of " + operations.size() + " requests answered";
        }
        RoundPlan round = rounds.rounds().get(index);
        // A round may have been repeated on another key; the last attempt is the one that counts.
        int key = operations.get(operations.size() - 1).invocation().key();
        long won = operations.stream()
                .filter(op -> op.write() && op.invocation().actor() > 0 && op.applied())
                .filter(op -> op.invocation().key() == key)
                .count();
        return ", " + round.alignment().label() + ": " + won + " of "
                + round.racers().size() + " acknowledged";
    }

    private List<StepResult> generations(Workload.FreeRun plan, SortedMap<Integer, List<Operation>> rounds) {
        SortedMap<Integer, List<Operation>> generations = new TreeMap<>();
        rounds.forEach((number, operations) -> {
            // The coordinator only looks at the end; its reads would stretch every step to there.
            List<Operation> clients = operations.stream()
                    .filter(op -> op.invocation().actor() > 0)
                    .toList();
            if (!clients.isEmpty()) {
                generations.put(number, clients);
            }
        });
        List<StepResult> steps = new ArrayList<>();
        generations.forEach((number, operations) -> {
            if (steps.size() < STEPS_MAX) {
                steps.add(step(
                        "keys " + plan.key(number, 0) + " to " + plan.key(number, plan.keys() - 1) + ": "
                                + answered(operations) + " of " + operations.size() + " requests answered",
                        number,
                        operations));
            }
        });
        return capped(steps, generations.size(), "sets of keys");
    }

    private static List<StepResult> capped(List<StepResult> steps, int all, String what) {
        if (all > steps.size()) {
            long endMs = steps.get(steps.size() - 1).getStop();
            steps.add(step("… " + (all - steps.size()) + " more " + what + " are in history.etl", endMs, endMs, true));
        }
        return steps;
    }

    private static long answered(List<Operation> operations) {
        return operations.stream().filter(op -> !op.unknown()).count();
    }

    private StepResult step(String name, int round, List<Operation> operations) {
        List<Finding> found = findings.getOrDefault(round, List.of());
        long startNs = operations.stream().mapToLong(Operation::startNs).min().orElseThrow();
        long endNs = operations.stream()
                .mapToLong(op -> op.completion() == null ? op.startNs() : op.endNs())
                .max()
                .orElse(startNs);
        StepResult step = step(name, wallMs(startNs), wallMs(endNs), found.isEmpty());
        for (Finding finding : found) {
            step.getSteps()
                    .add(step(
                            finding.anomaly().label() + ": " + finding.explanation(),
                            wallMs(startNs),
                            wallMs(endNs),
                            false));
        }
        return step;
    }

    private long wallMs(long ns) {
        return raceMs
                + TimeUnit.NANOSECONDS.toMillis(ns - run.history().origin().startNs());
    }

    private static StepResult step(String name, long startMs, long endMs, boolean fine) {
        return new StepResult()
                .setName(name)
                .setStart(startMs)
                .setStop(endMs)
                .setStatus(fine ? Status.PASSED : Status.FAILED);
    }
}
