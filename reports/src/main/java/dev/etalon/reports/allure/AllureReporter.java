package dev.etalon.reports.allure;

import dev.etalon.core.check.OutcomeText;
import dev.etalon.core.check.WitnessText;
import dev.etalon.core.model.Anomaly;
import dev.etalon.core.model.Finding;
import dev.etalon.core.model.Operation;
import dev.etalon.core.plan.RoundPlan;
import dev.etalon.core.plan.Workload;
import dev.etalon.core.session.CellResult;
import dev.etalon.core.session.Reporter;
import dev.etalon.core.session.SessionSummary;
import dev.etalon.core.store.Json;
import io.qameta.allure.Allure;
import io.qameta.allure.AllureLifecycle;
import io.qameta.allure.model.Parameter;
import io.qameta.allure.model.Status;
import io.qameta.allure.model.StepResult;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * Adds to the Allure test that runs the cell: labels, parameters, a step per phase and per round, and the witnesses,
 * history and server log as attachments. Does nothing when no Allure test is running.
 */
public final class AllureReporter implements Reporter {
    private static final int WITNESSES_MAX = 20;

    @Override
    public void cellFinished(CellResult cell) {
        AllureLifecycle allure = Allure.getLifecycle();
        if (allure.getCurrentTestCase().isEmpty()) {
            return;
        }
        allure.updateTestCase(test -> {
            test.setName(cell.name());
            test.setDescription(cell.scenario().promise());
            // Stable over runs, so that Allure's history follows the cell, not the invocation number.
            test.setHistoryId(cell.name());
            test.getParameters().clear();
            test.getParameters()
                    .add(new Parameter()
                            .setName("target")
                            .setValue(cell.target().name()));
            test.getParameters()
                    .add(new Parameter()
                            .setName("scenario")
                            .setValue(cell.scenario().id()));
        });
        Allure.epic(cell.scenario().protocol().name());
        Allure.feature(cell.scenario().needs().label());
        Allure.story(cell.scenario().id());
        cell.ran().ifPresent(run -> {
            allure.updateTestCase(test -> test.getSteps().addAll(steps(run)));
            attach(run);
        });
    }

    private static List<StepResult> steps(CellResult.Run run) {
        List<StepResult> steps = new ArrayList<>();
        for (CellResult.Phase phase : run.phases()) {
            StepResult step = step(phase.name(), phase.startMs(), phase.endMs(), true);
            if (phase.name().equals("race")) {
                step.getSteps().addAll(rounds(run, phase.startMs()));
            }
            steps.add(step);
        }
        return steps;
    }

    private static List<StepResult> rounds(CellResult.Run run, long raceMs) {
        if (run.plan().workload() instanceof Workload.FreeRun free) {
            return FreeRunSteps.of(run, free, raceMs);
        }
        List<StepResult> steps = new ArrayList<>();
        if (!(run.plan().workload() instanceof Workload.Rounds rounds)) {
            return steps;
        }
        Set<Integer> broken =
                run.verdict().findings().stream().map(Finding::round).collect(Collectors.toSet());
        run.history().byRound().tailMap(0).forEach((index, operations) -> {
            RoundPlan round = rounds.rounds().get(index);
            // A round may have been repeated on another key; the last attempt is the one that counts.
            int key = operations.get(operations.size() - 1).invocation().key();
            long won = operations.stream()
                    .filter(op -> op.write() && op.invocation().actor() > 0 && op.applied())
                    .filter(op -> op.invocation().key() == key)
                    .count();
            long endNs = operations.stream()
                    .mapToLong(Operation::endNs)
                    .filter(end -> end != Long.MAX_VALUE)
                    .max()
                    .orElse(operations.get(0).startNs());
            steps.add(step(
                    "round " + index + ", " + round.alignment().label() + ": " + won + " of "
                            + round.racers().size() + " acknowledged",
                    raceMs
                            + millis(operations.get(0).startNs()
                                    - run.history().origin().startNs()),
                    raceMs + millis(endNs - run.history().origin().startNs()),
                    !broken.contains(index)));
        });
        return steps;
    }

    private static long millis(long ns) {
        return ns / 1_000_000;
    }

    static StepResult step(String name, long startMs, long endMs, boolean fine) {
        return new StepResult()
                .setName(name)
                .setStart(startMs)
                .setStop(endMs)
                .setStatus(fine ? Status.PASSED : Status.FAILED);
    }

    private static void attach(CellResult.Run run) {
        String witnesses = run.verdict().findings().stream()
                .limit(WITNESSES_MAX)
                .map(finding -> WitnessText.of(finding, run.plan(), run.history()))
                .collect(Collectors.joining("\n"));
        if (!witnesses.isEmpty()) {
            Allure.addAttachment("witness", "text/plain", witnesses, ".txt");
        }
        String outcomes = OutcomeText.of(run.verdict().rounds());
        if (!outcomes.isEmpty()) {
            Allure.addAttachment("outcomes", "text/plain", outcomes, ".txt");
        }
        Allure.addAttachment("history", "text/tab-separated-values", HistoryTable.of(run.history()), ".tsv");
        String log = run.serverLog();
        Allure.addAttachment("server log", "text/plain", log.isEmpty() ? "The server logged nothing.\n" : log, ".log");
        Allure.addAttachment(
                "where",
                "text/plain",
                run.version() + "\n" + run.url() + "\n" + run.folder().path() + "\n",
                ".txt");
    }

    @Override
    public void sessionFinished(SessionSummary session) throws IOException {
        Path results = Path.of(System.getProperty("allure.results.directory", "allure-results"));
        if (!Files.isDirectory(results)) {
            return;
        }
        Properties environment = new Properties();
        environment.setProperty("java", Runtime.version().toString());
        environment.setProperty("seed", "0x" + Long.toHexString(session.seed()));
        Map<String, String> servers = new LinkedHashMap<>();
        session.cells()
                .forEach(cell ->
                        cell.ran().ifPresent(run -> servers.put(cell.target().name(), run.version())));
        servers.forEach(environment::setProperty);
        List<String> lines = new ArrayList<>();
        for (String key : new TreeSet<>(environment.stringPropertyNames())) {
            lines.add(key + "=" + environment.getProperty(key));
        }
        Files.write(results.resolve("environment.properties"), lines);
        Files.writeString(results.resolve("categories.json"), Json.MAPPER.writeValueAsString(categories()));
    }

    /** One category per anomaly, and one for each way not to know. */
    private static List<Map<String, Object>> categories() {
        List<Map<String, Object>> categories = new ArrayList<>();
        for (Anomaly anomaly : Anomaly.values()) {
            categories.add(category(anomaly.code() + " " + anomaly.title(), "failed", ".*" + anomaly.code() + " .*"));
        }
        categories.add(category("undecided", "failed", "UNDECIDED.*"));
        categories.add(category("target unavailable", "failed", "UNAVAILABLE.*"));
        categories.add(category("not run", "skipped", ".*"));
        return categories;
    }

    private static Map<String, Object> category(String name, String status, String message) {
        Map<String, Object> category = new LinkedHashMap<>();
        category.put("name", name);
        category.put("matchedStatuses", List.of(status));
        category.put("messageRegex", "(?s)" + message);
        return category;
    }
}
